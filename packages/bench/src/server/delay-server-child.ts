import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DelayServerReport } from './delay-server.ts';
import { reportToBench } from './server-process.ts';

const [delayMs = '0', body = ''] = process.argv.slice(2);
let served = 0;
let inFlight = 0;
let peakInFlight = 0;

const server = createServer((_, response) => {
	inFlight += 1;
	peakInFlight = Math.max(peakInFlight, inFlight);
	setTimeout(() => {
		// Before the answer goes out: the client's next request may be here before this one is known to have left.
		inFlight -= 1;
		served += 1;
		response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
		response.end(body);
	}, Number(delayMs));
});
// A connection closed by an idle timer races with the client's next request.
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;

reportToBench((): DelayServerReport => {
	const report = { url: `http://127.0.0.1:${port}`, served, peakInFlight };
	served = 0;
	peakInFlight = inFlight;
	return report;
});
