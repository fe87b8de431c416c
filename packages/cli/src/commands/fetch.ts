import type { CommandSpec } from '../spec/command-spec.ts';
import { ALLOWED_FAILURES, BEARER, HEADER, JSON_SUMMARY, QUIET, USER_AGENT } from './shared-options.ts';

export const FETCH: CommandSpec = {
	name: 'fetch',
	summary: 'Send many requests at once, at a rate, and print what was answered',
	details:
		'Prints one JSON object a line for each request, as they come: url, status, ms, and json or text; or the error. For - the addresses are read from standard input, one a line.',
	args: [{ name: 'url', help: 'an address; - reads them from standard input', isList: true }],
	options: [
		{
			name: 'method',
			kind: { type: 'choice', choices: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] },
			value: 'method',
			help: 'GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS (GET; POST with --json-body)',
			example: 'POST',
		},
		{
			name: 'json-body',
			kind: { type: 'text' },
			value: 'json',
			help: 'a JSON value, sent with each request',
			example: `'{"name":"Lamp"}'`,
		},
		HEADER,
		BEARER,
		USER_AGENT,
		{
			name: 'rate',
			kind: { type: 'text' },
			value: 'n/s',
			help: 'never more than so many requests in any second, minute or hour: 10/s, 600/min, 1000/h',
			example: '10/s',
		},
		{
			name: 'concurrency',
			kind: { type: 'number', least: 1, most: 1_000, whole: true },
			value: 'n',
			help: 'requests in flight at once (20)',
			example: '50',
		},
		{
			name: 'timeout',
			kind: { type: 'number', least: 0.001, most: 2_000_000 },
			value: 'seconds',
			help: 'how long one request may take, its retries included (60)',
			example: '10',
		},
		{
			name: 'retries',
			kind: { type: 'number', least: 0, most: 100, whole: true },
			value: 'n',
			help: 'further tries after failures that may pass (2)',
			example: '5',
		},
		{
			name: 'output',
			kind: { type: 'text' },
			value: 'file',
			help: 'where the lines go, instead of standard output',
			example: 'answers.jsonl',
		},
		{ ...ALLOWED_FAILURES, help: 'exit code 1 only when more than this share of the requests failed (0%)' },
		{ ...JSON_SUMMARY, help: 'one JSON summary on standard output instead of the lines; --output keeps those' },
		QUIET,
	],
	examples: [
		'fetch https://example.com/api/items/1 https://example.com/api/items/2',
		'fetch - --rate 10/s --concurrency 5 --output answers.jsonl < urls.txt',
		`fetch https://example.com/api/items --json-body '{"name":"Lamp"}'`,
	],
	load: async () => (await import('../fetch/fetch-action.ts')).fetchAll,
};
