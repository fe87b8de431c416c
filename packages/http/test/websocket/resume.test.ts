import { describe, expect, it } from 'vitest';
import { InvalidRequestError } from '../../src/errors.ts';
import { checkResume, type ResumeOptions, ResumePoint } from '../../src/websocket/resume.ts';
import { WebSocketMessage } from '../../src/websocket/websocket-message.ts';

const LABEL = { method: 'GET', url: 'ws://localhost/' };
const id = (message: WebSocketMessage): number => message.json<{ id: number }>().id;

function applied(point: ResumePoint): { href: string; headers: Record<string, string> } {
	const url = new URL('ws://localhost/feed?topic=a');
	const headers = new Headers({ accept: '*/*' });
	point.apply(url, headers);
	return { href: url.href, headers: Object.fromEntries(headers) };
}

describe('the last id', () => {
	it('goes into a parameter and a header, once there is one', () => {
		const point = new ResumePoint({ id, parameter: 'from', header: 'Last-Event-ID' });
		expect(applied(point)).toEqual({ href: 'ws://localhost/feed?topic=a', headers: { accept: '*/*' } });
		point.isNew(4);
		point.isNew(7);
		expect(applied(point)).toEqual({
			href: 'ws://localhost/feed?topic=a&from=7',
			headers: { accept: '*/*', 'last-event-id': '7' },
		});
	});

	it('goes where apply puts it, from an earlier run too', () => {
		const point = new ResumePoint({
			id,
			lastId: 'm-3',
			apply: (url, headers, lastId) => {
				url.pathname += `/after/${lastId}`;
				headers.set('x-last', String(lastId));
			},
		});
		expect(applied(point)).toMatchObject({
			href: 'ws://localhost/feed/after/m-3?topic=a',
			headers: { 'x-last': 'm-3' },
		});
		expect(point.isNew('m-3')).toBe(false);
	});

	it('cannot lead to another server', () => {
		const point = new ResumePoint({
			id,
			lastId: 1,
			apply: (url) => {
				url.hostname = 'elsewhere.example';
			},
		});
		expect(() => applied(point)).toThrow(InvalidRequestError);
		expect(() => applied(point)).toThrow('changed the origin from ws://localhost to ws://elsewhere.example');
	});
});

describe('isNew', () => {
	it('lets numbers only grow', () => {
		const point = new ResumePoint({ id, parameter: 'from' });
		expect([3, 3, 2, 4, 10, 9, 11].map((value) => point.isNew(value))).toEqual([
			true,
			false,
			false,
			true,
			true,
			false,
			true,
		]);
		expect(applied(point).href).toContain('from=11');
	});

	it('knows the last strings', () => {
		const point = new ResumePoint({ id, parameter: 'from', remember: 2 });
		expect(['b', 'a', 'b', 'c', 'a', 'b'].map((value) => point.isNew(value))).toEqual([
			true,
			true,
			false,
			true,
			false,
			true,
		]);
	});
});

describe('idOf', () => {
	it('takes strings, numbers and nothing', () => {
		for (const value of ['x', 5, undefined]) {
			const point = new ResumePoint({ id: () => value, parameter: 'from' });
			expect(point.idOf(new WebSocketMessage('', LABEL))).toBe(value);
		}
	});

	it.each([
		[Number.NaN, 'returned NaN'],
		[null, 'of type object'],
		[true, 'of type boolean'],
	])('refuses %s', (value, message) => {
		const point = new ResumePoint({ id: () => value as unknown as number, parameter: 'from' });
		expect(() => point.idOf(new WebSocketMessage('', LABEL))).toThrow(message);
	});
});

it.each([
	[{ id, param: 'from' }, 'did you mean "parameter"'],
	[{ id }, 'resumeFrom does not say how the last id is sent'],
	[{ parameter: 'from' }, 'resumeFrom.id is of type undefined: give a function'],
	[{ id, apply: '/' }, 'resumeFrom.apply is of type string'],
	[{ id, parameter: 'from', lastId: {} }, 'resumeFrom.lastId is of type object'],
	[{ id, parameter: 'from', remember: 0 }, 'resumeFrom.remember is 0'],
])('refuses %j', (options, message) => {
	const wrong = options as unknown as ResumeOptions;
	expect(() => checkResume(wrong)).toThrow(InvalidRequestError);
	expect(() => checkResume(wrong)).toThrow(message);
});
