/** A call of a handler that came after its page was done. */
export class LateCallError extends Error {
	readonly call: string;

	constructor(call: string, url: string) {
		super(
			`${call} was called after the handler of ${url} had ended; \`await\` every call in the handler so that nothing is lost.`,
		);
		this.name = 'LateCallError';
		this.call = call;
	}
}
