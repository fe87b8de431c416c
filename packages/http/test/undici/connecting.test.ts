import { expect, it } from 'vitest';
import { Connecting, type ConnectionOwner } from '../../src/undici/connecting.ts';

/** An attempt that notes when it is given up, as `watched` makes it. */
function attemptIn(connecting: Connecting, owner: ConnectionOwner | undefined, shared: boolean, log: string[]): void {
	const name = `${owner?.connectMs}`;
	const attempt = {
		owner,
		shared,
		giveUp() {
			connecting.delete(attempt);
			log.push(name);
		},
	};
	connecting.add(attempt);
}

it('knows whether anybody wants a connection, and the longest of their times', () => {
	const connecting = new Connecting();
	expect([connecting.isWanted, connecting.longestMs]).toEqual([false, 0]);
	const [one, other] = [{ connectMs: 1 }, { connectMs: 2 }];
	connecting.join(one);
	connecting.join(other);
	connecting.sent(one);
	expect([connecting.isWanted, connecting.longestMs]).toEqual([true, 2]);
	connecting.leave(other);
	expect([connecting.isWanted, connecting.longestMs]).toEqual([true, 1]);
	connecting.leave(one);
	expect(connecting.isWanted).toBe(false);
});

it('gives up the connection of a request that is given up, and no other', () => {
	const connecting = new Connecting();
	const log: string[] = [];
	const owners = [{ connectMs: 1 }, { connectMs: 2 }] as const;
	for (const owner of owners) {
		connecting.join(owner);
		attemptIn(connecting, owner, false, log);
	}
	connecting.leave(owners[0]);
	connecting.leave(owners[0]);
	expect(log).toEqual(['1']);
});

it('gives up a shared connection with the last who waits for it', () => {
	const connecting = new Connecting();
	const log: string[] = [];
	const owners = [{ connectMs: 1 }, { connectMs: 2 }] as const;
	for (const owner of owners) connecting.join(owner);
	attemptIn(connecting, owners[0], true, log);
	connecting.leave(owners[0]);
	expect(log).toEqual([]);
	connecting.leave(owners[1]);
	expect(log).toEqual(['1']);
});

it('gives up a connection that was opened for nobody in particular with the last request', () => {
	const connecting = new Connecting();
	const log: string[] = [];
	const owners = [{ connectMs: 1 }, { connectMs: 2 }] as const;
	for (const owner of owners) connecting.join(owner);
	connecting.sent(owners[0]);
	attemptIn(connecting, undefined, false, log);
	connecting.leave(owners[1]);
	expect(log).toEqual([]);
	connecting.leave(owners[0]);
	expect(log).toEqual(['undefined']);
});
