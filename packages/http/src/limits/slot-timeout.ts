/** No slot was given within the time a caller had for it. */
export class SlotTimeout extends Error {
	readonly limitMs: number;

	constructor(limitMs: number) {
		super(`No slot was free within ${limitMs} ms.`);
		this.name = 'SlotTimeout';
		this.limitMs = limitMs;
	}
}
