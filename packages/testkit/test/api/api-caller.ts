import type { Api } from '../../src/index.ts';

export interface Tokens {
	readonly access_token: string;
	readonly token_type: string;
	readonly expires_in: number;
	readonly refresh_token: string;
}

interface Answer {
	readonly status: number;
	readonly headers: Headers;
	/** The JSON of the answer; `undefined` if its body is empty. */
	readonly json: unknown;
}

/** Asks the API with the given token and an optional JSON body. */
export type Call = (
	method: string,
	path: string,
	body?: unknown,
	headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

/** Calls with a token, or without one. Text is sent as it is, everything else as JSON. */
export function caller(api: Api, token?: string): Call {
	return async (method, path, body, headers = {}) => {
		const response = await fetch(api.url + path, {
			method,
			headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
			...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
		});
		const text = await response.text();
		return { status: response.status, headers: response.headers, json: text === '' ? undefined : JSON.parse(text) };
	};
}

export async function login(api: Api, user: string = api.user, password: string = api.password): Promise<Tokens> {
	return (await caller(api)('POST', '/login', { user, password })).json as Tokens;
}

/** A caller that has logged in. */
export async function loggedIn(api: Api): Promise<Call> {
	return caller(api, (await login(api)).access_token);
}
