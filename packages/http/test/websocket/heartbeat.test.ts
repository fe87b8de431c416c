import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Heartbeat, type HeartbeatSubject } from '../../src/websocket/heartbeat.ts';

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'performance'] });
});
afterEach(() => vi.useRealTimers());

class Subject implements HeartbeatSubject {
	bytesRead = 0;
	unsentBytes = 0;
	messagesSent = 0;
	pings = 0;
	deaths = 0;

	ping(): void {
		this.pings += 1;
	}

	dead(): void {
		this.deaths += 1;
	}
}

function start(pongTimeoutMs = 100): { heartbeat: Heartbeat; subject: Subject } {
	const subject = new Subject();
	const heartbeat = new Heartbeat({ heartbeatMs: 100, pongTimeoutMs }, subject);
	heartbeat.start();
	return { heartbeat, subject };
}

describe('silence', () => {
	it('is answered with a ping, and with death after that', () => {
		const { subject } = start(50);
		vi.advanceTimersByTime(99);
		expect(subject.pings).toBe(0);
		vi.advanceTimersByTime(1);
		expect(subject).toMatchObject({ pings: 1, deaths: 0 });
		vi.advanceTimersByTime(49);
		expect(subject.deaths).toBe(0);
		vi.advanceTimersByTime(2);
		expect(subject).toMatchObject({ pings: 1, deaths: 1 });
		vi.advanceTimersByTime(10_000);
		expect(subject).toMatchObject({ pings: 1, deaths: 1 });
		expect(vi.getTimerCount()).toBe(0);
	});

	it('is counted from the last message, exactly', () => {
		const { heartbeat, subject } = start();
		vi.advanceTimersByTime(70);
		heartbeat.heard();
		vi.advanceTimersByTime(99);
		expect(subject.pings).toBe(0);
		vi.advanceTimersByTime(1);
		expect(subject.pings).toBe(1);
	});

	it('ends with a pong: the next ping is one heartbeat away', () => {
		const { heartbeat, subject } = start();
		vi.advanceTimersByTime(100);
		vi.advanceTimersByTime(30);
		heartbeat.heard();
		vi.advanceTimersByTime(99);
		expect(subject).toMatchObject({ pings: 1, deaths: 0 });
		vi.advanceTimersByTime(1);
		expect(subject).toMatchObject({ pings: 2, deaths: 0 });
	});

	it('never comes to a peer that keeps sending: no ping at all', async () => {
		const { heartbeat, subject } = start();
		for (let i = 0; i < 100; i++) {
			vi.advanceTimersByTime(60);
			heartbeat.heard();
			await Promise.resolve(); // A socket gives its messages in turns of the event loop.
		}
		expect(subject.pings).toBe(0);
	});
});

describe('a peer that only looks dead', () => {
	it('sends one long message: its bytes count before it is whole', () => {
		const { subject } = start();
		for (let i = 0; i < 100; i++) {
			vi.advanceTimersByTime(50);
			subject.bytesRead += 1_000;
		}
		expect(subject).toMatchObject({ pings: 0, deaths: 0 });
	});

	it('was pinged in the middle of a long message', () => {
		const { subject } = start();
		vi.advanceTimersByTime(100);
		expect(subject.pings).toBe(1);
		for (let i = 0; i < 20; i++) {
			subject.bytesRead += 1_000;
			vi.advanceTimersByTime(90);
		}
		expect(subject).toMatchObject({ pings: 1, deaths: 0 });
		vi.advanceTimersByTime(300);
		expect(subject.deaths).toBe(1);
	});

	it('answered while this process stood still: what lies in the socket is read before judging', () => {
		const { heartbeat, subject } = start();
		vi.advanceTimersByTime(100);
		// The timer runs, and before the immediate that judges the loop reads the pong.
		vi.advanceTimersToNextTimer();
		expect(subject.deaths).toBe(0);
		heartbeat.heard();
		vi.advanceTimersByTime(99);
		expect(subject).toMatchObject({ pings: 1, deaths: 0 });
	});

	it('is not heard because this side does not read; pings go on', () => {
		const { heartbeat, subject } = start();
		heartbeat.suspend();
		vi.advanceTimersByTime(1_050);
		expect(subject).toMatchObject({ pings: 10, deaths: 0 });
		subject.unsentBytes = 1;
		vi.advanceTimersByTime(1_000);
		expect(subject).toMatchObject({ pings: 10, deaths: 0 });
		subject.unsentBytes = 0;
		heartbeat.start();
		vi.advanceTimersByTime(199);
		expect(subject).toMatchObject({ pings: 11, deaths: 0 });
		vi.advanceTimersByTime(2);
		expect(subject.deaths).toBe(1);
	});

	it('was pinged just before this side stopped reading', () => {
		const { heartbeat, subject } = start();
		vi.advanceTimersByTime(150);
		heartbeat.suspend();
		vi.advanceTimersByTime(90);
		heartbeat.start();
		vi.advanceTimersByTime(199);
		expect(subject).toMatchObject({ pings: 2, deaths: 0 });
	});

	it('takes messages slowly, and the ping waits behind them', () => {
		const { subject } = start();
		subject.unsentBytes = 1_000_000;
		vi.advanceTimersByTime(100);
		for (let i = 0; i < 10; i++) {
			subject.messagesSent += 1;
			vi.advanceTimersByTime(101);
		}
		expect(subject).toMatchObject({ pings: 1, deaths: 0 });
		vi.advanceTimersByTime(101);
		expect(subject.deaths).toBe(1);
	});
});

it('is not fooled by messages that the kernel took before the ping', () => {
	const { subject } = start();
	vi.advanceTimersByTime(100);
	subject.messagesSent += 5;
	vi.advanceTimersByTime(101);
	expect(subject.deaths).toBe(1);
});

it.each(['idle', 'pinged', 'suspended', 'judging'])('leaves no timer when it is stopped: %s', (state) => {
	const { heartbeat, subject } = start();
	if (state === 'pinged') vi.advanceTimersByTime(100);
	if (state === 'suspended') heartbeat.suspend();
	if (state === 'judging') {
		vi.advanceTimersByTime(100);
		vi.advanceTimersToNextTimer();
	}
	heartbeat.stop();
	expect(vi.getTimerCount()).toBe(0);
	vi.advanceTimersByTime(10_000);
	expect(subject.deaths).toBe(0);
});
