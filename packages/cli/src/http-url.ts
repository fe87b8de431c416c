import { UsageError } from './usage-error.ts';

/**
 * The URL in its normal form.
 *
 * @throws UsageError for what is no absolute http(s) URL. What may be a password in it is not shown.
 */
export function httpUrl(text: string): string {
	const url = URL.parse(text);
	if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.href;
	const shown = text.replace(/^.*@/s, '…@');
	const guess = /^[\w-]+(\.[\w-]+)+(:\d+)?(\/|$)/.test(text) ? `https://${text}` : 'https://example.com/';
	throw new UsageError(`"${shown}" is not a URL that can be fetched; give an absolute one, such as ${guess}.`);
}
