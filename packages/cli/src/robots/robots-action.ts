import {
	DEFAULT_USER_AGENT,
	explainRobots,
	fetchRobots,
	type RobotsOutcome,
	robotsVerdict,
} from '@orbweaver/core/robots';
import { HttpClient } from '@orbweaver/http';
import { EXIT_FAILED, EXIT_OK } from '../exit-code.ts';
import { httpUrl } from '../http-url.ts';
import type { Action } from '../spec/command-spec.ts';
import { type RobotsAnswer, robotsText } from './robots-text.ts';

/** `orbweaver robots` */
export const robots: Action = async ({ args, options }) => {
	const url = httpUrl(args[0] as string);
	const userAgent = options.text('user-agent') ?? DEFAULT_USER_AGENT;
	const robotsUrl = new URL('/robots.txt', url).href;
	await using client = new HttpClient({ userAgent, proxy: 'environment' });
	const answer = answerOf(await fetchRobots(client, robotsUrl), { url, robotsUrl, userAgent });
	const exitCode = answer.isAllowed ? EXIT_OK : EXIT_FAILED;
	process.stdout.write(`${options.flag('json') ? JSON.stringify({ exitCode, ...answer }) : robotsText(answer)}\n`);
	return exitCode;
};

function answerOf(
	outcome: RobotsOutcome,
	asked: { readonly url: string; readonly robotsUrl: string; readonly userAgent: string },
): RobotsAnswer {
	const { url, robotsUrl, userAgent } = asked;
	const { rule, body } = robotsVerdict(outcome);
	const status = outcome.kind === 'answered' ? outcome.status : undefined;
	const error = outcome.kind === 'answered' ? undefined : messageOf(outcome.error);
	const head = { url, robotsUrl, ...(status !== undefined && { status }), ...(error !== undefined && { error }) };
	if (rule === 'file' && body !== undefined) return { ...head, ...explainRobots(body, url, userAgent) };
	return { ...head, isAllowed: rule === 'allow-all', token: explainRobots('', url, userAgent).token };
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
