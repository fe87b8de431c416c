import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP proxy whose connections can be cut, like a network that fails. */
export interface CuttingProxy extends AsyncDisposable {
	readonly url: string;
	/** Connections that were made. */
	readonly opened: number;
	/** Cuts all connections; what was under way is lost. */
	cut(): void;
	/** Cuts each connection after so many bytes in either direction. */
	cutAfter: (() => number) | undefined;
}

export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
	const { hostname, port } = new URL(target);
	const sockets = new Set<Socket>();
	let opened = 0;
	const server = createServer((inner) => {
		opened += 1;
		const outer = connect(Number(port), hostname);
		let left = proxy.cutAfter?.() ?? Number.POSITIVE_INFINITY;
		const end = (): void => {
			for (const socket of [inner, outer]) {
				socket.destroy();
				sockets.delete(socket);
			}
		};
		for (const [from, to] of [
			[inner, outer],
			[outer, inner],
		] as const) {
			sockets.add(from);
			from.on('data', (chunk) => {
				to.write(chunk.subarray(0, Math.max(0, left)));
				left -= chunk.length;
				if (left <= 0) end();
			});
			from.on('close', end);
			from.on('error', end);
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const cut = (): void => {
		for (const socket of sockets) socket.destroy();
	};
	const proxy = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		get opened() {
			return opened;
		},
		cut,
		cutAfter: undefined as (() => number) | undefined,
		async [Symbol.asyncDispose]() {
			cut();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	return proxy;
}
