/**
 * Errors of this package. Both are `TypeError`s, because both mean that a value is not what its name says:
 *
 *     TypeError
 *     ├── InvalidUrlError      a string that is no absolute URL
 *     └── InvalidOptionError   an option with a value it cannot have
 */

/** A string was given where an absolute URL is needed. */
export class InvalidUrlError extends TypeError {
	override readonly name = 'InvalidUrlError';
	readonly code = 'ORBWEAVER_INVALID_URL';
	/** What was given. */
	readonly input: string;

	constructor(input: string) {
		super(`"${clip(input)}" is not an absolute URL. Resolve it against the page's URL first: new URL(href, pageUrl).`);
		this.input = input;
	}
}

/** An option holds a value that it cannot have. */
export class InvalidOptionError extends TypeError {
	override readonly name = 'InvalidOptionError';
	readonly code = 'ORBWEAVER_INVALID_OPTION';
	/** The option, with its owner: `UrlFilter.maxDepth`. */
	readonly option: string;
	/** What was given. */
	readonly value: unknown;

	constructor(option: string, value: unknown, expected: string) {
		super(`${option} must be ${expected}, got ${describe(value)}.`);
		this.option = option;
		this.value = value;
	}
}

const SHOWN_CHARS = 200;

function clip(text: string): string {
	return text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text;
}

function describe(value: unknown): string {
	if (typeof value === 'string') return `"${clip(value)}"`;
	if (typeof value === 'object' && value !== null) return clip(JSON.stringify(value) ?? 'an object');
	return String(value);
}
