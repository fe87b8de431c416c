/**
 * Labels of encodings that are dangerous to decode: the standard maps them all to `replacement`, whose
 * decoder answers one U+FFFD. `TextDecoder` refuses them, so they are the only labels listed by hand.
 */
const REPLACEMENT_LABELS: ReadonlySet<string> = new Set([
	'replacement',
	'csiso2022kr',
	'hz-gb-2312',
	'iso-2022-cn',
	'iso-2022-cn-ext',
	'iso-2022-kr',
]);

/** Only labels that exist are remembered (the standard has 228), so hostile labels cannot make it grow. */
const namesByLabel = new Map<string, string>();

/**
 * The name, in lower case, of the encoding that `label` stands for (`latin1` → `windows-1252`, `gb2312` → `gbk`),
 * or `undefined` when the standard knows no such label.
 *
 * Source: WHATWG Encoding, "get an encoding".
 */
export function encodingForLabel(label: string): string | undefined {
	const key = label.replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, '').toLowerCase();
	const known = namesByLabel.get(key);
	if (known !== undefined) return known;
	if (REPLACEMENT_LABELS.has(key)) return 'replacement';
	try {
		const name = new TextDecoder(key).encoding;
		namesByLabel.set(key, name);
		return name;
	} catch {
		return undefined;
	}
}
