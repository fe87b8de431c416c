import { BlockList, isIP } from 'node:net';
import { proxyUrl } from './proxy-url.ts';

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment names for a URL, by the rules of curl: `http_proxy`, `https_proxy` or else `all_proxy`,
 * in lower or upper case, unless `no_proxy` lists the host. An empty variable counts as absent; a value without a scheme
 * is an http: proxy. Where `REQUEST_METHOD` is set, `HTTP_PROXY` is ignored: in a CGI program it is the `Proxy` header of
 * whoever made the request.
 *
 * `no_proxy` lists, separated by commas or spaces: names, which stand for all below them too (`example.com`,
 * `.example.com`), addresses, blocks of addresses (`10.0.0.0/8`), each with a port if need be, or `*` for every host.
 *
 * @throws InvalidRequestError naming the variable, when it does not hold the URL of a proxy.
 */
export function proxyForUrl(url: string | URL, env: Environment): string | undefined {
	const { protocol, hostname, port } = new URL(url);
	const secure = protocol === 'https:' || protocol === 'wss:';
	const names = [...(secure ? SECURE : env.REQUEST_METHOD ? CGI : PLAIN), ...ALL];
	const name = names.find((candidate) => env[candidate]);
	if (name === undefined) return undefined;
	if (isExcepted(hostname, port || (secure ? '443' : '80'), env.no_proxy || env.NO_PROXY || '')) return undefined;
	const value = env[name] ?? '';
	return proxyUrl(name, value.includes('://') ? value : `http://${value}`);
}

const SECURE = ['https_proxy', 'HTTPS_PROXY'];
const PLAIN = ['http_proxy', 'HTTP_PROXY'];
const CGI = ['http_proxy'];
const ALL = ['all_proxy', 'ALL_PROXY'];

function isExcepted(hostname: string, port: string, exceptions: string): boolean {
	const host = hostname.toLowerCase().replace(/\.$/, '');
	return exceptions
		.toLowerCase()
		.split(/[\s,]+/)
		.some((exception) => exception !== '' && matches(host, port, exception));
}

function matches(host: string, port: string, exception: string): boolean {
	if (exception === '*') return true;
	// A port follows a name, an IPv4 address, or an IPv6 address in brackets.
	const [, name = exception, wantedPort = port] = /^(\[.*\]|[^:]*):(\d+)$/.exec(exception) ?? [];
	if (wantedPort !== port) return false;
	const address = host.replace(/^\[(.*)\]$/, '$1');
	const wanted = name.replace(/^\[(.*)\]$/, '$1');
	if (isIP(address) !== 0) return isWithin(address, wanted);
	const domain = wanted.replace(/^\*?\./, '').replace(/\.$/, '');
	return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}

function isWithin(address: string, block: string): boolean {
	const [network = '', bits] = block.split('/');
	const family = isIP(network);
	if (family === 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return false;
	const size = family === 4 ? 32 : 128;
	if (Number(bits ?? size) > size) return false;
	const list = new BlockList();
	list.addSubnet(network, Number(bits ?? size), family === 4 ? 'ipv4' : 'ipv6');
	return list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
}
