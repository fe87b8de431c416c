import { expect, it } from 'vitest';
import { askHeaders } from '../../../src/download/answers/ask.ts';

const TAG = { kind: 'etag', value: '"1"' } as const;
const DATE = { kind: 'last-modified', value: 'Wed, 21 Oct 2015 07:28:00 GMT' } as const;

it('asks for the bytes as they are, always', () => {
	expect(askHeaders({ kind: 'whole' })).toEqual({ 'accept-encoding': 'identity' });
});

it('asks for a part of one version', () => {
	const range = { start: 100, end: 200 };
	const headers = { 'accept-encoding': 'identity', range: 'bytes=100-199' };
	expect(askHeaders({ kind: 'part', range, validator: TAG })).toEqual({ ...headers, 'if-range': '"1"' });
	expect(askHeaders({ kind: 'part', range, validator: DATE })).toEqual({ ...headers, 'if-range': DATE.value });
	expect(askHeaders({ kind: 'part', range, validator: undefined })).toEqual(headers);
});

it('asks whether a version is still the current one', () => {
	expect(askHeaders({ kind: 'check', validator: TAG })).toMatchObject({ 'if-none-match': '"1"' });
	expect(askHeaders({ kind: 'check', validator: DATE })).toMatchObject({ 'if-modified-since': DATE.value });
});
