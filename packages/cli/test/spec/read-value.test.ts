import { describe, expect, test } from 'vitest';
import type { OptionKind, OptionSpec } from '../../src/spec/option-spec.ts';
import { readValue } from '../../src/spec/read-value.ts';
import { UsageError } from '../../src/usage-error.ts';

const spec = (kind: OptionKind, more: Partial<OptionSpec> = {}): OptionSpec => ({ name: 'x', kind, help: '', ...more });
const WHOLE = { type: 'number', least: 1, most: 9, whole: true } as const;

describe('a value', () => {
	test.each<[OptionKind, unknown, unknown]>([
		[WHOLE, '3', 3],
		[WHOLE, 3, 3],
		[{ type: 'number', least: 0 }, '0.5', 0.5],
		[{ type: 'share' }, '12.5%', 0.125],
		[{ type: 'share' }, '100%', 1],
		[{ type: 'choice', choices: ['a', 'b'] }, 'b', 'b'],
		[{ type: 'text' }, 'a b', 'a b'],
		[{ type: 'list' }, ['a', 'b'], ['a', 'b']],
		[{ type: 'list' }, 'a\nb', ['a', 'b']],
		[{ type: 'flag' }, true, true],
		[{ type: 'flag' }, '1', true],
		[{ type: 'flag' }, 'No', false],
	])('of %j: %j is %j', (kind, given, value) => {
		expect(readValue(spec(kind), given, '--x')).toEqual(value);
	});

	test.each<[OptionKind, unknown]>([
		[WHOLE, '0'],
		[WHOLE, '10'],
		[WHOLE, '1.5'],
		[WHOLE, ''],
		[WHOLE, 'NaN'],
		[WHOLE, null],
		[{ type: 'share' }, '5'],
		[{ type: 'share' }, '101%'],
		[{ type: 'choice', choices: ['a', 'b'] }, 'c'],
		[{ type: 'text' }, ''],
		[{ type: 'text' }, 7],
		[{ type: 'list' }, [1]],
		[{ type: 'flag' }, 'perhaps'],
	])('of %j is not %j', (kind, given) => {
		expect(() => readValue(spec(kind), given, '--x')).toThrow(UsageError);
	});

	test('that is wrong is named with where it came from and what would do', () => {
		const read = () => readValue(spec(WHOLE, { example: '5' }), 'many', '"x" in a.json');
		expect(read).toThrow('"x" in a.json must be a whole number from 1 to 9, such as 5; it was given "many".');
	});

	test('of a secret is not shown', () => {
		const read = () => readValue(spec(WHOLE, { isSecret: true }), 'hidden', '--x');
		expect(read).toThrow('--x must be a whole number from 1 to 9.');
	});
});
