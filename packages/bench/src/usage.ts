import type { Subject } from './subjects/subject.ts';

/** What `npm run bench` prints when it is not told enough. */
export function usage(subjects: Readonly<Record<string, Subject>>): string {
	const lines = Object.entries(subjects).map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`);
	return `npm run bench -- <subject> [options]

Subjects
${lines.join('\n')}

Options
  --pages <n>          pages of the generated site (crawl: 10000, parse: 300), or of each domain (10)
  --profile <name>     small: about 22 KB and 60 links a page; real: sizes and links as on saved real pages (small)
  --runs <n>           rounds that count, after one warm-up round (5)
  --concurrency <n>    requests in flight at a time (crawl: 32, http: 64, domains: 200)
  --only <names>       only these contestants, separated by commas
  --json <file>        also write every single measurement, the versions and the machine to this file
  --cpu-profile        one more run of each, not counted, that leaves a .cpuprofile here
  --part <names>       http: only these parts of tutorial, requests, download, websocket, separated by commas
  --requests <n>       http: requests a run (requests: 50000; tutorial: 100 and 2000, never more than that)
                       queue: how many are added, taken and finished while the others wait (20000)
  --urls <numbers>     queue: how many URLs wait, separated by commas (10000,1000000,10000000)
  --size <MiB>         http: size of the file that is downloaded (1024)
  --messages <n>       http: messages of 100 bytes a run (1000000), and a quarter as many of 4 KiB
  --domains <n>        domains: how many (1000)
  --min-time <ms>      domains: the least time between two requests to one of them (100)
  --help               this text`;
}
