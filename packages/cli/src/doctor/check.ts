/** What a look at one thing found. */
export interface Check {
	readonly name: string;
	readonly state: 'ok' | 'warning' | 'problem';
	/** What was found. */
	readonly found: string;
	/** The way out, where one is needed. */
	readonly help?: string;
}

/** Nothing is to be done. */
export function ok(name: string, found: string): Check {
	return { name, state: 'ok', found };
}

/** A crawl will run, but not as well as it could. */
export function warning(name: string, found: string, help: string): Check {
	return { name, state: 'warning', found, help };
}

/** A crawl will not run. */
export function problem(name: string, found: string, help: string): Check {
	return { name, state: 'problem', found, help };
}
