import { COMMON_OPTIONS } from '../command-line/help-texts.ts';
import type { CommandSpec } from '../spec/command-spec.ts';
import type { OptionSpec } from '../spec/option-spec.ts';

/** For `eval` in bash: commands, then their options, then values of choices; files everywhere else. */
export function bashCompletion(commands: readonly CommandSpec[]): string {
	const cases = commands.map((command) => `\t\t${command.name}) options='${flags(command)}' ;;`);
	const choices = choicesOf(commands).map(
		([name, values]) => `\t\t--${name}) COMPREPLY=($(compgen -W '${values.join(' ')}' -- "$current")); return ;;`,
	);
	return `_orbweaver() {
	local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" options=''
	COMPREPLY=()
	if [ "$COMP_CWORD" -eq 1 ]; then
		COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')} help --help --version' -- "$current"))
		return
	fi
	case "$previous" in
${choices.join('\n')}
	esac
	case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
	esac
	if [[ "$current" == -* ]]; then COMPREPLY=($(compgen -W "$options" -- "$current")); fi
}
complete -o default -F _orbweaver orbweaver
`;
}

/** For `eval` in zsh, after `compinit`. */
export function zshCompletion(commands: readonly CommandSpec[]): string {
	const names = commands.map(({ name, summary }) => `\t\t\t'${name}:${quoted(summary)}'`);
	const cases = commands.map(
		(command) => `\t\t${command.name}) _arguments ${optionsOf(command).map(zshOption).join(' ')} '*:file:_files' ;;`,
	);
	return `#compdef orbweaver
_orbweaver() {
	if (( CURRENT == 2 )); then
		local -a commands=(
${names.join('\n')}
		)
		_describe command commands
		return
	fi
	local command=$words[2]
	shift words
	(( CURRENT-- ))
	case $command in
${cases.join('\n')}
	esac
}
compdef _orbweaver orbweaver
`;
}

/** For a file among fish's completions. */
export function fishCompletion(commands: readonly CommandSpec[]): string {
	const lines = commands.flatMap((command) => [
		`complete -c orbweaver -n __fish_use_subcommand -f -a ${command.name} -d '${quoted(command.summary, "\\'")}'`,
		...optionsOf(command).map(({ name, kind, help }) => {
			const takes = kind.type === 'flag' ? '' : kind.type === 'choice' ? ` -x -a '${kind.choices.join(' ')}'` : ' -r';
			return `complete -c orbweaver -n '__fish_seen_subcommand_from ${command.name}' -l ${name}${takes} -d '${quoted(help, "\\'")}'`;
		}),
	]);
	return `${lines.join('\n')}\n`;
}

function optionsOf({ options }: CommandSpec): readonly OptionSpec[] {
	return [...options, ...COMMON_OPTIONS];
}

function flags(command: CommandSpec): string {
	return [...optionsOf(command).map(({ name }) => `--${name}`), '--help'].join(' ');
}

function choicesOf(commands: readonly CommandSpec[]): [string, readonly string[]][] {
	const all = new Map<string, readonly string[]>();
	for (const { name, kind } of commands.flatMap(({ options }) => options))
		if (kind.type === 'choice') all.set(name, kind.choices);
	return [...all];
}

function zshOption({ name, kind, help }: OptionSpec): string {
	const text = quoted(help).replaceAll(/[[\]:]/g, (character) => `\\${character}`);
	const value =
		kind.type === 'flag' ? '' : kind.type === 'choice' ? `:value:(${kind.choices.join(' ')})` : ':value:_files';
	return `'--${name}[${text}]${value}'`;
}

/** Within single quotes. */
function quoted(text: string, quote = "'\\''"): string {
	return text.replaceAll("'", quote);
}
