import { expect, it } from 'vitest';
import { WaitingLines } from '../../page/js/waiting-lines.js';

it('keeps the newest lines, and counts the others', () => {
	const waiting = new WaitingLines(10);
	for (let number = 1; number <= 95; number++) waiting.push({ kind: 'note', text: String(number) });
	expect(waiting.size).toBe(95);
	const { lines, dropped } = waiting.take();
	expect(lines).toHaveLength(10);
	expect(lines.at(-1)).toEqual({ kind: 'note', text: '95' });
	expect(dropped).toBe(85);
	expect(waiting.take()).toEqual({ lines: [], dropped: 0 });
});
