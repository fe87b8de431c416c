// Run as a process of its own, where nobody else listens for unhandled rejections: node unheard-error-child.ts <case>
import { reportUnheard } from '../../src/crawler/unheard-error.ts';

/** Like a call of a handler that comes too late. */
async function late(): Promise<never> {
	const error = new Error('late');
	reportUnheard(error, () => process.stdout.write('told\n'));
	throw error;
}

const cases: Record<string, () => unknown> = {
	ours: () => void (async () => late())(),
	handled: () => late().catch(() => process.stdout.write('handled\n')),
	'of somebody else': () => {
		late().catch(() => {});
		void Promise.reject(new Error('not ours'));
	},
	'of somebody else, later': () => {
		late().catch(() => {});
		setTimeout(() => void Promise.reject(new Error('not ours')), 10);
	},
	'of somebody else, with a listener': () => {
		process.on('unhandledRejection', (reason) => process.stdout.write(`theirs: ${(reason as Error).message}\n`));
		late().catch(() => {});
		void Promise.reject(new Error('not ours'));
	},
};
cases[process.argv[2] as string]?.();
setTimeout(() => process.stdout.write(`listeners: ${process.listenerCount('unhandledRejection')}\n`), 50);
