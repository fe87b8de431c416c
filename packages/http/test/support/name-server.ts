import { createSocket } from 'node:dgram';
import { isIPv4 } from 'node:net';

/** A name server on loopback (RFC 1035, over UDP). */
export interface NameServer extends AsyncDisposable {
	/** As `dns.servers` takes it. */
	readonly address: string;
	/** Questions in the order they came, as `A shop.example`. */
	readonly questions: string[];
}

/** Answers with the addresses of `zone`; a name it does not hold does not exist, unless `failure` says something else. */
export async function startNameServer(
	zone: Readonly<Record<string, readonly string[]>>,
	failure: keyof typeof RESPONSE_CODES = 'NXDOMAIN',
): Promise<NameServer> {
	const socket = createSocket('udp4');
	const questions: string[] = [];
	socket.on('message', (query, peer) => {
		const { name, type, end } = questionOf(query);
		questions.push(`${type} ${name}`);
		const addresses = zone[name];
		const records = (addresses ?? []).filter((address) => isIPv4(address) === (type === 'A')).map(record);
		const head = Buffer.from(query.subarray(0, 12));
		head.writeUInt16BE(0x8180 | (addresses === undefined ? RESPONSE_CODES[failure] : 0), 2);
		head.writeUInt16BE(records.length, 6);
		head.writeUInt32BE(0, 8);
		socket.send(Buffer.concat([head, query.subarray(12, end), ...records]), peer.port, peer.address);
	});
	await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
	return {
		address: `127.0.0.1:${socket.address().port}`,
		questions,
		[Symbol.asyncDispose]: () => new Promise<void>((resolve) => socket.close(() => resolve())),
	};
}

const RESPONSE_CODES = { NXDOMAIN: 3, SERVFAIL: 2 };

function questionOf(query: Buffer): { name: string; type: 'A' | 'AAAA'; end: number } {
	const labels: string[] = [];
	let at = 12;
	for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
		labels.push(query.toString('latin1', at + 1, at + 1 + length));
		at += 1 + length;
	}
	return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1) === 1 ? 'A' : 'AAAA', end: at + 5 };
}

/** One address of the name in the question, for a minute. */
function record(address: string): Buffer {
	const data = isIPv4(address) ? Buffer.from(address.split('.').map(Number)) : v6(address);
	const head = Buffer.from('c00c000000010000003c0000', 'hex');
	head.writeUInt16BE(isIPv4(address) ? 1 : 28, 2);
	head.writeUInt16BE(data.length, 10);
	return Buffer.concat([head, data]);
}

function v6(address: string): Buffer {
	const [left = [], right = []] = address.split('::').map((part) => (part === '' ? [] : part.split(':')));
	const groups = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
	return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
}
