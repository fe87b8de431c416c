/** An image, video or sound with the structured properties that followed it (`width`, `height`, `type`, `alt`, …). */
export interface OpenGraphMedia {
	/** Absolute. */
	readonly url: string;
	readonly [property: string]: string;
}

/** The Open Graph properties of a page. Source: ogp.me. */
export interface OpenGraph {
	/**
	 * All other properties: those of `og:` without that prefix (`title`, `site_name`, `locale:alternate`), those of
	 * other vocabularies with theirs (`article:published_time`). A repeated property is a list.
	 */
	readonly properties: Readonly<Record<string, string | readonly string[]>>;
	readonly images: readonly OpenGraphMedia[];
	readonly videos: readonly OpenGraphMedia[];
	readonly audios: readonly OpenGraphMedia[];
}

const VOCABULARY = /^(?:og|article|book|profile|music|video|product|fb):/;
const MEDIA = /^og:(image|video|audio)(?::(.+))?$/;

type Draft = Record<string, string>;

/**
 * Groups `<meta property content>` pairs in document order.
 *
 * @param resolve turns the URL of a medium into an absolute one; media without one are left out
 */
export function collectOpenGraph(
	metas: Iterable<readonly [property: string, content: string]>,
	resolve: (href: string) => string | undefined,
): OpenGraph {
	const properties = new Map<string, string | string[]>();
	const media: Record<string, Draft[]> = { image: [], video: [], audio: [] };
	for (const [name, content] of metas) {
		const property = name.toLowerCase();
		if (!VOCABULARY.test(property)) continue;
		const medium = MEDIA.exec(property);
		if (medium) addMedium(media[medium[1] ?? ''] ?? [], medium[2] ?? 'url', content);
		else addProperty(properties, property.replace(/^og:/, ''), content);
	}
	const finish = (drafts: readonly Draft[] = []) => drafts.flatMap((draft) => finishMedium(draft, resolve));
	return {
		// Not assigned key by key: a page may name a property `__proto__`.
		properties: Object.fromEntries(properties),
		images: finish(media.image),
		videos: finish(media.video),
		audios: finish(media.audio),
	};
}

/** A property belongs to the medium before it; a second `og:image` starts the next one. */
function addMedium(drafts: Draft[], property: string, content: string): void {
	const last = drafts.at(-1);
	if (last === undefined || (property === 'url' && 'url' in last && last.url !== content)) {
		drafts.push(emptyDraft(property, content));
	} else {
		last[property] = content;
	}
}

function emptyDraft(property: string, content: string): Draft {
	const draft: Draft = Object.create(null);
	draft[property] = content;
	return draft;
}

function finishMedium(draft: Draft, resolve: (href: string) => string | undefined): OpenGraphMedia[] {
	const href = draft.url ?? draft.secure_url;
	const url = href === undefined ? undefined : resolve(href);
	return url === undefined ? [] : [{ ...draft, url }];
}

function addProperty(properties: Map<string, string | string[]>, key: string, content: string): void {
	const before = properties.get(key);
	if (before === undefined) properties.set(key, content);
	else if (Array.isArray(before)) before.push(content);
	else properties.set(key, [before, content]);
}
