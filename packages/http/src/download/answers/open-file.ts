import type { Ask } from './ask.ts';
import { type Answer, type AskContext, askSource } from './ask-source.ts';
import { isFailureOfSource } from './source.ts';
import type { SourceList } from './source-list.ts';
import { isTransient } from './tries.ts';

/** Asks the current source, and again while that may help. */
export async function askCurrent(sources: SourceList, ask: Ask, context: AskContext): Promise<Answer> {
	for (;;) {
		try {
			return await askSource(sources.current, ask, context, undefined);
		} catch (error) {
			context.signal.throwIfAborted();
			if (!isTransient(error) || !(await sources.tries.again(error))) throw error;
		}
	}
}

/** Asks for the whole file, one source after another. */
export async function openFile(sources: SourceList, context: Omit<AskContext, 'known'>): Promise<Answer> {
	for (;;) {
		try {
			return await askCurrent(sources, { kind: 'whole' }, { ...context, known: undefined });
		} catch (error) {
			context.signal.throwIfAborted();
			if (!isFailureOfSource(error)) throw error;
			sources.giveUp(error);
		}
	}
}
