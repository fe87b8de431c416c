import { expect, test } from 'vitest';
import { renderTable } from '../../src/measure/table.ts';

test('columns are as wide as their widest cell, figures on the right, no trailing blanks', () => {
	const table = renderTable(
		[{ title: 'who' }, { title: 'pages', align: 'right' }, { title: 'note' }],
		[
			['crawlee', '5', ''],
			['us', '12,345', 'ok'],
		],
	);
	expect(table.split('\n')).toEqual([
		'who       pages  note',
		'───────  ──────  ────',
		'crawlee       5',
		'us       12,345  ok',
	]);
});

test('a table may be empty', () => {
	expect(renderTable([{ title: 'who' }], [])).toBe('who\n───');
});

test('a row of the wrong length is refused', () => {
	expect(() => renderTable([{ title: 'a' }], [['1', '2']])).toThrow('a row has 2 cells for 1 columns: 1 | 2');
});
