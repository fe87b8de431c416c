import { expect, test } from 'vitest';
import * as testkit from '../src/index.ts';

test('the public names', () => {
	expect(Object.keys(testkit).sort()).toEqual([
		'RequestLog',
		'generatedPage',
		'generatedUrls',
		'pause',
		'startGeneratedSite',
		'startHostileSite',
		'startManyDomains',
		'startServer',
		'startShop',
		'startStaticSite',
		'writeGeneratedSite',
	]);
});
