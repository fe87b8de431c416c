import { describe, expect, test } from 'vitest';
import { chooseContestants, parseCommand, UsageError } from '../src/arguments.ts';

const subjects = ['crawl', 'parse'];

describe('parseCommand', () => {
	test('has a default for everything but the subject', () => {
		expect(parseCommand(['crawl'], subjects)).toEqual({
			help: false,
			subject: 'crawl',
			options: {
				pages: undefined,
				profile: 'small',
				runs: 5,
				concurrency: 32,
				only: undefined,
				json: undefined,
				cpuProfile: false,
			},
		});
	});

	test('reads every option', () => {
		const line = '--pages 20 --profile real --runs 1 --concurrency 8 --only bare,ours --json a.json --cpu-profile';
		expect(parseCommand(['parse', ...line.split(' ')], subjects)).toEqual({
			help: false,
			subject: 'parse',
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

	test('asks for no subject when help is wanted', () => {
		expect(parseCommand(['--help'], subjects)).toEqual({ help: true });
	});

	test.each([
		['', 'name a subject: crawl, parse'],
		['fly', 'unknown subject "fly"; there is crawl, parse'],
		['crawl parse', 'one subject at a time, got also parse'],
		['crawl --pages 0', '--pages must be a whole number of at least 1, got "0"'],
		['crawl --pages many', '--pages must be a whole number of at least 1, got "many"'],
		['crawl --runs 1.5', '--runs must be a whole number of at least 1, got "1.5"'],
		['crawl --profile huge', '--profile must be small or real, got "huge"'],
		['crawl --speed 9', "Unknown option '--speed'"],
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
