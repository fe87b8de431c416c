import type { Handler } from '../server/handler.ts';
import { sendReply } from '../server/handler.ts';
import type { HostileRoute } from './hostile-route.ts';
import { numberParameter } from './hostile-route.ts';

function redirect(to: string, status = 302): Handler {
	return (_, response) => sendReply(response, { status, headers: { Location: to } });
}

/** Redirects that lead nowhere good. */
export const redirectRoutes: readonly HostileRoute[] = [
	{ path: '/redirect-loop', about: 'redirects to itself by way of another', handler: redirect('/redirect-loop-back') },
	{ path: '/redirect-loop-back', about: 'the other half of the loop', handler: redirect('/redirect-loop') },
	{ path: '/redirect-to-file', about: 'redirects to file:///etc/passwd', handler: redirect('file:///etc/passwd') },
	{
		path: '/redirect-chain',
		about: 'redirects to itself with a higher ?hop= for ever: never the same URL twice',
		handler: (request, response, url) =>
			redirect(`/redirect-chain?hop=${numberParameter(url, 'hop', 0) + 1}`)(request, response, url),
	},
	{
		path: '/redirect-nowhere',
		about: '302 without a Location',
		handler: (_, response) => sendReply(response, { status: 302, body: 'Guess where' }),
	},
];
