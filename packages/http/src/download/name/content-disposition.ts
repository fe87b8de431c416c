import { parse } from 'content-disposition';

/**
 * The file name that a `Content-Disposition` suggests (RFC 6266 §4.3), as it is there: `filename*` before `filename`,
 * and not yet made safe. `undefined` when there is none.
 */
export function suggestedName(header: string | undefined): string | undefined {
	if (header === undefined) return undefined;
	const name = parse(header).parameters.filename;
	const plain = parse(header, { extended: false }).parameters.filename;
	return name !== undefined && name === plain ? fromUtf8(name) : name;
}

/** Header values arrive as Latin-1; servers put UTF-8 into `filename` unescaped, and browsers read it as that. */
function fromUtf8(latin1: string): string {
	if (!/[\u0080-\u00ff]/.test(latin1) || /[\u0100-\uffff]/.test(latin1)) return latin1;
	try {
		return UTF8.decode(Buffer.from(latin1, 'latin1'));
	} catch {
		return latin1;
	}
}

const UTF8: InstanceType<typeof TextDecoder> = new TextDecoder('utf-8', { fatal: true });
