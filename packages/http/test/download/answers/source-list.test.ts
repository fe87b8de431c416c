import { describe, expect, it } from 'vitest';
import { isFailureOfSource, Source } from '../../../src/download/answers/source.ts';
import { SourceList } from '../../../src/download/answers/source-list.ts';
import { DownloadError } from '../../../src/download/download-error.ts';
import { AbortedError, ConnectError, InvalidRequestError, TlsError } from '../../../src/index.ts';

const request = { method: 'GET', url: 'http://host/' };
const settings = { headers: {}, timeouts: {}, maxRedirects: undefined };
const fetch = { get: () => Promise.reject(new Error('Nothing is asked here.')) };
const source = (url: string) => new Source(fetch, url, settings, new URL(url).origin);
const limits = { limit: 1, baseMs: 1, maxDelayMs: 1, maxRetryAfterMs: 1 };
const failure = (text: string) => new DownloadError(request, 'status', text);

const list = (...urls: [string, ...string[]]) => {
	const [first, ...others] = urls.map(source);
	if (first === undefined) throw new Error('There is no URL.');
	return new SourceList([first, ...others], limits, new AbortController().signal);
};

describe('the sources', () => {
	it('are asked one after the other', () => {
		const sources = list('http://a/', 'http://b/', 'http://c/');
		expect(sources.current.label.url).toBe('http://a/');
		sources.giveUp(failure('a'));
		expect(sources.current.label.url).toBe('http://b/');
		sources.giveUp(failure('b'));
		expect(sources.current.label.url).toBe('http://c/');
		expect(() => sources.giveUp(failure('c'))).toThrow(/a\n.*b\n.*c/s);
	});

	it('of which there is one, fail as it does', () => {
		const error = failure('a');
		expect(() => list('http://a/').giveUp(error)).toThrow(error);
	});

	it('take turns, the current one first, those that failed left out', () => {
		const sources = list('http://a/', 'http://b/', 'http://c/');
		const [, second] = sources.all;
		if (second !== undefined) sources.use(second);
		const turns = () => Array.from({ length: 3 }, () => sources.shared().label.url);
		expect(turns()).toEqual(['http://b/', 'http://a/', 'http://c/']);
		sources.all[0]?.fail(failure('a'));
		expect(turns()).toEqual(expect.not.arrayContaining(['http://a/']));
	});
});

it.each([
	[failure('404'), true],
	[new ConnectError(request, 'refused', 'refused.', undefined), true],
	[new TlsError(request, 'expired.', undefined), true],
	[new DownloadError(request, 'digest', 'wrong.'), true],
	[new DownloadError(request, 'disk-full', 'full.'), false],
	[new DownloadError(request, 'busy', 'busy.'), false],
	[new AbortedError(request, 'its signal fired.'), false],
	[new InvalidRequestError('wrong'), false],
	[new Error('a mistake'), false],
])('%s is a failure of its source: %s', (error, expected) => {
	expect(isFailureOfSource(error)).toBe(expected);
});
