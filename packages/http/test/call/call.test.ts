import { describe, expect, it } from 'vitest';
import { HttpClient, RedirectError } from '../../src/index.ts';
import { response, startRawServer } from '../support/raw-server.ts';
import { rejection, until } from '../support/until.ts';

const FOUND = '302 Found';

const redirect = (location: string, status = FOUND, headers = ''): Buffer =>
	response('moved', `Location: ${location}\r\n${headers}`, status);

/** Follows /1 → /2 → … and answers the last one. */
const chain = (length: number) =>
	startRawServer((socket, head) => {
		const step = Number(/^\S+ \/(\d+)/.exec(head)?.[1]);
		socket.write(step < length ? redirect(`/${step + 1}`) : response('the end'));
	});

describe('redirects', () => {
	it('are followed, over one connection, and listed', async () => {
		await using server = await chain(4);
		await using client = new HttpClient({ limits: { perHost: 1 } });
		const page = await client.read(`${server.origin}/1#part`);
		expect(page.body.toString()).toBe('the end');
		expect(page.url).toBe(`${server.origin}/4#part`);
		expect(page.redirectUrls).toEqual([2, 3, 4].map((step) => `${server.origin}/${step}#part`));
		expect(server.accepted).toBe(1);
	});

	it('are handed out when maxRedirects is 0', async () => {
		await using server = await chain(2);
		await using client = new HttpClient();
		const page = await client.read(`${server.origin}/1`, { maxRedirects: 0 });
		expect(page).toMatchObject({ status: 302, redirectUrls: [] });
		expect(page.headers.location).toBe('/2');
		expect(page.body.toString()).toBe('moved');
	});

	it('are counted', async () => {
		await using server = await chain(5);
		await using client = new HttpClient({ maxRedirects: 4 });
		expect((await client.read(`${server.origin}/1`)).status).toBe(200);
		const error = await rejection(client.read(`${server.origin}/1`, { maxRedirects: 3 }));
		expect(error).toBeInstanceOf(RedirectError);
		expect(error).toMatchObject({ reason: 'too-many', url: `${server.origin}/4` });
	});

	it('that lead in a circle are an error at once', async () => {
		await using server = await startRawServer((socket, head) => {
			socket.write(redirect(head.startsWith('GET /a') ? '/b' : '/a'));
		});
		await using client = new HttpClient();
		expect(await rejection(client.read(`${server.origin}/a`))).toMatchObject({ reason: 'loop' });
		expect(server.requests).toHaveLength(2);
	});

	it('back to where they came from are followed when they set a cookie, up to maxRedirects', async () => {
		await using server = await startRawServer((socket, head) => {
			const known = /^cookie: .*user=ada/im.test(head);
			if (head.startsWith('GET /login')) socket.write(redirect('/page', FOUND, 'Set-Cookie: user=ada; Path=/\r\n'));
			else if (head.startsWith('GET /ever')) socket.write(redirect('/ever', FOUND, 'Set-Cookie: n=1\r\n'));
			else socket.write(known ? response('welcome') : redirect('/login'));
		});
		await using client = new HttpClient({ cookies: true });
		const page = await client.read(`${server.origin}/page`);
		expect(page.body.toString()).toBe('welcome');
		expect(page.redirectUrls).toEqual([`${server.origin}/login`, `${server.origin}/page`]);
		expect(await rejection(client.read(`${server.origin}/ever`))).toMatchObject({ reason: 'too-many' });
		await using forgetful = new HttpClient();
		expect(await rejection(forgetful.read(`${server.origin}/page`))).toMatchObject({ reason: 'loop' });
	});

	it('that cannot be followed let their connection go, and show no password', async () => {
		await using server = await startRawServer((socket, head) => {
			const location = head.startsWith('POST') ? 'http://ada:secret@127.0.0.1:1/' : 'http://ada:secret@[/';
			socket.write(`HTTP/1.1 307 Moved\r\nLocation: ${location}\r\nContent-Length: 1000000\r\n\r\n`);
			socket.write(Buffer.alloc(500_000));
		});
		await using client = new HttpClient();
		async function* body() {
			yield 'text';
		}
		const invalid = await rejection(client.get(server.origin));
		expect(invalid).toMatchObject({ reason: 'invalid-location' });
		const spent = await rejection(client.post(server.origin, { body: body() }));
		expect(spent).toMatchObject({ reason: 'body-spent' });
		for (const error of [invalid, spent]) expect(String(error)).not.toContain('secret');
		await until(() => client.stats.running === 0);
	});

	it('to another scheme are an error', async () => {
		await using server = await startRawServer((socket) => socket.write(redirect('file:///etc/passwd')));
		await using client = new HttpClient();
		expect(await rejection(client.read(server.origin))).toMatchObject({ reason: 'unsupported-scheme' });
	});

	it('turn POST into GET and drop the body and what describes it', async () => {
		await using server = await startRawServer((socket, head) => {
			socket.write(head.startsWith('POST') ? redirect('/done', '303 See Other') : response('ok'));
		});
		await using client = new HttpClient();
		const headers = { 'Content-Type': 'text/plain', 'X-Kept': '1' };
		await client.read(server.origin, { method: 'POST', body: '', headers });
		expect(server.requests[0]).toMatch(/^POST \/ .*content-type: text\/plain/s);
		expect(server.requests[1]).toMatch(/^GET \/done .*x-kept: 1/s);
		expect(server.requests[1]).not.toMatch(/content-type|content-length/);
	});

	it('repeat method and body for 307', async () => {
		await using server = await startRawServer((socket, head) => {
			socket.write(head.includes(' /end ') ? response('ok') : redirect('/end', '307 Temporary Redirect'));
		});
		await using client = new HttpClient({ limits: { perHost: 1 } });
		await client.read(server.origin, { method: 'PUT', body: 'payload\r\n\r\n' });
		expect(server.requests.filter((head) => head.includes('PUT'))).toHaveLength(2);
	});

	it('calls onSent for each request and onHead for the last response only', async () => {
		await using server = await chain(3);
		await using client = new HttpClient();
		const events: string[] = [];
		await client.read(`${server.origin}/1`, {
			onSent: () => events.push('sent'),
			onHead: ({ status, url }) => {
				events.push(`${status} ${new URL(url).pathname}`);
				return 'read';
			},
		});
		expect(events).toEqual(['sent', 'sent', 'sent', '200 /3']);
	});
});

describe('credentials', () => {
	const secrets = { Cookie: 'a=1', 'Proxy-Authorization': 'p', 'X-Api-Key': 'k' };

	it('stay behind when the origin changes', async () => {
		await using other = await startRawServer((socket) => socket.write(response('ok')), { host: '127.0.0.2' });
		await using server = await startRawServer((socket) => socket.write(redirect(`${other.origin}/x`)));
		await using client = new HttpClient({ userAgent: 'bot/1' });
		await client.read(server.origin.replace('//', '//user:secret@'), { headers: secrets });
		expect(server.requests[0]).toMatch(/authorization: Basic/s);
		expect(other.requests[0]).toMatch(/user-agent: bot\/1/);
		expect(other.requests[0]).not.toMatch(/authorization|cookie|api-key/i);
	});

	it('are kept within the origin', async () => {
		await using server = await startRawServer((socket, head) => {
			socket.write(head.includes(' /b ') ? response('ok') : redirect(`http://${/host: (.*)/.exec(head)?.[1]}/b`));
		});
		await using client = new HttpClient();
		await client.read(server.origin.replace('//', '//user:secret@'), { headers: { 'X-Api-Key': 'k' } });
		expect(server.requests[1]).toMatch(/x-api-key: k.*authorization: Basic/s);
	});

	it('in a Location are used for its origin', async () => {
		await using other = await startRawServer((socket) => socket.write(response('ok')), { host: '127.0.0.2' });
		const location = other.origin.replace('//', '//them:theirs@');
		await using server = await startRawServer((socket) => socket.write(redirect(location)));
		await using client = new HttpClient();
		const page = await client.read(server.origin.replace('//', '//me:mine@'));
		expect(other.requests[0]).toContain(`authorization: Basic ${btoa('them:theirs')}`);
		expect(page.url).toBe(`${other.origin}/`);
	});
});
