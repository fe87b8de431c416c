import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Refusal } from './decide-upgrade.ts';

/** Answers in place of an upgrade and closes the connection. */
export function refuseUpgrade(socket: Duplex, { status, body }: Refusal): void {
	socket.on('error', () => undefined);
	const head = [
		`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}`,
		'Content-Type: text/plain; charset=utf-8',
		`Content-Length: ${Buffer.byteLength(body)}`,
		'Connection: close',
		...(status === 401 ? ['WWW-Authenticate: Bearer'] : []),
	];
	socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
