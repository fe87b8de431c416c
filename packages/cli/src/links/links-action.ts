import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HttpClient } from '@orbweaver/http';
import { ALL_LINK_ATTRIBUTES, decodeBody, extractLinks, load } from '@orbweaver/parser';
import { EXIT_FAILED, EXIT_OK } from '../exit-code.ts';
import { parseHeaders } from '../headers.ts';
import { httpUrl } from '../http-url.ts';
import type { Action } from '../spec/command-spec.ts';
import type { OptionValues } from '../spec/option-values.ts';
import { UsageError } from '../usage-error.ts';

/** A page to look at. */
interface Source {
	readonly html: string;
	readonly baseUrl: string;
	/** What is wrong with it all the same. */
	readonly warning?: string;
}

/** `orbweaver links` */
export const links: Action = async ({ args, options }) => {
	const given = args[0] as string;
	const base = options.text('base');
	const selector = options.text('selector');
	if (selector !== undefined) checkSelector(selector);
	const { html, baseUrl, warning } = /^https?:/i.test(given)
		? await fetched(httpUrl(given), options)
		: await readFrom(given);
	const found = extractLinks(html, {
		baseUrl: base === undefined ? baseUrl : httpUrl(base),
		...(selector !== undefined && { selector }),
		...(options.flag('all') && { attributes: ALL_LINK_ATTRIBUTES }),
	});
	const exitCode = warning === undefined ? EXIT_OK : EXIT_FAILED;
	if (warning !== undefined) process.stderr.write(`${warning}\n`);
	if (options.flag('json')) {
		process.stdout.write(`${JSON.stringify({ exitCode, links: found })}\n`);
	} else {
		for (const url of new Set(found.map((link) => link.url))) process.stdout.write(`${url}\n`);
	}
	return exitCode;
};

async function fetched(url: string, options: OptionValues): Promise<Source> {
	const userAgent = options.text('user-agent');
	await using client = new HttpClient({ proxy: 'environment', ...(userAgent !== undefined && { userAgent }) });
	const answer = await client.read(url, { headers: parseHeaders(options.list('header')) });
	const { text } = decodeBody(answer.body, String(answer.headers['content-type'] ?? 'text/html'));
	const isBad = answer.status >= 400;
	return { html: text, baseUrl: answer.url, ...(isBad && { warning: `${answer.url} answered ${answer.status}.` }) };
}

async function readFrom(file: string): Promise<Source> {
	try {
		const bytes = await readFile(file);
		// Links of a file lead to files, unless it says otherwise: those are not of http.
		return { html: decodeBody(bytes, 'text/html').text, baseUrl: pathToFileURL(resolve(file)).href };
	} catch (cause) {
		const { code } = cause as NodeJS.ErrnoException;
		throw new UsageError(`"${file}" is neither an http(s) address nor a file that can be read (${code}).`, { cause });
	}
}

function checkSelector(selector: string): void {
	try {
		load('')(selector);
	} catch (cause) {
		throw new UsageError(`--selector "${selector}" is no CSS selector; it has to be one such as 'a.next'.`, { cause });
	}
}
