import type { Asker, RequestsJob, RequestsTally } from './contract.ts';

/** Asks `requests` times, `concurrency` at a time: the same loop for everybody. */
export async function askAll(asker: Asker, { requests, concurrency }: RequestsJob): Promise<RequestsTally> {
	let left = requests;
	let answers = 0;
	let characters = 0;
	const worker = async (): Promise<void> => {
		while (left > 0) {
			left -= 1;
			const text = await asker.ask();
			characters += text.length;
			answers += 1;
		}
	};
	await Promise.all(Array.from({ length: concurrency }, worker));
	await asker.close();
	return { answers, characters };
}
