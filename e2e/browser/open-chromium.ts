import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** Nothing of its own goes out: only what the page asks for is asked. */
const ARGUMENTS = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** The system's Chromium; undefined when there is none. */
export const chromiumPath: string | undefined = (process.env.PATH ?? '')
	.split(delimiter)
	.flatMap((folder) => NAMES.map((name) => join(folder, name)))
	.find((file) => existsSync(file));

/** A browser that knows nothing of earlier ones. */
export interface OpenChromium extends AsyncDisposable {
	readonly context: BrowserContext;
}

/** How its pages are shown. */
export interface ChromiumOptions {
	readonly width: number;
	readonly height: number;
	readonly theme: 'light' | 'dark';
	/** Device pixels for each CSS pixel. Default 1. */
	readonly scale?: number;
}

/** @throws Error when the system has no Chromium. */
export async function openChromium({ width, height, theme, scale = 1 }: ChromiumOptions): Promise<OpenChromium> {
	if (chromiumPath === undefined) throw new Error('There is no Chromium: apt-get install chromium.');
	const profile = mkdtempSync(join(tmpdir(), 'orbweaver-chromium-'));
	const context = await chromium.launchPersistentContext(profile, {
		executablePath: chromiumPath,
		args: ARGUMENTS,
		viewport: { width, height },
		colorScheme: theme,
		deviceScaleFactor: scale,
		locale: 'en-GB',
	});
	return {
		context,
		async [Symbol.asyncDispose]() {
			await context.close();
			rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
		},
	};
}
