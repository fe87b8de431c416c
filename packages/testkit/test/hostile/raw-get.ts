import { connect } from 'node:net';

/** What a server sends until it closes the connection, with nothing interpreted. */
export function rawGet(port: number, target: string): Promise<{ readonly head: string; readonly body: Buffer }> {
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		const socket = connect(port, '127.0.0.1', () => {
			socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
		});
		socket.on('data', (chunk) => chunks.push(chunk));
		socket.on('error', reject);
		socket.on('close', () => {
			const all = Buffer.concat(chunks);
			const end = all.indexOf('\r\n\r\n');
			resolve({ head: all.subarray(0, end).toString('latin1'), body: all.subarray(end + 4) });
		});
	});
}
