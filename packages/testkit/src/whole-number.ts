/** @throws {RangeError} naming the option, its value and the range, unless `value` is a whole number within it. */
export function wholeNumber(name: string, value: number, least: number, most: number): void {
	if (Number.isInteger(value) && value >= least && value <= most) return;
	throw new RangeError(`${name} must be a whole number from ${least} to ${most}, got ${value}`);
}
