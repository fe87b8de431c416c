import { createHash } from 'node:crypto';

/** A right answer to the handshake in `head`, with more headers if wanted. */
export function upgradeAnswer(head: string, headers = ''): string {
	const key = /sec-websocket-key: (\S+)/i.exec(head)?.[1];
	const digest = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
	return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${digest}\r\n${headers}\r\n`;
}
