import { describe, expect, it } from 'vitest';
import { parseLine } from '../../src/tail/parse-line.ts';

describe('the level', () => {
	it.each<[string, string | undefined]>([
		['2026-11-25 09:00:00,123 WARNING Slow', 'warning'],
		['2026-11-25T09:00:00Z [error] it broke', 'error'],
		['ERROR it broke', 'error'],
		['WARN: it is slow', 'warning'],
		['info: started', 'info'],
		['time=2026-11-25 level=warn msg="slow"', 'warning'],
		['2026/11/25 09:00:00 [crit] 12#12: *1 connect() failed', 'error'],
		['<11>Nov 25 09:00:00 host app[7]: failed', 'error'],
		['<30>Nov 25 09:00:00 host app[7]: started', 'info'],
		['<15>Nov 25 09:00:00 host app[7]: details', 'debug'],
		['127.0.0.1 - - [25/Nov/2026:09:00:00 +0000] "GET /a HTTP/1.1" 404 153 "-" "curl"', 'warning'],
		['127.0.0.1 - - [25/Nov/2026:09:00:00 +0000] "GET /a HTTP/1.1" 502 -', 'error'],
		['127.0.0.1 - - [25/Nov/2026:09:00:00 +0000] "GET /error HTTP/1.1" 200 153', 'info'],
		['I0101 DEBUG-like text TRACE x', 'debug'],
		['no error found', undefined],
		['the INFORMED reader', undefined],
		['Nov 25 09:00:00 host kernel: text', undefined],
	])('%s', (line, level) => {
		expect(parseLine(line).level).toBe(level);
	});
});

describe('JSON', () => {
	it.each<[string, object]>([
		[
			'{"level":50,"time":1764000000000,"pid":7,"msg":"bad","err":{"code":"E"}}',
			{ level: 'error', time: 1_764_000_000_000, text: 'bad', fields: { pid: 7, err: { code: 'E' } } },
		],
		[
			'{"severity":"WARNING","message":"slow","timestamp":"2026-11-25T09:00:00Z","domain":"shop.example"}',
			{ level: 'warning', time: Date.UTC(2026, 10, 25, 9), text: 'slow', domain: 'shop.example' },
		],
		['{"ts":1764000000.5,"lvl":"info","event":"up"}', { level: 'info', time: 1_764_000_000_500, text: 'up' }],
		['{"level":"loud","msg":"x"}', { text: 'x', fields: { level: 'loud' } }],
		['{"no":"text"}', { text: '{"no":"text"}' }],
		['{broken', { text: '{broken' }],
	])('%s', (line, parsed) => {
		expect(parseLine(line)).toEqual(parsed);
	});
});

describe('the time', () => {
	it.each<[string, number | undefined]>([
		['2026-11-25T09:30:00.123456Z x', Date.UTC(2026, 10, 25, 9, 30, 0, 123)],
		['[2026-11-25 09:30:00,5+01:00] x', Date.UTC(2026, 10, 25, 8, 30, 0, 500)],
		['2026-11-25 09:30:00 x', new Date(2026, 10, 25, 9, 30).getTime()],
		['2026-99-99 09:30:00 x', undefined],
		['25.11.2026 x', undefined],
	])('%s', (line, time) => {
		expect(parseLine(line).time).toBe(time);
	});

	it('and the text are without colours', () => {
		expect(parseLine('\u001b[31mERROR\u001b[0m bad')).toEqual({ level: 'error', text: 'ERROR bad' });
	});
});
