/** Says on stderr how far the bench is; the figures alone go to stdout, so that they can be piped. */
export function note(text: string): void {
	console.error(text);
}
