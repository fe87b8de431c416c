import { expect, test } from 'vitest';
import * as testkit from '../src/index.ts';

test('the public names', () => {
	expect(Object.keys(testkit).sort()).toEqual([
		'RequestLog',
		'generatedBytes',
		'generatedPage',
		'generatedSha256',
		'generatedUrls',
		'malformedFrames',
		'pause',
		'rangesOf',
		'startApi',
		'startAuthSite',
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
