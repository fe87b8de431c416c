const FACTORS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Bytes a second, written as curl, wget and aria2 take them: `800`, `500K`, `1.5M`; undefined for anything else. */
export function parseByteRate(text: string): number | undefined {
	const [, digits = '', unit = ''] = /^(\d{1,15}(?:\.\d{1,9})?)([kmg]?)(?:i?b)?(?:\/s)?$/i.exec(text.trim()) ?? [];
	const bytesPerSecond = Number(digits) * (FACTORS[unit.toLowerCase()] ?? 0);
	return bytesPerSecond >= 1 ? bytesPerSecond : undefined;
}
