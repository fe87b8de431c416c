import { layout } from '../layout.ts';
import type { Site } from '../site.ts';

/** The one page that leaves the site, with links that no crawler can fetch. */
export const externalUrl = 'http://external.invalid/weavers-goods';

/** Contact details: links that are no pages (mailto, tel, javascript), an external one, and a form. */
export function contactPage(site: Site): string {
	return layout(site, {
		title: 'Contact',
		path: '/contact',
		main: `<address>Loom Street 8, Testing-on-Sea<br>
<a href="mailto:hello@shop.invalid">hello@shop.invalid</a>, <a href="tel:+4400000000">+44 0000 0000</a>,
<a href="${externalUrl}" rel="me">elsewhere</a>, <a href="javascript:void(0)">call me back</a></address>
<form id="form" method="post" action="/admin/message">
<p><label>Your message <textarea name="message" rows="4"></textarea></label></p>
<button>Send</button>
</form>`,
	});
}
