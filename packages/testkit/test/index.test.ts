import { expect, test } from 'vitest';
import * as testkit from '../src/index.ts';

test('the public names', () => {
	expect(Object.keys(testkit).sort()).toEqual([
		'RequestLog',
		'charsetText',
		'generatedBytes',
		'generatedPage',
		'generatedSha256',
		'generatedUrls',
		'malformedFrames',
		'pause',
		'rangesOf',
		'startApi',
		'startAuthSite',
		'startEcho',
		'startFileServer',
		'startGeneratedSite',
		'startHostileSite',
		'startManyDomains',
		'startServer',
		'startShop',
		'startStaticSite',
		'startWebSocketServer',
		'writeGeneratedSite',
	]);
});
