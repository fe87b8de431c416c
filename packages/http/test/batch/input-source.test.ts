import { expect, it } from 'vitest';
import { InputSource } from '../../src/batch/input-source.ts';
import { InvalidRequestError } from '../../src/errors.ts';
import { rejection } from '../support/until.ts';

it('pulls a plain iterable without promises', () => {
	const source = new InputSource(['a']);
	expect(source.pull()).toEqual({ done: false, value: 'a' });
	expect(source.pull()).toEqual({ done: true, value: undefined });
	expect(source.busy).toBe(false);
});

it('is busy while an async iterable makes up its mind', async () => {
	const source = new InputSource(
		(async function* () {
			yield 'a';
		})(),
	);
	const pending = source.pull();
	expect(source.busy).toBe(true);
	expect(await pending).toEqual({ done: false, value: 'a' });
	expect(source.busy).toBe(false);
});

it('closes an iterator once, and not one that ended or failed by itself', async () => {
	let closed = 0;
	const iterator = (end: 'never' | 'done' | 'throws'): Iterator<number> => ({
		next() {
			if (end === 'throws') throw new Error('broken');
			return end === 'done' ? { done: true, value: undefined } : { done: false, value: 1 };
		},
		return() {
			closed += 1;
			return { done: true, value: undefined };
		},
	});
	const open = (end: 'never' | 'done' | 'throws'): InputSource<number> =>
		new InputSource({ [Symbol.iterator]: () => iterator(end) });
	const endless = open('never');
	void endless.pull();
	await endless.close();
	await endless.close();
	expect(closed).toBe(1);
	const ended = open('done');
	void ended.pull();
	await ended.close();
	const failed = open('throws');
	expect(() => failed.pull()).toThrow('broken');
	await failed.close();
	expect(closed).toBe(1);
});

it('does not close an async iterator that failed by itself', async () => {
	let closed = 0;
	const source = new InputSource<number>({
		[Symbol.asyncIterator]: () => ({
			next: () => Promise.reject(new Error('broken')),
			return: () => {
				closed += 1;
				return Promise.resolve({ done: true, value: undefined });
			},
		}),
	});
	expect(await rejection(Promise.resolve(source.pull()))).toEqual(new Error('broken'));
	await source.close();
	expect(closed).toBe(0);
});

it('refuses what cannot be iterated', () => {
	const wrong = 7 as unknown as Iterable<number>;
	expect(() => new InputSource(wrong)).toThrow(InvalidRequestError);
	expect(() => new InputSource(wrong)).toThrow(
		'The inputs of a batch are of type number: give an array or an iterable.',
	);
});
