/** What the value of an option is, and how it is read. */
export type OptionKind =
	| { readonly type: 'flag' }
	| { readonly type: 'text' }
	/** May be repeated. */
	| { readonly type: 'list' }
	| { readonly type: 'number'; readonly least: number; readonly most?: number; readonly whole?: boolean }
	| { readonly type: 'choice'; readonly choices: readonly string[] }
	/** `5%`, read as 0.05. */
	| { readonly type: 'share' };

/** One option of a command. */
export interface OptionSpec {
	/** Without dashes: `max-pages`. */
	readonly name: string;
	readonly kind: OptionKind;
	/** What stands for the value in the help. */
	readonly value?: string;
	readonly help: string;
	/** A text that would do, for errors. */
	readonly example?: string;
	/** Its value is never shown, and no settings file may hold it. */
	readonly isSecret?: boolean;
}

/** A value of an option, read and checked. */
export type OptionValue = string | number | boolean | readonly string[];

/** `max-pages` as settings files have it: `maxPages`. */
export function settingName(option: string): string {
	return option.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** `max-pages` as the environment has it: `ORBWEAVER_MAX_PAGES`. */
export function variableName(option: string): string {
	return `ORBWEAVER_${option.toUpperCase().replaceAll('-', '_')}`;
}
