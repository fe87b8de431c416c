import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A SOCKS proxy on loopback (RFC 1928, RFC 1929, SOCKS 4 and 4A), for CONNECT alone. */
export interface SocksServer extends AsyncDisposable {
	readonly port: number;
	/** What it was asked to connect to, as `5 shop.example:443` or `4 user@127.0.0.1:80`. */
	readonly targets: readonly string[];
	/** Connections from clients still open. */
	readonly open: number;
}

export interface SocksServerOptions {
	/** Whom version 5 lets in, as `user:password`. Default: anybody. */
	readonly credentials?: string;
	/** Addresses of the names that it is asked for. */
	readonly names?: Readonly<Record<string, string>>;
	/** The reply it gives instead of connecting (RFC 1928 §6). */
	readonly refusal?: number;
	/** After this step of the handshake it says no more. */
	readonly silentAfter?: 'connection' | 'greeting' | 'request';
	/** After this step of the handshake it hangs up. */
	readonly hangsUpAfter?: 'connection' | 'greeting' | 'request';
}

type Step = NonNullable<SocksServerOptions['silentAfter']>;

export async function startSocksServer(options: SocksServerOptions = {}): Promise<SocksServer> {
	const targets: string[] = [];
	const clients = new Set<Socket>();
	const sockets = new Set<Socket>();
	const track = (socket: Socket): void => {
		sockets.add(socket);
		socket.on('error', () => undefined);
		socket.on('close', () => sockets.delete(socket));
	};
	const server = createServer((client) => {
		track(client);
		clients.add(client);
		client.on('close', () => clients.delete(client));
		serve(client, options, (target) => {
			targets.push(target.label);
			const upstream = connect(target.port, options.names?.[target.host] ?? target.host);
			track(upstream);
			client.on('close', () => upstream.destroy());
			upstream.on('close', () => client.destroy());
			return upstream;
		}).catch(() => client.destroy());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		targets,
		get open() {
			return clients.size;
		},
		async [Symbol.asyncDispose]() {
			for (const socket of sockets) socket.destroy();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

interface Target {
	readonly host: string;
	readonly port: number;
	readonly label: string;
}

async function serve(client: Socket, options: SocksServerOptions, reach: (target: Target) => Socket): Promise<void> {
	const take = reader(client);
	if (await stopsAfter('connection', client, options)) return;
	const version = (await take(1)).readUInt8();
	const target = version === 4 ? await request4(take) : await request5(client, take, options);
	if (target === undefined || (await stopsAfter('request', client, options))) return;
	const { refusal = 0 } = options;
	const granted = version === 4 ? 90 : 0;
	const reply = (code: number): Buffer =>
		version === 4 ? Buffer.from([0, code, 0, 0, 0, 0, 0, 0]) : Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]);
	if (refusal !== 0) {
		client.end(reply(refusal));
		return;
	}
	const upstream = reach(target);
	upstream.on('connect', () => {
		client.write(reply(granted));
		client.removeAllListeners('readable');
		upstream.pipe(client).pipe(upstream);
	});
}

async function request4(take: Take): Promise<Target> {
	const head = await take(7);
	const port = head.readUInt16BE(1);
	const user = await text(take);
	const address = [...head.subarray(3)].join('.');
	// 0.0.0.x says that a name follows: SOCKS 4A.
	const host = /^0\.0\.0\.[1-9]/.test(address) ? await text(take) : address;
	return { host, port, label: `4 ${user}@${host}:${port}` };
}

async function request5(client: Socket, take: Take, options: SocksServerOptions): Promise<Target | undefined> {
	const methods = await take((await take(1)).readUInt8());
	const wanted = options.credentials === undefined ? 0 : 2;
	if (await stopsAfter('greeting', client, options)) return undefined;
	if (!methods.includes(wanted)) {
		client.end(Buffer.from([5, 0xff]));
		return undefined;
	}
	client.write(Buffer.from([5, wanted]));
	if (wanted === 2) {
		await take(1);
		const user = (await take((await take(1)).readUInt8())).toString();
		const password = (await take((await take(1)).readUInt8())).toString();
		const known = `${user}:${password}` === options.credentials;
		client.write(Buffer.from([1, known ? 0 : 1]));
		if (!known) return undefined;
	}
	const type = (await take(4)).readUInt8(3);
	let host: string;
	if (type === 1) host = [...(await take(4))].join('.');
	else if (type === 3) host = (await take((await take(1)).readUInt8())).toString();
	else host = ((await take(16)).toString('hex').match(/.{4}/g) ?? []).join(':');
	const port = (await take(2)).readUInt16BE();
	return { host, port, label: `5 ${host}:${port}` };
}

async function stopsAfter(step: Step, client: Socket, options: SocksServerOptions): Promise<boolean> {
	if (options.hangsUpAfter !== step && options.silentAfter !== step) return false;
	if (options.hangsUpAfter === step) client.end();
	client.resume(); // So that it sees the client go.
	return true;
}

type Take = (bytes: number) => Promise<Buffer>;

/** Waits for so many bytes; rejects when the client has gone. */
function reader(client: Socket): Take {
	return async (bytes) => {
		for (;;) {
			if (bytes === 0) return Buffer.alloc(0);
			const chunk: Buffer | null = client.read(bytes);
			if (chunk !== null) return chunk;
			if (client.readableEnded || client.destroyed) throw new Error('The client has gone.');
			await new Promise<void>((resolve) => {
				const go = (): void => {
					for (const event of ['readable', 'end', 'close']) client.off(event, go);
					resolve();
				};
				for (const event of ['readable', 'end', 'close']) client.on(event, go);
			});
		}
	};
}

/** A text that ends with a zero. */
async function text(take: Take): Promise<string> {
	let bytes = '';
	for (let byte = (await take(1)).toString('latin1'); byte !== '\0'; byte = (await take(1)).toString('latin1'))
		bytes += byte;
	return bytes;
}
