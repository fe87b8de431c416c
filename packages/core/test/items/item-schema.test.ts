import { type } from 'arktype';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type ItemSchema, isSchema, itemCheck } from '../../src/items/item-schema.ts';

const SCHEMAS: [string, ItemSchema][] = [
	['zod', z.object({ name: z.string(), price: z.number() })],
	['valibot', v.object({ name: v.string(), price: v.number() })],
	['arktype', type({ name: 'string', price: 'number' })],
];

describe.each(SCHEMAS)('%s', (_, schema) => {
	test('is a schema', () => {
		expect(isSchema(schema)).toBe(true);
	});

	test('lets through what fits', async () => {
		const json = JSON.stringify({ name: 'web', price: 1.5 });
		expect(await itemCheck(schema, undefined)?.(json)).toEqual({ json });
	});

	test('tells of every place that does not fit', async () => {
		const verdict = await itemCheck(schema, 'DETAIL')?.(JSON.stringify({ price: 'dear' }));
		expect(verdict?.json).toBe('{"price":"dear"}');
		expect(verdict?.reason).toMatch(/name/);
		expect(verdict?.reason).toMatch(/price/);
	});
});

test('a schema may change its rows', async () => {
	const schema = z.object({ price: z.coerce.number(), currency: z.string().default('EUR') });
	expect(await itemCheck(schema, undefined)?.('{"price":"3","more":1}')).toEqual({
		json: '{"price":3,"currency":"EUR"}',
	});
});

test('the place of an issue in a list is told', async () => {
	const verdict = await itemCheck(z.object({ tags: z.array(z.string()) }), undefined)?.('{"tags":["a",2]}');
	expect(verdict?.reason).toMatch(/^tags\.1: /);
});

test('one may take its time', async () => {
	const schema = z.object({ sku: z.string().refine(async (sku) => sku !== 'taken', 'is taken') });
	expect(await itemCheck(schema, undefined)?.('{"sku":"taken"}')).toMatchObject({ reason: 'sku: is taken' });
});

test('one that fails, or makes something else than an object, rejects the row', async () => {
	const failing = z.object({}).refine(() => {
		throw new Error('no table');
	});
	expect(await itemCheck(failing, undefined)?.('{}')).toEqual({ json: '{}', reason: 'the schema failed: no table' });
	const text = z.object({}).transform(() => 'text');
	expect(await itemCheck(text, undefined)?.('{"a":1}')).toMatchObject({
		json: '{"a":1}',
		reason: expect.stringContaining('takes an object'),
	});
});

test.each<[string, unknown, string]>([
	['no message', Object.assign(new Error('x'), { message: undefined }), 'Error without a message'],
	['nothing', undefined, 'undefined'],
	['what cannot be shown as text', Object.create(null), '[Object: null prototype] {}'],
])('one that throws %s rejects the row as well', async (_, thrown, reason) => {
	const validate = (): never => {
		throw thrown;
	};
	const schema = { '~standard': { version: 1, vendor: 'test', validate } } as unknown as ItemSchema;
	expect(await itemCheck(schema, undefined)?.('{}')).toEqual({ json: '{}', reason: `the schema failed: ${reason}` });
});

test('by label: only the label that has one', () => {
	const schemas = { DETAIL: z.object({}) };
	expect(itemCheck(schemas, 'DETAIL')).toBeDefined();
	expect(itemCheck(schemas, 'toString')).toBeUndefined();
	expect(itemCheck(schemas, undefined)).toBeUndefined();
	expect(itemCheck(undefined, 'DETAIL')).toBeUndefined();
});

test.each([undefined, null, 5, 'x', {}, { '~standard': {} }])('%j is no schema', (value) => {
	expect(isSchema(value)).toBe(false);
});
