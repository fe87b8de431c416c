import type { StandardSchemaV1 } from '@standard-schema/spec';
import { errorOf } from '../thrown-error.ts';
import { type ItemCheck, type ItemVerdict, itemJson } from './item-json.ts';

/**
 * A schema of zod, valibot, arktype or any other library that keeps to Standard Schema.
 *
 * @see https://standardschema.dev
 */
export type ItemSchema = StandardSchemaV1;

/** One schema for every row, or one for the rows of each label. */
export type ItemSchemas = ItemSchema | Readonly<Record<string, ItemSchema>>;

/** True for what is a schema itself; arktype's are functions. */
export function isSchema(value: unknown): value is ItemSchema {
	const isPossible = (typeof value === 'object' && value !== null) || typeof value === 'function';
	const standard = isPossible ? (value as Partial<ItemSchema>)['~standard'] : undefined;
	return typeof standard?.validate === 'function';
}

/** What looks at the rows of a page with this label; undefined when they need not be looked at. */
export function itemCheck(schemas: ItemSchemas | undefined, label: string | undefined): ItemCheck | undefined {
	const schema = isSchema(schemas) ? schemas : ownSchema(schemas, label);
	return schema && ((json) => held(schema, json));
}

function ownSchema(
	schemas: Readonly<Record<string, ItemSchema>> | undefined,
	label: string | undefined,
): ItemSchema | undefined {
	return schemas !== undefined && label !== undefined && Object.hasOwn(schemas, label) ? schemas[label] : undefined;
}

/** A schema is somebody else's code: whatever it does, the crawl goes on. */
async function held(schema: ItemSchema, json: string): Promise<ItemVerdict> {
	try {
		const result = await schema['~standard'].validate(JSON.parse(json));
		if (result.issues !== undefined) return { json, reason: reasonOf(result.issues) };
		return { json: itemJson(result.value) };
	} catch (error) {
		return { json, reason: `the schema failed: ${errorOf(error).message}` };
	}
}

/** Every issue with the place that it is about: `price: must be a number; tags.0: must not be empty`. */
function reasonOf(issues: readonly StandardSchemaV1.Issue[]): string {
	return issues.map(({ message, path }) => (path?.length ? `${placeOf(path)}: ${message}` : message)).join('; ');
}

function placeOf(path: NonNullable<StandardSchemaV1.Issue['path']>): string {
	return path.map((segment) => String(typeof segment === 'object' ? segment.key : segment)).join('.');
}
