import { expect, it } from 'vitest';
import { asLookupError, LookupError } from '../../src/dns/lookup-error.ts';

it.each([
	['ENOTFOUND', 'ENOTFOUND'],
	['ENODATA', 'ENOTFOUND'],
	['EAI_AGAIN', 'EAI_AGAIN'],
	['ESERVFAIL', 'EAI_AGAIN'],
	['EREFUSED', 'EAI_AGAIN'],
	['ETIMEOUT', 'EAI_AGAIN'],
	['ECONNREFUSED', 'EAI_AGAIN'],
	['EBADRESP', 'EAI_FAIL'],
	[undefined, 'EAI_FAIL'],
])('%s becomes %s', (code, expected) => {
	const error = Object.assign(new Error('why'), code && { code });
	expect(asLookupError('shop.example', error)).toMatchObject({ code: expected });
});

it('names the name, and stays what it is', () => {
	const error = new LookupError('shop.example', 'ENOTFOUND');
	expect(error.message).toBe('the name shop.example could not be resolved: ENOTFOUND');
	expect(asLookupError('other.example', error)).toBe(error);
	expect(asLookupError('shop.example', 'thrown as it is')).toMatchObject({
		code: 'EAI_FAIL',
		cause: 'thrown as it is',
	});
});
