import type { CommandSpec } from '../spec/command-spec.ts';

export const COMPLETION: CommandSpec = {
	name: 'completion',
	summary: 'Print what makes a shell complete commands and options',
	details:
		'bash: put eval "$(orbweaver completion bash)" into ~/.bashrc. zsh: the same with zsh, into ~/.zshrc after compinit. fish: orbweaver completion fish > ~/.config/fish/completions/orbweaver.fish',
	args: [{ name: 'shell', help: 'bash, zsh or fish' }],
	options: [],
	examples: ['completion bash'],
	load: async () => (await import('../completion/completion-action.ts')).completion,
};
