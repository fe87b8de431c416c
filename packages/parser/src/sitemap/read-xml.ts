import { createRequire } from 'node:module';
import type { Parser as ParserClass } from 'htmlparser2';

/** What a reader wants to know of an XML text. Names come as written, with their prefix. */
export interface XmlReader {
	/** No more events are wanted. */
	readonly isDone: boolean;
	open(name: string, attributes: Readonly<Record<string, string>>): void;
	text(text: string): void;
	close(name: string): void;
}

const requireHere = createRequire(import.meta.url);
let Parser: typeof ParserClass | undefined;

/** The reader is asked in between whether it has enough. */
const CHUNK_CHARS = 65_536;

/**
 * Runs a tolerant parser over XML: mismatched tags, bare `&` and a missing end are no reason to stop. Elements that are
 * still open when the text ends are not closed, as what they hold may be cut off.
 */
export function readXml(xml: string, reader: XmlReader): void {
	Parser ??= (requireHere('htmlparser2') as { Parser: typeof ParserClass }).Parser;
	let hasEnded = false;
	const parser = new Parser(
		{
			onopentag: (name, attributes) => reader.open(name, attributes),
			ontext: (text) => reader.text(text),
			onclosetag: (name) => {
				if (!hasEnded) reader.close(name);
			},
		},
		{ xmlMode: true, decodeEntities: true },
	);
	for (let at = 0; at < xml.length && !reader.isDone; at += CHUNK_CHARS) parser.write(xml.slice(at, at + CHUNK_CHARS));
	hasEnded = true;
	parser.end();
}
