import { UsageError } from '../usage-error.ts';
import type { OptionSpec, OptionValue } from './option-spec.ts';

/**
 * Reads the value of an option, wherever it came from.
 *
 * @param given text of a command line or a variable, or a value of a settings file.
 * @param where what a message calls it, such as `--max-pages` or `maxPages in orbweaver.config.json`.
 * @throws UsageError for a value that it cannot have. That of a secret is not shown.
 */
export function readValue(spec: OptionSpec, given: unknown, where: string): OptionValue {
	const { kind } = spec;
	switch (kind.type) {
		case 'flag':
			return flag(spec, given, where);
		case 'list':
			return list(spec, given, where);
		case 'text':
			if (typeof given === 'string' && given !== '') return given;
			throw wrong(spec, where, 'a text', given);
		case 'choice':
			if (typeof given === 'string' && kind.choices.includes(given)) return given;
			throw wrong(spec, where, orList(kind.choices), given);
		case 'share':
			return share(spec, given, where);
		case 'number': {
			const value = toNumber(given);
			const { least, most = Number.POSITIVE_INFINITY, whole = false } = kind;
			if (value >= least && value <= most && (!whole || Number.isSafeInteger(value))) return value;
			const range = most === Number.POSITIVE_INFINITY ? `of at least ${least}` : `from ${least} to ${most}`;
			throw wrong(spec, where, `a ${whole ? 'whole ' : ''}number ${range}`, given);
		}
	}
}

function flag(spec: OptionSpec, given: unknown, where: string): boolean {
	if (typeof given === 'boolean') return given;
	const text = String(given).toLowerCase();
	if (['1', 'true', 'yes'].includes(text)) return true;
	if (['', '0', 'false', 'no'].includes(text)) return false;
	throw wrong(spec, where, 'true or false', given);
}

function list(spec: OptionSpec, given: unknown, where: string): readonly string[] {
	// A variable holds one a line.
	const values: readonly unknown[] = Array.isArray(given) ? given : String(given).split('\n');
	const texts = values.map((value) => (typeof value === 'string' ? value : ''));
	if (texts.every((text) => text !== '')) return texts;
	throw wrong(spec, where, 'a list of texts', given);
}

function share(spec: OptionSpec, given: unknown, where: string): number {
	const value = /^\d+(?:\.\d+)?%$/.test(String(given)) ? Number.parseFloat(String(given)) / 100 : Number.NaN;
	if (value <= 1) return value;
	throw wrong(spec, where, 'a share from 0% to 100%', given);
}

function toNumber(given: unknown): number {
	if (typeof given === 'number') return given;
	return typeof given === 'string' && given.trim() !== '' ? Number(given) : Number.NaN;
}

function wrong({ example, isSecret }: OptionSpec, where: string, wanted: string, given: unknown): UsageError {
	const suchAs = example === undefined ? '' : `, such as ${example}`;
	return new UsageError(
		`${where} must be ${wanted}${suchAs}${isSecret ? '' : `; it was given ${JSON.stringify(given)}`}.`,
	);
}

function orList(choices: readonly string[]): string {
	return `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}
