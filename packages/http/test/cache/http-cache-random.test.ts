import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cachedClient } from './support/cached-client.ts';
import { type OriginAnswer, startOrigin } from './support/origin.ts';

interface Policy {
	readonly maxAge: number;
	readonly staleIfError: number;
	readonly hasEtag: boolean;
	readonly varies: boolean;
}

type Step =
	| { readonly step: 'get' | 'discard'; readonly language: string }
	| { readonly step: 'wait'; readonly seconds: number }
	| { readonly step: 'change' | 'put' | 'fail' | 'mend' };

const POLICY: fc.Arbitrary<Policy> = fc.record({
	maxAge: fc.constantFrom(0, 5, 15),
	staleIfError: fc.constantFrom(0, 10),
	hasEtag: fc.boolean(),
	varies: fc.boolean(),
});

const LANGUAGE = fc.constantFrom('de', 'fr');

const STEPS: fc.Arbitrary<Step[]> = fc.array(
	fc.oneof(
		{ weight: 8, arbitrary: fc.record({ step: fc.constant('get' as const), language: LANGUAGE }) },
		{ weight: 3, arbitrary: fc.record({ step: fc.constant('discard' as const), language: LANGUAGE }) },
		{
			weight: 4,
			arbitrary: fc.record({ step: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 12 }) }),
		},
		{ weight: 4, arbitrary: fc.record({ step: fc.constantFrom('change' as const, 'put', 'fail', 'mend') }) },
	),
	{ minLength: 5, maxLength: 40 },
);

/** A page and what a cache may know of it, by the rules and without a cache. */
class Model {
	readonly #policy: Policy;
	readonly #stored = new Map<string, { text: string; at: number }>();
	now = 0;
	version = 1;
	failing = false;

	constructor(policy: Policy) {
		this.#policy = policy;
	}

	/** What the server answers. */
	answer(language: string, condition: string | undefined): OriginAnswer {
		if (this.failing) return { status: 503 };
		const { maxAge, staleIfError, hasEtag, varies } = this.#policy;
		const text = `${this.version} ${language}`;
		const headers = {
			'cache-control': `max-age=${maxAge}${staleIfError > 0 ? `, stale-if-error=${staleIfError}` : ''}`,
			...(hasEtag && { etag: `"${text}"` }),
			...(varies && { vary: 'accept-language' }),
		};
		return condition === `"${text}"` ? { status: 304, headers } : { headers, body: text };
	}

	put(): void {
		this.version += 1;
		if (!this.failing) this.#stored.clear();
	}

	/** What a client has to see, and whether the server has to be asked for it. */
	expected(language: string, isRead: boolean): { text: string; status: number; asked: number } {
		const { maxAge, staleIfError, hasEtag, varies } = this.#policy;
		const key = varies ? language : 'any';
		const stored = this.#stored.get(key);
		const age = stored === undefined ? Number.POSITIVE_INFINITY : this.now - stored.at;
		if (stored !== undefined && age < maxAge) return { text: stored.text, status: 200, asked: 0 };
		if (this.failing) {
			return stored !== undefined && age < maxAge + staleIfError
				? { text: stored.text, status: 200, asked: 1 }
				: { text: '', status: 503, asked: 1 };
		}
		const text = `${this.version} ${language}`;
		// A body that nobody reads cannot be stored, but one that is stored is renewed without being read.
		if (isRead || (hasEtag && stored?.text === text)) this.#stored.set(key, { text, at: this.now });
		return { text, status: 200, asked: 1 };
	}
}

it('whatever happens, nobody sees more or asks for more than the rules say', async () => {
	let model = new Model({ maxAge: 0, staleIfError: 0, hasEtag: false, varies: false });
	const origin = await startOrigin(({ method, headers }) => {
		if (method === 'PUT') return { status: model.failing ? 503 : 204 };
		return model.answer(String(headers['accept-language']), headers['if-none-match']);
	});
	let run = 0;
	await fc.assert(
		fc.asyncProperty(POLICY, STEPS, async (policy, steps) => {
			model = new Model(policy);
			run += 1;
			const url = `${origin.url}/${run}`;
			const client = cachedClient();
			for (const step of steps) {
				if (step.step === 'get' || step.step === 'discard') {
					const expected = model.expected(step.language, step.step === 'get');
					const before = origin.requests.length;
					const { status, body } = await client.send(url, { 'accept-language': step.language });
					let { text } = expected;
					if (step.step === 'discard') body.discard();
					else text = (await body.collect({ maxBytes: 100, overflow: 'error' })).bytes.toString();
					expect({ text, status, asked: origin.requests.length - before }).toEqual(expected);
				} else if (step.step === 'wait') {
					model.now += step.seconds;
					client.wait(step.seconds);
				} else if (step.step === 'put') {
					model.put();
					await client.get(url, {}, { method: 'PUT' });
				} else if (step.step === 'change') model.version += 1;
				else model.failing = step.step === 'fail';
			}
		}),
		{ numRuns: 100 },
	);
});
