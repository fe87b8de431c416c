/** A content coding that can be undone here. */
export type Coding = 'gzip' | 'deflate' | 'br' | 'zstd';

/** What the client asks for, best first where the server leaves it to the order. */
export const ACCEPT_ENCODING = 'gzip, deflate, br, zstd';

/** More codings than this on one body is an attack on the decoder, not a way to send a page. */
const MAX_CODINGS = 5;

const CODINGS: Readonly<Record<string, Coding>> = {
	__proto__: null as never,
	gzip: 'gzip',
	'x-gzip': 'gzip',
	deflate: 'deflate',
	br: 'br',
	zstd: 'zstd',
};

/** The codings of a body in the order to undo them, or why they are refused. */
export type CodingPlan = readonly Coding[] | 'too-many';

/**
 * Reads a Content-Encoding value (RFC 9110 §8.4). A name that is not known leaves the body as it was sent, as browsers
 * do: servers put charsets and other nonsense there.
 */
export function planDecoding(contentEncoding: string | readonly string[] | undefined): CodingPlan {
	if (contentEncoding === undefined) return [];
	const plan: Coding[] = [];
	for (const item of String(contentEncoding).split(',')) {
		const name = item.trim().toLowerCase();
		if (name === '' || name === 'identity') continue;
		const coding = CODINGS[name];
		if (coding === undefined) return [];
		plan.unshift(coding);
	}
	return plan.length > MAX_CODINGS ? 'too-many' : plan;
}
