import { expect, it } from 'vitest';
import { requireKnown } from '../src/require-known.ts';

it('names the owner, the unknown option and the nearest that there is', () => {
	expect(() => requireKnown('RequestQueue', { storge: 'x' }, ['storage', 'retry'])).toThrow(
		'RequestQueue has no option storge; did you mean storage? It has storage, retry.',
	);
});

it('lets known options pass', () => {
	expect(() => requireKnown('RequestQueue', { storage: 'x' }, ['storage', 'retry'])).not.toThrow();
});
