import { Random } from '../random.ts';

const words =
	`loom thread weave pattern harbour morning timber river window station engine market paper copper valley signal
winter garden letter bridge orchard lantern kitchen meadow machine library weather journey village silver carriage
pocket mirror ladder anchor basket saddle chimney button curtain feather granite hammer island jacket kettle needle
quietly slowly often rarely almost nearly again perhaps always never behind beyond beneath across toward within
carries follows gathers holds keeps lifts mends opens passes reaches settles turns weighs measures returns remains
old new narrow broad pale dark steady loose plain curious patient distant heavy gentle uneven familiar caf&eacute;
R&amp;D the a of and in to with for on by from at as that which when while`.split(/\s+/);

const poolSize = 2048;
let pool: readonly string[] | undefined;

/**
 * A sentence of nonsense as HTML text. All come from one pool, the same for every site: drawing sentences instead of
 * words is what makes thousands of pages a matter of seconds.
 */
export function sentence(random: Random): string {
	pool ??= createPool();
	return random.pick(pool);
}

/** A few words for headings and link texts. */
export function phrase(random: Random): string {
	return `${random.pick(words)} ${random.pick(words)} ${random.pick(words)}`;
}

function createPool(): string[] {
	const random = new Random(0x10031);
	return Array.from({ length: poolSize }, () => {
		const text = Array.from({ length: random.int(6, 24) }, () => random.pick(words)).join(' ');
		const end = random.pick(['.', '.', '.', '?', ' &mdash; so they say.', ' – naïvely.', ' &lt;see below&gt;.']);
		return text.charAt(0).toUpperCase() + text.slice(1) + end;
	});
}
