import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** Answers in place of an upgrade and closes the connection. */
export function refuseUpgrade(stream: Duplex, status: number, reason: string): void {
	stream.on('error', () => undefined);
	const body = `${reason}\n`;
	const head = [
		`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}`,
		'Content-Type: text/plain; charset=utf-8',
		`Content-Length: ${Buffer.byteLength(body)}`,
		'Connection: close',
		...(status === 401 ? ['WWW-Authenticate: Bearer'] : []),
	];
	stream.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
