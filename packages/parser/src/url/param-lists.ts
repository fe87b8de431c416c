import { statelessRegExp } from '../stateless-regexp.ts';

/** A rule that names query parameters: a name (case does not matter) or a pattern for the whole decoded name. */
export type ParamRule = string | RegExp;

/**
 * Parameters that tell an advertiser or mailer where a visitor came from and that never choose what a page shows.
 * Sources: the documentation of the services named beside each.
 */
export const TRACKING_PARAMS: readonly ParamRule[] = [
	/^utm_/i, // Google Analytics and everyone who copied it
	/^mtm_|^matomo_|^pk_(?:campaign|kwd|keyword|source|medium|content|cid)$/i, // Matomo
	/^hsa_|^_hs(?:enc|mi)$/i, // HubSpot
	/^mc_[ce]id$/i, // Mailchimp
	/^_openstat$|^yclid$|^ymclid$/i, // Yandex
	/^vero_(?:conv|id)$/i,
	/^oly_(?:anon|enc)_id$/i,
	'gclid', // Google Ads
	'gclsrc',
	'gbraid',
	'wbraid',
	'dclid',
	'srsltid', // Google Merchant Center
	'_ga',
	'_gl',
	'fbclid', // Meta
	'igshid',
	'igsh',
	'msclkid', // Microsoft Advertising
	'ttclid', // TikTok
	'twclid', // X
	'li_fat_id', // LinkedIn
	'epik', // Pinterest
	'rdt_cid', // Reddit
	'sccid', // Snapchat
	'mkt_tok', // Marketo
	's_cid', // Adobe Analytics
	'wickedid',
	'__s', // Drip
];

/** Parameters in which servers put the id of a visitor's session, so that each visit sees other URLs. */
export const SESSION_PARAMS: readonly ParamRule[] = [
	/^(?:s|sess|session)_?id$/i,
	/^(?:php|asp)sessionid$|^phpsessid$|^aspsessionid[a-z]*$/i,
	'jsessionid',
	'cfid',
	'cftoken',
	'zenid',
	'oscsid',
	'xtcsid',
];

/** Joins rules into one question about a decoded name. */
export function paramMatcher(rules: readonly ParamRule[]): (name: string) => boolean {
	const names = new Set<string>();
	const patterns: RegExp[] = [];
	for (const rule of rules) {
		if (typeof rule === 'string') names.add(rule.toLowerCase());
		else patterns.push(statelessRegExp(rule));
	}
	return (name) => names.has(name.toLowerCase()) || patterns.some((pattern) => pattern.test(name));
}
