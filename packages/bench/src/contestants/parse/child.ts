import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answerAsChild } from '../../measure/child-process.ts';
import type { ParseAnswer, ParseContestant, ParseJob } from './contract.ts';
import type { ParseContestantName } from './names.ts';

// Loaded one at a time: nobody's memory may contain another's modules.
const modules: Record<ParseContestantName, () => Promise<{ default: ParseContestant }>> = {
	ours: () => import('./ours.ts'),
	sax: () => import('./sax.ts'),
	cheerio: () => import('./cheerio.ts'),
};

await answerAsChild(async (name, { directory, base, pages }: ParseJob): Promise<ParseAnswer> => {
	const { default: extract } = await modules[name as ParseContestantName]();
	const files = await readdir(directory, { recursive: true });
	const chosen = files
		.filter((file) => file.endsWith('.html'))
		.sort()
		.slice(0, pages);
	const texts = await Promise.all(chosen.map((file) => readFile(join(directory, file), 'utf8')));
	const pass = (): number => texts.reduce((links, html) => links + extract(html, base).length, 0);

	// The first pass warms up the compiler and is not counted.
	const links = pass();
	let passes = 0;
	let elapsedMs = 0;
	for (const started = performance.now(); elapsedMs < 1000; elapsedMs = performance.now() - started) {
		pass();
		passes += 1;
	}
	return { pages: texts.length, links, msPerPage: elapsedMs / passes / texts.length };
});
