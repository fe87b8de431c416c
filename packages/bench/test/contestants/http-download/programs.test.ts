import { expect, test } from 'vitest';
import { downloadPrograms } from '../../../src/contestants/http-download/programs.ts';

const job = { url: 'http://127.0.0.1:1/file.bin', file: '/tmp/a folder/file.bin', sha256: '' };

test.each(Object.entries(downloadPrograms))(
	'%s is asked for the job and for nothing of its user',
	(_, { arguments: of }) => {
		const line = of(job);
		expect(line.at(-1)).toBe(job.url);
		expect(line).toSatisfy((words: string[]) => words.some((word) => /^--(disable|no-config|no-conf)$/.test(word)));
		expect(line).toSatisfy((words: string[]) => words.some((word) => word.includes('file.bin') && word !== job.url));
	},
);

test('aria2 uses as many connections as its name says', () => {
	expect(downloadPrograms.aria2.arguments(job)).toContain('--max-connection-per-server=1');
	expect(downloadPrograms['aria2-4'].arguments(job)).toContain('--max-connection-per-server=4');
	expect(downloadPrograms['aria2-4'].arguments(job)).toContain('--split=4');
});
