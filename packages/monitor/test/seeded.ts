import { randomInt } from 'node:crypto';
import { onTestFailed } from 'vitest';

/** Random numbers that a failed test can be repeated with: `ORB_SEED=… npm test -- packages/monitor`. */
export interface Seeded {
	/** A whole number from `least` to `most`. */
	whole(least: number, most: number): number;
	chance(share: number): boolean;
}

/** Prints its seed when the test fails (Steele and Vigna's SplitMix, 32 bits). */
export function seeded(): Seeded {
	const seed = Number(process.env.ORB_SEED ?? randomInt(1, 2 ** 31));
	onTestFailed(() => console.log(`ORB_SEED=${seed}`));
	let state = seed;
	const next = (): number => {
		state = (state + 0x9e3779b9) | 0;
		let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
		mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
		return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
	};
	return {
		whole: (least, most) => least + Math.floor(next() * (most - least + 1)),
		chance: (share) => next() < share,
	};
}
