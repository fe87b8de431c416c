import { type Html, html } from './html.ts';

/** What a part of a bar stands for. */
type PartKind = 'good' | 'bad' | 'left' | 'open';

const NAMES: Readonly<Record<PartKind, string>> = { good: 'done', bad: 'failed', left: 'left alone', open: 'to go' };

/** One bar with its parts. */
export interface Bar {
	readonly label: string;
	readonly parts: readonly { readonly kind: PartKind; readonly count: number }[];
}

/** A table with a bar in each row: read aloud it is numbers. */
export function bars(all: readonly Bar[]): Html {
	if (all.length === 0) return html`<p class="quiet">None.</p>`;
	const totals = all.map(({ parts }) => parts.reduce((sum, { count }) => sum + count, 0));
	const most = totals.reduce((one, other) => Math.max(one, other), 1);
	return html`<table class="bars"><tbody>${all.map(({ label, parts }, index) => {
		const shown = parts.filter(({ count }) => count > 0);
		const words = shown.map(({ kind, count }) => `${count.toLocaleString('en')} ${NAMES[kind]}`).join(', ');
		return html`<tr><th scope="row">${label}</th><td class="number">${(totals[index] ?? 0).toLocaleString('en')}</td><td>
<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label="${words}"><title>${words}</title>${rectangles(shown, most)}</svg></td></tr>`;
	})}</tbody></table>`;
}

function rectangles(parts: Bar['parts'], most: number): Html[] {
	let x = 0;
	return parts.map(({ kind, count }) => {
		const width = (count / most) * 100;
		const left = x;
		x += width;
		return html`<rect class="${kind}" x="${left.toFixed(3)}" y="0" width="${width.toFixed(3)}" height="4"></rect>`;
	});
}

/** Columns side by side. */
export function columns(title: string, counts: readonly number[]): Html {
	const most = counts.reduce((one, other) => Math.max(one, other), 1);
	return html`<svg class="columns" viewBox="0 0 ${counts.length} 20" preserveAspectRatio="none" role="img" aria-label="${title}; at most ${most}"><title>${title}; at most ${most}</title>${counts.map(
		(count, index) => {
			const height = (count / most) * 20;
			return html`<rect class="good" x="${index + 0.08}" y="${(20 - height).toFixed(3)}" width="0.84" height="${height.toFixed(3)}"></rect>`;
		},
	)}</svg>`;
}
