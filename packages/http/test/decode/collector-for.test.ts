import { expect, it } from 'vitest';
import { BodyCollector } from '../../src/decode/body-collector.ts';
import { collectorFor } from '../../src/decode/collector-for.ts';
import type { Coding } from '../../src/decode/content-codings.ts';
import { PrefixCollector } from '../../src/decode/prefix-collector.ts';

const EVENTS = { onBody: () => {}, onWireLimit: () => {}, onDecodeFailure: () => {} };

it.each<[readonly Coding[], 'error' | 'truncate', typeof BodyCollector | typeof PrefixCollector]>([
	[[], 'error', BodyCollector],
	[['gzip'], 'error', BodyCollector],
	[[], 'truncate', PrefixCollector],
	[['gzip'], 'truncate', PrefixCollector],
	[['gzip', 'br'], 'truncate', BodyCollector],
])('%j with %s', (codings, overflow, kind) => {
	expect(collectorFor(codings, 10, overflow, EVENTS)).toBeInstanceOf(kind);
});
