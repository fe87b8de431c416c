import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRobots } from '../../src/robots/parse-robots.ts';

const ORIGIN = 'https://a.test';
const ROBOTS_URL = `${ORIGIN}/robots.txt`;

const segment = fc.stringMatching(/^[a-z~.*$%ü|]{1,4}$/);
const path = fc.array(segment, { maxLength: 4 }).map((segments) => `/${segments.join('/')}`);
const rule = fc.tuple(fc.constantFrom('Allow', 'Disallow'), path).map(([field, value]) => `${field}: ${value}`);
const agent = fc.constantFrom('FooBot', 'BarBot', 'BazBot', '*');
const group = fc
	.tuple(fc.array(agent, { minLength: 1, maxLength: 3 }), fc.array(rule, { minLength: 1, maxLength: 6 }))
	.map(([agents, rules]) => [...agents.map((name) => `User-agent: ${name}`), ...rules].join('\n'));
const groups = fc.array(group, { maxLength: 4 });
const url = path.map((value) => ORIGIN + value).filter((value) => URL.canParse(value));

test('any bytes are a file', () => {
	const anyUrl = fc.webUrl({ withQueryParameters: true }).map((value) => new URL(value));
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 2000 }), anyUrl, fc.string(), (bytes, target, name) => {
			const robots = parseRobots(bytes, `${target.origin}/robots.txt`);
			expect(robots.isAllowed(target.href, name)).toBeTypeOf('boolean');
			expect(robots.crawlDelaySecs(name) ?? 0).toBeGreaterThanOrEqual(0);
		}),
	);
});

test('any text in a rule is a rule', () => {
	fc.assert(
		fc.property(fc.array(fc.string({ unit: 'binary' })), url, (values, target) => {
			const file = ['User-agent: *', ...values.map((value) => `Disallow: ${value}`)].join('\n');
			expect(parseRobots(file, ROBOTS_URL).isAllowed(target, 'FooBot')).toBeTypeOf('boolean');
		}),
	);
});

test('a string and its UTF-8 bytes are the same file', () => {
	fc.assert(
		fc.property(groups, url, agent, (file, target, name) => {
			const text = file.join('\n');
			expect(parseRobots(Buffer.from(text), ROBOTS_URL).isAllowed(target, name)).toBe(
				parseRobots(text, ROBOTS_URL).isAllowed(target, name),
			);
		}),
	);
});

test('equivalent spellings of a URL are treated alike', () => {
	const unreserved = fc.stringMatching(/^[A-Za-z0-9_~-]{1,6}$/);
	const mask = fc.array(fc.boolean(), { minLength: 6, maxLength: 6 });
	fc.assert(
		fc.property(groups, fc.array(fc.tuple(unreserved, mask)), agent, (file, segments, name) => {
			const plain = segments.map(([text]) => `/${text}`).join('') || '/';
			const encoded = segments.map(([text, chosen]) => `/${encodeSome(text, chosen)}`).join('') || '/';
			const text = [...file, `User-agent: *\nDisallow: ${plain}`].join('\n');
			const robots = parseRobots(text, ROBOTS_URL);
			expect(robots.isAllowed(ORIGIN + encoded, name)).toBe(robots.isAllowed(ORIGIN + plain, name));
		}),
	);
});

function encodeSome(text: string, chosen: readonly boolean[]): string {
	return [...text].map((char, i) => (chosen[i] ? `%${char.charCodeAt(0).toString(16)}` : char)).join('');
}

test('a group for somebody else changes nothing', () => {
	const foreign = fc
		.array(rule, { minLength: 1, maxLength: 6 })
		.map((rules) => ['User-agent: SomebodyElse', ...rules].join('\n'));
	fc.assert(
		fc.property(groups, foreign, fc.nat(4), url, agent, (file, other, position, target, name) => {
			const without = parseRobots(file.join('\n'), ROBOTS_URL);
			const withOther = parseRobots(file.toSpliced(position, 0, other).join('\n'), ROBOTS_URL);
			expect(withOther.isAllowed(target, name)).toBe(without.isAllowed(target, name));
		}),
	);
});

test('the order of rules does not matter', () => {
	fc.assert(
		fc.property(fc.array(rule, { maxLength: 10 }), url, (rules, target) => {
			const file = (lines: string[]) => parseRobots(['User-agent: *', ...lines].join('\n'), ROBOTS_URL);
			expect(file(rules.toReversed()).isAllowed(target, 'x')).toBe(file(rules).isAllowed(target, 'x'));
		}),
	);
});

test('the longest match decides, and allow wins a tie', () => {
	const letters = fc.stringMatching(/^[ab*]{0,5}\$?$/).map((text) => `/${text.replace(/\*+/g, '*')}`);
	const verdict = fc.record({ allow: fc.boolean(), pattern: letters });
	fc.assert(
		fc.property(fc.array(verdict, { maxLength: 8 }), fc.stringMatching(/^[ab]{0,6}$/), (rules, rest) => {
			const lines = rules.map(({ allow, pattern }) => `${allow ? 'Allow' : 'Disallow'}: ${pattern}`);
			const robots = parseRobots(['User-agent: *', ...lines].join('\n'), ROBOTS_URL);
			const matching = rules.filter(({ pattern }) => asRegExp(pattern).test(`/${rest}`));
			const longest = Math.max(...matching.map(({ pattern }) => pattern.length));
			const deciding = matching.filter(({ pattern }) => pattern.length === longest);
			expect(robots.isAllowed(`${ORIGIN}/${rest}`, 'x')).toBe(
				deciding.length === 0 || deciding.some(({ allow }) => allow),
			);
		}),
	);
});

function asRegExp(pattern: string): RegExp {
	return new RegExp(`^${pattern.replaceAll('*', '.*')}`);
}
