import { isJsonObject } from './json-body.ts';

/** What a JSON merge patch makes of a value (RFC 7396): objects are merged, `null` removes, all else replaces. */
export function mergePatch(target: unknown, patch: unknown): unknown {
	if (!isJsonObject(patch)) return patch;
	const merged = new Map(Object.entries(isJsonObject(target) ? target : {}));
	for (const [name, value] of Object.entries(patch)) {
		if (value === null) merged.delete(name);
		else merged.set(name, mergePatch(merged.get(name), value));
	}
	return Object.fromEntries(merged);
}
