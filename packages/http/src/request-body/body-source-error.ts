/** The stream or file that a body comes from failed while it was being sent; `cause` is its own error. */
export class BodySourceError extends Error {
	constructor(cause: unknown) {
		super(`The body could not be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
		this.name = 'BodySourceError';
	}
}
