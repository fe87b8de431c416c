import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../src/commands/all.ts';

describe('the commands', () => {
	test('have names of their own, and options too', () => {
		const names = COMMANDS.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		for (const { options } of COMMANDS) expect(new Set(options.map(({ name }) => name)).size).toBe(options.length);
	});

	test.each(COMMANDS.map((command) => [command.name, command] as const))('%s can be loaded', async (_, command) => {
		expect(await command.load()).toBeTypeOf('function');
	});

	test('an option of one name is of one kind in all commands that are told by a setting', () => {
		const kinds = new Map<string, string>();
		for (const { options } of COMMANDS) {
			for (const { name, kind } of options) {
				expect([name, kind.type]).toEqual([name, kinds.get(name) ?? kind.type]);
				kinds.set(name, kind.type);
			}
		}
	});
});
