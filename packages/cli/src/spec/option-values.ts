import type { OptionValue } from './option-spec.ts';

/** The options of a command with their values; what nobody gave is missing. */
export class OptionValues {
	readonly #values: ReadonlyMap<string, OptionValue>;

	constructor(values: ReadonlyMap<string, OptionValue>) {
		this.#values = values;
	}

	text(name: string): string | undefined {
		const value = this.#values.get(name);
		return typeof value === 'string' ? value : undefined;
	}

	number(name: string): number | undefined {
		const value = this.#values.get(name);
		return typeof value === 'number' ? value : undefined;
	}

	flag(name: string): boolean {
		return this.#values.get(name) === true;
	}

	list(name: string): readonly string[] {
		const value = this.#values.get(name);
		return Array.isArray(value) ? value : [];
	}
}
