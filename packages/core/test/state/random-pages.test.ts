import { expect, test } from 'vitest';
import { StateGraph } from '../../src/state/state-graph.ts';
import { StateJournal } from '../../src/state/state-journal.ts';

interface Shop {
	n: number;
	tags: string[];
	at?: { x: number };
}

interface State {
	total: number;
	shops: Record<string, Shop>;
	list: { n: number }[];
	last?: string;
}

/** mulberry32: the same numbers for the same seed. */
function randomOf(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d_2b_79_f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
}

test('when all pages have ended, what is stored is what is seen', () => {
	const seed = Date.now() % 1_000_000;
	console.log(`random pages of useState, seed ${seed}`);
	const random = randomOf(seed);
	const below = (n: number): number => Math.floor(random() * n);
	for (let round = 0; round < 200; round++) {
		const graph = new StateGraph('{"total":0,"shops":{},"list":[]}');
		let total = 0;
		let pages: { journal: StateJournal; state: State; shops: Shop[]; added: number }[] = [];
		for (let step = 0; step < 60; step++) {
			if (pages.length < 3) {
				const journal = new StateJournal(graph, () => {});
				pages.push({ journal, state: journal.view as unknown as State, shops: [], added: 0 });
			}
			const page = pages[below(pages.length)] as (typeof pages)[number];
			const { state, shops, journal } = page;
			const act = below(8);
			const shop = shops[below(shops.length)];
			if (act === 0) {
				const made: Shop = { n: step, tags: ['made'] };
				// Each page in a place of its own: of two that set the same, the last one wins.
				state.shops[`${round}-${step}`] = made;
				shops.push(made);
			} else if (act === 1 && shop !== undefined) shop.n += 3;
			else if (act === 2 && shop !== undefined) shop.tags.push(`t${step}`);
			else if (act === 3 && shop !== undefined) shop.at = { x: step };
			else if (act === 4) state.list.push({ n: step });
			else if (act === 5) {
				state.total += step;
				page.added += step;
			} else if (act >= 6) {
				if (below(3) > 0) {
					journal.compare();
					journal.commit();
					journal.end();
					total += page.added;
				} else {
					journal.undo();
				}
				pages = pages.filter((one) => one !== page);
			}
		}
		for (const { journal } of pages) journal.undo();
		// Entries are stored in the order in which their pages end.
		for (const { list } of [graph.stored, graph.live] as unknown as State[]) list.sort((a, b) => a.n - b.n);
		expect(graph.stored, `seed ${seed}, round ${round}`).toEqual(graph.live);
		expect(graph.stored.total).toBe(total);
	}
});
