import { crawl } from './crawl.ts';
import { domains } from './domains/domains.ts';
import { http } from './http/http.ts';
import { parse } from './parse.ts';
import { queue } from './queue/queue.ts';
import type { Subject } from './subject.ts';

/** All subjects by the name they are asked for. */
export const subjects: Readonly<Record<string, Subject>> = { crawl, parse, http, queue, domains };
