import { describe, expect, it } from 'vitest';
import { clientSettings, type HttpClientOptions } from '../src/client-options.ts';
import { InvalidRequestError } from '../src/errors.ts';
import { rejection } from './support/until.ts';

describe('clientSettings', () => {
	it.each<[unknown, string]>([
		[null, 'HttpClient was given a value that is null: give an object of options'],
		[{ headers: new Headers({ a: 'b' }) }, 'headers is an object of class Headers: give an object of names and values'],
		[{ userAgent: 'two\nlines' }, 'The header "User-Agent" has a value that cannot be sent'],
		[{ cookies: 'yes' }, 'cookies is of type string: give true, false or a CookieJar'],
		[{ cookies: {} }, 'cookies is an object of class Object'],
		[{ http2: 'yes' }, 'http2 is yes: give true or false'],
		[{ transport: {} }, 'transport has no function "send"'],
		[{ limits: null }, 'limits was given a value that is null'],
		[{ timeouts: 5 }, 'timeouts was given a value that is of type number'],
		[{ tls: null }, 'tls was given a value that is null'],
		[{ dns: true }, 'dns was given a value that is of type boolean'],
		[{ baseUrl: 'api.test' }, 'baseUrl is "api.test": give an http(s) URL'],
		[{ baseUrl: 'https://api.test/v1' }, 'baseUrl has the path "/v1": end it with "/"'],
		[{ baseUrl: 'https://api.test/?key=1' }, 'baseUrl has a query or a fragment'],
		[{ auth: 'Bearer t' }, 'auth has no function "authorize"'],
		[{ limits: { total: 0 } }, 'limits.total is 0'],
		[{ rateLimit: { maxCalls: 1 } }, 'rateLimit.periodMs is undefined'],
	])('refuses %j', async (options, message) => {
		const error = await rejection((async () => clientSettings(options as HttpClientOptions))());
		expect(error).toBeInstanceOf(InvalidRequestError);
		expect(String(error)).toContain(message);
	});

	it('takes undefined for the default, in groups of options too', () => {
		const limits = { total: undefined, perHost: 7 } as unknown as { perHost: number };
		expect(clientSettings({ limits }).limits).toEqual({ total: 100, perHost: 7 });
	});
});
