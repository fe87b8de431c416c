import { describe, expect, test } from 'vitest';
import type { OptionSpec } from '../../src/spec/option-spec.ts';
import { resolveOptions } from '../../src/spec/resolve-options.ts';

const OPTIONS: readonly OptionSpec[] = [
	{ name: 'max-pages', kind: { type: 'number', least: 1 }, help: '' },
	{ name: 'bearer', kind: { type: 'text' }, help: '', isSecret: true },
	{ name: 'monitor', kind: { type: 'flag' }, help: '' },
];
const COMMAND = { name: 'crawl', options: OPTIONS };
const settings = (values: Record<string, unknown>) => ({ path: 'a.json', values });

describe('an option comes', () => {
	const all = {
		flags: { 'max-pages': '1' },
		env: { ORBWEAVER_MAX_PAGES: '2' },
		settings: settings({ crawl: { maxPages: 3 }, maxPages: 4 }),
	};

	test.each([
		['a flag', all, 1],
		['a variable', { ...all, flags: {} }, 2],
		['the settings of the command', { ...all, flags: {}, env: {} }, 3],
		['the settings of all', { flags: {}, env: { ORBWEAVER_MAX_PAGES: '' }, settings: settings({ maxPages: 4 }) }, 4],
		['nowhere', { flags: {}, env: {}, settings: settings({ fetch: { maxPages: 3 } }) }, undefined],
	])('from %s', (_, sources, value) => {
		expect(resolveOptions(COMMAND, sources).number('max-pages')).toBe(value);
	});

	test('not from the settings of a command that has its name', () => {
		const sources = { flags: {}, env: {}, settings: settings({ monitor: { port: 1 } }) };
		expect(resolveOptions(COMMAND, sources).flag('monitor')).toBe(false);
	});
});

test('a secret of a settings file is refused, and not shown', () => {
	const read = () => resolveOptions(COMMAND, { flags: {}, env: {}, settings: settings({ bearer: 'hidden' }) });
	expect(read).toThrow(
		'"bearer" in a.json is a secret, and others read that file; put it into the variable ORBWEAVER_BEARER.',
	);
});
