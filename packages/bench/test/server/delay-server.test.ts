import { expect, test } from 'vitest';
import { startDelayServer } from '../../src/server/delay-server.ts';

const json = '{"text":"ä"}';

test('requests at once are answered late, and counted while they wait', async () => {
	await using server = await startDelayServer(1000, json);
	const { url, served, peakInFlight } = server.first;
	expect({ served, peakInFlight }).toEqual({ served: 0, peakInFlight: 0 });
	const ask = async (): Promise<unknown> => (await fetch(url)).json();
	expect(await Promise.all([ask(), ask(), ask()])).toEqual(Array(3).fill({ text: 'ä' }));
	expect(await server.report()).toEqual({ url, served: 3, peakInFlight: 3 });
});

test('requests one after another are never two, and a report begins a new count', async () => {
	await using server = await startDelayServer(1, json);
	const { url } = server.first;
	for (let request = 0; request < 20; request += 1) await (await fetch(url)).text();
	expect(await server.report()).toEqual({ url, served: 20, peakInFlight: 1 });
	await (await fetch(url)).text();
	expect(await server.report()).toEqual({ url, served: 1, peakInFlight: 1 });
});
