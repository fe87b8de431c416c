/**
 * Text as the value of a header field. Node writes and reads fields as Latin-1; what sites really put there beyond
 * ASCII is UTF-8 (RFC 9110 section 5.5 calls it opaque).
 */
export function toField(text: string): string {
	return Buffer.from(text, 'utf8').toString('latin1');
}

/** The other way round. */
export function fromField(value: string): string {
	return Buffer.from(value, 'latin1').toString('utf8');
}
