/**
 * What Orbweaver calls itself when nothing else is given. Sites look for the product token in front of the slash;
 * whoever crawls sites of others should put a name and a contact of their own here (RFC 9110 §10.1.5).
 */
export const DEFAULT_USER_AGENT = 'Orbweaver/0.1 (+https://github.com/orbweaver/orbweaver)';
