import { describe, expect, test } from 'vitest';
import { chooseContestants, parseCommand, UsageError } from '../src/arguments.ts';

const subjects = ['crawl', 'parse', 'http', 'queue'];

describe('parseCommand', () => {
	test('has a default for everything but the subject', () => {
		expect(parseCommand(['crawl'], subjects)).toEqual({
			help: false,
			subject: 'crawl',
			options: {
				pages: undefined,
				profile: 'small',
				runs: 5,
				concurrency: undefined,
				only: undefined,
				json: undefined,
				cpuProfile: false,
				parts: undefined,
				requests: undefined,
				sizeMiB: undefined,
				messages: undefined,
				urls: undefined,
				domains: undefined,
				minTimeMs: undefined,
			},
		});
	});

	test('reads every option of a crawl', () => {
		const line = '--pages 20 --profile real --runs 1 --concurrency 8 --only bare,ours --json a.json --cpu-profile';
		expect(parseCommand(['crawl', ...line.split(' ')], subjects)).toMatchObject({
			subject: 'crawl',
			options: {
				pages: 20,
				profile: 'real',
				runs: 1,
				concurrency: 8,
				only: ['bare', 'ours'],
				json: 'a.json',
				cpuProfile: true,
			},
		});
	});

	test('reads the options of http', () => {
		const line = '--part download,tutorial --requests 50 --size 2 --messages 400 --concurrency 8';
		expect(parseCommand(['http', ...line.split(' ')], subjects)).toMatchObject({
			subject: 'http',
			options: { parts: ['download', 'tutorial'], requests: 50, sizeMiB: 2, messages: 400, concurrency: 8 },
		});
	});

	test('reads the options of the queue', () => {
		expect(parseCommand(['queue', '--urls', '10000, 1000000', '--requests', '4000'], subjects)).toMatchObject({
			subject: 'queue',
			options: { urls: [10_000, 1_000_000], requests: 4_000 },
		});
	});

	test('asks for no subject when help is wanted', () => {
		expect(parseCommand(['--help'], subjects)).toEqual({ help: true });
	});

	test.each([
		['', 'name a subject: crawl, parse, http, queue'],
		['fly', 'unknown subject "fly"; there is crawl, parse, http, queue'],
		['crawl parse', 'one subject at a time, got also parse'],
		['crawl --pages 0', '--pages must be a whole number of at least 1, got "0"'],
		['crawl --pages many', '--pages must be a whole number of at least 1, got "many"'],
		['crawl --runs 1.5', '--runs must be a whole number of at least 1, got "1.5"'],
		['crawl --profile huge', '--profile must be small or real, got "huge"'],
		['crawl --speed 9', "Unknown option '--speed'"],
		['http --part uploads', '--part must be tutorial, requests, download or websocket, got "uploads"'],
		['http --size 0.5', '--size must be a whole number of at least 1, got "0.5"'],
		['http --requests 0', '--requests must be a whole number of at least 1, got "0"'],
		['http --messages all', '--messages must be a whole number of at least 1, got "all"'],
		['queue --urls 10,none', '--urls must be a whole number of at least 1, got "none"'],
		['parse --requests 5', '--requests is an option of http and queue, not of parse'],
		['crawl --size 5', '--size is an option of http, not of crawl'],
		['http --pages 5', '--pages is an option of crawl, parse and domains, not of http'],
	])('refuses %j and says what is wrong', (line, message) => {
		const parse = (): unknown => parseCommand(line.split(' ').filter(Boolean), subjects);
		expect(parse).toThrow(UsageError);
		expect(parse).toThrow(message);
	});
});

describe('chooseContestants', () => {
	test('takes all by default and keeps their order', () => {
		expect(chooseContestants(['a', 'b', 'c'], undefined)).toEqual(['a', 'b', 'c']);
		expect(chooseContestants(['a', 'b', 'c'], ['c', 'a'])).toEqual(['a', 'c']);
	});

	test('refuses one that does not exist', () => {
		expect(() => chooseContestants(['a', 'b'], ['b', 'x', 'y'])).toThrow(
			new UsageError('--only: no contestant x, y; there is a, b'),
		);
	});
});
