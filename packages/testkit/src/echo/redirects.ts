import type { Handler } from '../server/handler.ts';
import { sendReply } from '../server/handler.ts';
import { toField } from './field-text.ts';
import { pathNumber, queryChoice } from './parameters.ts';

/** `/redirect/<n>?status=302`: n redirects, the last of them to `/echo`. */
export const redirect: Handler = (_, response, url) => {
	const hops = pathNumber(url, 1, 1_000_000);
	const location = hops === 1 ? '/echo' : `/redirect/${hops - 1}${url.search}`;
	sendReply(response, { status: statusOf(url), headers: { Location: location } });
};

/** `/redirect-to?url=&status=302`: to that URL, which goes out as it came in. */
export const redirectTo: Handler = (_, response, url) => {
	const location = url.searchParams.get('url');
	if (location === null) throw new RangeError('url is missing: /redirect-to?url=<where to>');
	sendReply(response, { status: statusOf(url), headers: { Location: toField(location) } });
};

function statusOf(url: URL): number {
	return Number(queryChoice(url, 'status', ['302', '301', '303', '307', '308']));
}
