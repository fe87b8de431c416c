import { entriesOf, type Fields, textOf } from './fields.ts';
import { MemoryBody } from './memory-body.ts';
import type { RequestBody } from './request-body.ts';

/** The fields of a form without files. */
export type FormFields = Fields<string | number | boolean>;

/**
 * Fields as `application/x-www-form-urlencoded` (URL Standard §5).
 *
 * @throws InvalidRequestError for a value that has no plain text.
 */
export function formBody(form: FormFields | URLSearchParams): RequestBody {
	const parameters =
		form instanceof URLSearchParams
			? form
			: new URLSearchParams(entriesOf('form', form, textOf, 'a string, a number, a boolean'));
	return new MemoryBody(parameters.toString(), 'application/x-www-form-urlencoded');
}
