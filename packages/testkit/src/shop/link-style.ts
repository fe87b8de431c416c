/** The ways in which real pages write the same address. */
export type LinkStyle = 'path' | 'relative' | 'dotted' | 'absolute' | 'protocol-relative' | 'spaced';

const styles: readonly LinkStyle[] = ['path', 'relative', 'dotted', 'absolute', 'protocol-relative', 'spaced'];

/** A style for the nth link of a page. */
export function styleOf(n: number): LinkStyle {
	return styles[n % styles.length] ?? 'path';
}

/** Writes the absolute path `to` as an href on the page at `from`. */
export function href(to: string, from: string, style: LinkStyle, origin: string): string {
	switch (style) {
		case 'path':
			return to;
		case 'relative':
			return relative(to, from);
		case 'dotted':
			return `/x/../.${to}`;
		case 'absolute':
			return `${origin}${to}`;
		case 'protocol-relative':
			return `${origin.slice(origin.indexOf('//'))}${to}`;
		case 'spaced':
			return ` \t${to}\n`;
	}
}

function relative(to: string, from: string): string {
	const base = (from.split('?', 1)[0] ?? '').split('/').slice(1, -1);
	const target = to.split('/').slice(1);
	let shared = 0;
	while (shared < base.length && shared < target.length - 1 && base[shared] === target[shared]) shared += 1;
	const steps = '../'.repeat(base.length - shared) + target.slice(shared).join('/');
	return steps === '' || steps.startsWith('?') ? `./${steps}` : steps;
}
