import type { Random } from '../random.ts';
import { phrase, sentence } from './sentences.ts';

/** A link with the markup that surrounds links on real pages; `room` is how many bytes it may take. */
export function linkBlock(href: string, room: number, random: Random): string {
	const url = href.replaceAll('&', '&amp;');
	const text = phrase(random);
	if (room < 170) return `<li><a href="${url}">${text}</a></li>\n`;
	switch (random.int(0, 4)) {
		case 0:
			return `<li class="menu-item menu-item-${random.int(1, 99)}"><a class='link' href='${url}'>${text}</a></li>\n`;
		case 1:
			return `<p>${sentence(random)} <a title="${text}" href="${url}"><em>${text}</em></a>.</p>\n`;
		case 2:
			return `<div class="card card--wide" data-id="${random.int(1, 1e6)}"><h3><a href="${url}" data-track="card">${text}</a></h3></div>\n`;
		case 3:
			return `<table class="facts"><tr><th scope="row">${text}</th><td><a href=${url}>${random.int(1, 999)}</a></td></tr></table>\n`;
		default:
			return `<a\n  href="${url}"\n  class="tile"><svg class="icon" viewBox="0 0 24 24"><path d="${svgPath(random, 4)}"/></svg> ${text}</a>\n`;
	}
}

/** Markup without a link. Some of it looks as if it had one, and leads to /never/ if taken for it. */
export function fillerBlock(random: Random): string {
	const kind = random.next();
	if (kind < 0.55)
		return `<p>${sentence(random)} ${sentence(random)} <strong>${phrase(random)}</strong> ${sentence(random)}</p>\n`;
	if (kind < 0.63) return `<h2 id="part-${random.int(1, 9)}" class="heading">${phrase(random)}</h2>\n`;
	if (kind < 0.71)
		return `<ul class="plain"><li>${phrase(random)}</li><li>${sentence(random)}</li><li>${phrase(random)}</li></ul>\n`;
	if (kind < 0.78) {
		return `<figure><img src="/img/${random.int(1, 400)}.jpg" srcset="/img/${random.int(1, 400)}.jpg 2x" alt="${phrase(random)}" width="640" height="360" loading="lazy"><figcaption>${phrase(random)}</figcaption></figure>\n`;
	}
	if (kind < 0.84)
		return `<table><thead><tr><th>${phrase(random)}</th></tr></thead><tbody>${rows(random)}</tbody></table>\n`;
	if (kind < 0.9) return `<!-- ${phrase(random)}: <a href="/never/${random.int(1, 999)}.html">old</a> -->\n`;
	if (kind < 0.95)
		return `<svg class="drawing" viewBox="0 0 200 80" aria-hidden="true"><path d="${svgPath(random, 20)}"/></svg>\n`;
	return `<script>window.queue=window.queue||[];queue.push('<a href="/never/${random.int(1, 999)}.html">');</script>\n`;
}

/** A stylesheet of about `room` bytes. */
export function inlineCss(room: number, random: Random): string {
	return repeat(room, () => {
		const name = `.c${random.int(1, 99_999)}`;
		return `${name}{margin:${random.int(0, 40)}px ${random.int(0, 40)}px;color:#${random.int(4096, 65_535).toString(16)};display:flex}\n`;
	});
}

/** A page state of about `room` bytes, as frameworks leave it in the document. */
export function inlineJson(room: number, random: Random): string {
	const entries = repeat(
		room,
		() =>
			`{"id":${random.int(1, 1e7)},"slug":"${phrase(random)}","body":"${sentence(random)}","path":"\\/never\\/${random.int(1, 999)}.html"},`,
	);
	return `{"items":[${entries}null]}`;
}

function rows(random: Random): string {
	return Array.from(
		{ length: 3 },
		() => `<tr><td class="num">${random.int(1, 1e5)}</td><td>${phrase(random)}</td></tr>`,
	).join('');
}

function svgPath(random: Random, steps: number): string {
	return `M0 0${Array.from({ length: steps }, () => `l${random.int(-9, 9)} ${random.int(-9, 9)}`).join('')}z`;
}

function repeat(room: number, piece: () => string): string {
	let text = '';
	while (text.length < room) text += piece();
	return text;
}
