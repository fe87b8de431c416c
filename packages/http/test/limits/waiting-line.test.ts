import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type InLine, WaitingLine } from '../../src/limits/waiting-line.ts';

class Person implements InLine {
	before: this | undefined;
	behind: this | undefined;
	readonly name: number;

	constructor(name: number) {
		this.name = name;
	}
}

it('serves in the order of arrival, whoever left in between', () => {
	fc.assert(
		fc.property(fc.array(fc.nat({ max: 30 }), { maxLength: 100 }), (steps) => {
			const line = new WaitingLine<Person>();
			const inside: Person[] = [];
			let arrivals = 0;
			for (const step of steps) {
				const leaving = inside[step];
				if (leaving === undefined) {
					const person = new Person(arrivals++);
					inside.push(person);
					line.join(person);
				} else {
					inside.splice(step, 1);
					line.leave(leaving);
				}
				expect(line.first).toBe(inside[0]);
			}
			const served: number[] = [];
			for (let person = line.first; person !== undefined; person = line.first) {
				served.push(person.name);
				line.leave(person);
			}
			expect(served).toEqual(inside.map((person) => person.name));
		}),
	);
});
