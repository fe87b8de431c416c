import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type CheckpointSteps, Checkpoints } from '../../src/download/checkpoints.ts';
import { until } from '../support/until.ts';

/** A file that grows while it is brought to the disk, and a state of it. */
class GrowingFile implements CheckpointSteps {
	written = 0;
	onDisk = 0;
	stored = 0;
	calls = 0;
	/** A state spoke of bytes that were not on the disk. */
	lied = false;

	async flush(): Promise<void> {
		this.calls += 1;
	}

	snapshot(): (() => Promise<void>) | undefined {
		const { written } = this;
		if (written === this.stored) return undefined;
		return async () => {
			this.lied ||= written > this.onDisk;
			this.stored = written;
		};
	}

	async sync(): Promise<void> {
		const { written } = this;
		this.written += 5;
		await sleep(5);
		this.onDisk = written;
	}
}

const unexpected = (error: unknown): never => {
	throw error;
};

it('store what was on the disk before, again and again, and nothing that came meanwhile', async () => {
	const file = new GrowingFile();
	file.written = 10;
	const checkpoints = new Checkpoints(file, unexpected);
	await until(() => file.stored === 15);
	await checkpoints.stop();
	expect(file).toMatchObject({ stored: 15, written: 20, lied: false });
	await checkpoints.last();
	expect(file).toMatchObject({ stored: 20, lied: false });
});

it('do nothing when there is nothing new, nor when they are stopped', async () => {
	const file = new GrowingFile();
	const checkpoints = new Checkpoints(file, unexpected);
	await until(() => file.calls === 2);
	await checkpoints.stop();
	expect(file).toMatchObject({ stored: 0, onDisk: 0 });
	await sleep(300);
	expect(file.calls).toBe(2);
});

it('tell of a failure, and go on', async () => {
	const file = new GrowingFile();
	const failures: unknown[] = [];
	const failure = new Error('no');
	file.written = 1;
	file.sync = async () => {
		if (failures.length === 0) throw failure;
		file.onDisk = file.written;
	};
	const checkpoints = new Checkpoints(file, (error) => failures.push(error));
	await until(() => file.stored === 1);
	await checkpoints.stop();
	expect(failures).toEqual([failure]);
});
