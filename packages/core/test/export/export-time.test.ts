import { expect, test } from 'vitest';
import { InvalidOptionError } from '../../src/errors.ts';
import { type ExportTime, exportTime } from '../../src/export/export-time.ts';

test.each<[ExportTime, string]>([
	['2026-01-31', '2026-01-31T00:00:00.000Z'],
	['2026-01-31T12:30', '2026-01-31T12:30:00.000Z'],
	['2026-01-31 12:30:15', '2026-01-31T12:30:15.000Z'],
	['2026-01-31T12:30:15.250Z', '2026-01-31T12:30:15.250Z'],
	['2026-01-31T12:30+02:00', '2026-01-31T10:30:00.000Z'],
	['2024-02-29', '2024-02-29T00:00:00.000Z'],
	[new Date(5), '1970-01-01T00:00:00.005Z'],
	[5, '1970-01-01T00:00:00.005Z'],
])('%s is the moment %s, whatever the zone of the machine', (time, iso) => {
	expect(new Date(exportTime('since', time)).toISOString()).toBe(iso);
});

test.each<[ExportTime]>([
	['soon'],
	[''],
	['31.01.2026'],
	['2026-02-30'],
	['2026-13-01'],
	['2026-01-31T25:00'],
	['1769817600000'],
	[Number.NaN],
	[Number.POSITIVE_INFINITY],
	[1e300],
	[new Date('soon')],
])('%s is none', (time) => {
	expect(() => exportTime('until', time)).toThrow(InvalidOptionError);
	expect(() => exportTime('until', time)).toThrow(/^until must be a date or time such as 2026-01-31 /);
});
