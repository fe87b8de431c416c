/** What was answered, or why nothing was. */
export interface Answer {
	readonly url: string;
	readonly ok: boolean;
	readonly status?: number;
	/** How long it took, tries and waits included. */
	readonly ms: number;
	/** The body of a JSON answer. */
	readonly json?: unknown;
	/** The body of any other text. */
	readonly text?: string;
	/** How long the body is, where it is neither. */
	readonly bytes?: number;
	readonly error?: string;
}

/** What an answer is made of. */
export interface AnswerParts {
	readonly url: string;
	readonly status: number;
	readonly ms: number;
	readonly contentType: string;
	readonly body: Uint8Array;
	readonly text: string;
}

/** An answer as it is printed. JSON that cannot be read is text. */
export function answerOf({ url, status, ms, contentType, body, text }: AnswerParts): Answer {
	const head = { url, ok: status < 400, status, ms: Math.round(ms) };
	if (/[/+]json\b/i.test(contentType)) {
		try {
			return { ...head, json: JSON.parse(text) as unknown };
		} catch {
			return { ...head, text };
		}
	}
	return /^(text\/|application\/(xml|xhtml|javascript)|[^;]*\+xml)/i.test(contentType)
		? { ...head, text }
		: { ...head, bytes: body.length };
}
