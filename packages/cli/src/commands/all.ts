import type { CommandSpec } from '../spec/command-spec.ts';
import { COMPLETION } from './completion.ts';
import { CRAWL } from './crawl.ts';
import { DOCTOR } from './doctor.ts';
import { DOWNLOAD } from './download.ts';
import { EXPORT } from './export.ts';
import { FETCH } from './fetch.ts';
import { HISTORY } from './history.ts';
import { INIT } from './init.ts';
import { LINKS } from './links.ts';
import { MONITOR } from './monitor.ts';
import { RESUME } from './resume.ts';
import { RETRY_FAILED } from './retry-failed.ts';
import { ROBOTS } from './robots.ts';
import { RUN } from './run.ts';
import { STATUS } from './status.ts';

/** All commands, in the order of the help. */
export const COMMANDS: readonly CommandSpec[] = [
	CRAWL,
	RESUME,
	STATUS,
	EXPORT,
	HISTORY,
	RETRY_FAILED,
	FETCH,
	DOWNLOAD,
	MONITOR,
	ROBOTS,
	LINKS,
	INIT,
	RUN,
	DOCTOR,
	COMPLETION,
];
