import { startManyDomains } from '@orbweaver/testkit';
import type { DomainsServerReport } from './domains-server.ts';
import { paceOf } from './pace.ts';
import { reportToBench } from './server-process.ts';

const [domains = '1', pagesPerDomain = '1'] = process.argv.slice(2);
const many = await startManyDomains({
	domains: Number(domains),
	pagesPerDomain: Number(pagesPerDomain),
	linked: false,
});

reportToBench((): DomainsServerReport => {
	const paces = many.domains.map(({ log }) =>
		paceOf(log.select(({ url }) => url !== '/robots.txt').map(({ at }) => at)),
	);
	return {
		startUrls: many.domains.map(({ url }) => `${url}/`),
		requests: paces.reduce((sum, { requests }) => sum + requests, 0),
		smallestMeanGapMs: Math.min(...paces.map(({ meanGapMs }) => meanGapMs ?? Number.MAX_VALUE)),
		smallestGapMs: Math.min(...paces.map(({ smallestGapMs }) => smallestGapMs ?? Number.MAX_VALUE)),
	};
});
