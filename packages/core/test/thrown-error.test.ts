import { describe, expect, test } from 'vitest';
import { NonRetryableError } from '../src/index.ts';
import { errorOf } from '../src/thrown-error.ts';

const fails = (): never => {
	throw new Error('asked too much');
};

describe('an error that can be used', () => {
	test.each([
		new Error('no'),
		new TypeError('no'),
		new NonRetryableError('no'),
		new Error('a', { cause: new Error('b') }),
	])('%s is answered as it is', (error) => {
		expect(errorOf(error)).toBe(error);
	});

	test.each(['text', null, { status: 5 }, Object.create(null)])(
		'%#: a cause that is no error is nobody’s trouble',
		(cause) => {
			const error = new Error('a', { cause });
			expect(errorOf(error)).toBe(error);
		},
	);
});

describe('what is no error becomes one', () => {
	test.each<[unknown, string]>([
		['text', 'text'],
		['', "''"],
		[undefined, 'undefined'],
		[null, 'null'],
		[5n, '5'],
		[Symbol('s'), 'Symbol(s)'],
		[{ message: 'from another realm' }, 'from another realm'],
		[{ code: 7 }, '{ code: 7 }'],
		[{ toString: () => 'says so itself' }, 'says so itself'],
		[{ toString: fails, a: 1 }, '{ toString: [Function: fails], a: 1 }'],
		[Object.create(null), '[Object: null prototype] {}'],
	])('%#: %o', (thrown, message) => {
		const error = errorOf(thrown);
		expect(error).toBeInstanceOf(Error);
		expect(error.message).toBe(message);
		expect(error.stack).toContain(message);
	});

	test('also what throws whatever is asked of it', () => {
		const proxy = new Proxy({}, { get: fails, getPrototypeOf: fails, ownKeys: fails });
		expect(errorOf(proxy).message).not.toBe('');
	});
});

describe('an error that cannot be used becomes one of its class', () => {
	const broken = (properties: PropertyDescriptorMap): Error =>
		Object.defineProperties(new NonRetryableError('whole'), properties);

	test.each<[string, PropertyDescriptorMap, object]>([
		['no message', { message: { value: undefined } }, { message: 'Error without a message' }],
		['an empty message', { message: { value: '' } }, { message: 'Error without a message' }],
		['an object as message', { message: { value: { a: 1 } } }, { message: 'Error without a message' }],
		['a message that throws', { message: { get: fails } }, { message: 'Error without a message' }],
		['a stack that throws', { stack: { get: fails } }, { message: 'whole', stack: expect.stringContaining('whole') }],
		['a stack that is none', { stack: { value: 5 } }, { message: 'whole', stack: expect.stringContaining('whole') }],
		['a name that throws', { name: { get: fails } }, { message: 'whole', name: 'Error' }],
		['a cause that throws', { cause: { get: fails } }, { message: 'whole', cause: undefined }],
		['a cause that is broken', { cause: { value: broken({ stack: { get: fails } }) } }, { message: 'whole' }],
	])('%s', (_, properties, expected) => {
		const error = errorOf(broken(properties));
		expect(error).toBeInstanceOf(NonRetryableError);
		expect(error).toMatchObject(expected);
		expect(errorOf(error)).toBe(error);
	});

	test('what else it has is kept, as far as it can be read', () => {
		const error = Object.assign(broken({ message: { value: '' } }), { statusCode: 503 });
		Object.defineProperty(error, 'code', { get: fails, enumerable: true });
		expect(errorOf(error)).toMatchObject({ message: 'Error without a message', statusCode: 503 });
		expect(errorOf(error)).not.toHaveProperty('code');
	});

	test('a getter of the class is hidden too', () => {
		class Odd extends Error {
			override get message(): string {
				return fails();
			}
		}
		const error = errorOf(new Odd());
		expect(error).toBeInstanceOf(Odd);
		expect(error.message).toBe('Error without a message');
	});

	test('a circle of causes ends', () => {
		const first = new Error('first');
		first.cause = new Error('second', { cause: first });
		const error = errorOf(first);
		expect(error.message).toBe('first');
		expect(error.cause).toMatchObject({ message: 'second', cause: undefined });
	});

	test('so does a long chain', () => {
		let error = new Error('0');
		for (let n = 1; n < 10_000; n++) error = new Error(String(n), { cause: error });
		let length = 0;
		for (let at: unknown = errorOf(error); at instanceof Error; at = at.cause) length++;
		expect(length).toBeGreaterThan(5);
		expect(length).toBeLessThan(20);
	});
});
