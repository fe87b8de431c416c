/** One object of structured data, as its page wrote it: check what you read from it. */
export type JsonLdObject = Readonly<Record<string, unknown>>;

/**
 * Parses the contents of `<script type="application/ld+json">`. What is no JSON object is counted as broken, never
 * thrown. Source: JSON-LD 1.1 §7.
 */
export function parseJsonLd(scripts: Iterable<string>): { items: readonly JsonLdObject[]; broken: number } {
	const items: JsonLdObject[] = [];
	let broken = 0;
	for (const script of scripts) {
		const parsed = parse(script);
		for (const item of Array.isArray(parsed) ? parsed : [parsed]) {
			if (isObject(item)) items.push(item);
			else broken++;
		}
	}
	return { items, broken };
}

function parse(script: string): unknown {
	try {
		return JSON.parse(script);
	} catch {
		return undefined;
	}
}

function isObject(value: unknown): value is JsonLdObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
