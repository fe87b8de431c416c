import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { HttpClient, HttpError } from '../../src/index.ts';
import { certificateAuthority } from '../support/certificate.ts';
import { type RawH2Connection, startRawH2Server } from '../support/raw-h2-server.ts';
import { until } from '../support/until.ts';

const authority = certificateAuthority();
const certified = authority.issue();

/** Numbers from 0 to 1 that depend on `seed` only (xorshift32). */
function randomNumbers(seed: number): () => number {
	let state = seed | 1;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 2 ** 32;
	};
}

type Answer = (connection: RawH2Connection, stream: number) => void;

const page: Answer = (connection, stream) => {
	connection.headers(stream);
	connection.data(stream, 'page', true);
};
const half: Answer = (connection, stream) => {
	connection.headers(stream);
	connection.data(stream, 'half');
};
const end: Answer = ({ socket }) => socket.end();
const leave: Answer = (connection, stream) => connection.goAway(stream, 0);
const resets = [0, 2, 7, 8].map(
	(code): Answer =>
		(connection, stream) =>
			connection.reset(stream, code),
);

/** What the server does at once, and what it does later. */
const ANSWERS: readonly (readonly [Answer[], Answer[]])[] = [
	[[page], []],
	[[], [page]],
	[[], []],
	[[half], []],
	[[half, end], []],
	[[half], [end]],
	[[page, end], []],
	[[({ socket }) => socket.destroy()], []],
	[[leave], [page]],
	[[page, leave, end], []],
	[[leave, half], [end]],
	[[(connection) => connection.goAway(0, 0)], [end]],
	[[(connection) => connection.goAway(0, 2)], []],
	...resets.flatMap((reset): [Answer[], Answer[]][] => [
		[[reset], []],
		[[half], [reset]],
	]),
];

it('whatever the server does and whenever the caller gives up, each request ends, and so does each connection', async () => {
	const seed = Number(process.env.ORB_SEED ?? randomInt(1, 2 ** 31));
	console.log(`seed ${seed}`);
	const random = randomNumbers(seed);
	const pick = <T>(choices: readonly T[]): T | undefined => choices[Math.floor(random() * choices.length)];
	await using server = await startRawH2Server(certified, (stream, connection) => {
		const act = (answers: readonly Answer[]): void => {
			for (const answer of answers) if (connection.socket.writable) answer(connection, stream);
		};
		const [now, later] = pick(ANSWERS) ?? [[], []];
		act(now);
		setTimeout(act, random() * 30, later);
	});
	const client = new HttpClient({
		http2: true,
		tls: { ca: authority.cert },
		limits: { perHost: 8 },
		retry: { limit: 1, baseMs: 1 },
		timeouts: { headersMs: 200, readMs: 200 },
	});
	async function* pieces() {
		for (let i = 0; i < 3; i++) {
			yield Buffer.alloc(1_000);
			await new Promise((resolve) => setTimeout(resolve, random() * 5));
		}
	}
	const ask = async (): Promise<void> => {
		const abort = new AbortController();
		const timer = setTimeout(() => abort.abort(), random() * 100);
		const upload = pick([{}, {}, { body: 'text' }, { body: Buffer.alloc(300_000) }, { body: pieces() }]) ?? {};
		try {
			await client.read(server.origin, { method: 'body' in upload ? 'PUT' : 'GET', ...upload, signal: abort.signal });
		} catch (error) {
			expect(error).toBeInstanceOf(HttpError);
		} finally {
			clearTimeout(timer);
		}
	};
	await Promise.all(
		Array.from({ length: 20 }, async () => {
			for (let i = 0; i < 10; i++) await ask();
		}),
	);
	await until(() => client.stats.running === 0);
	await client.close();
	await until(() => server.open === 0);
});
