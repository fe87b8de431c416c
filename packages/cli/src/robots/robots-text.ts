import type { RobotsExplanation } from '@orbweaver/core/robots';

/** Whether an address is allowed, and why. */
export interface RobotsAnswer extends RobotsExplanation {
	readonly url: string;
	readonly robotsUrl: string;
	/** Of robots.txt; missing when there was no answer. */
	readonly status?: number;
	/** Why there was none. */
	readonly error?: string;
}

/** The answer for a person. */
export function robotsText({
	url,
	robotsUrl,
	isAllowed,
	token,
	rule,
	crawlDelaySecs,
	status,
	error,
}: RobotsAnswer): string {
	const lines = [`${isAllowed ? 'allowed' : 'not allowed'}: ${url} for ${token}`, `  ${reason()}`];
	if (crawlDelaySecs !== undefined) lines.push(`  It asks for ${crawlDelaySecs} s between two requests.`);
	return lines.join('\n');

	function reason(): string {
		if (rule !== undefined) return `${robotsUrl}, line ${rule.line}: ${rule.text}`;
		if (error !== undefined && !isAllowed)
			return `${robotsUrl} could not be had, and so nothing may be fetched: ${error}`;
		if (error !== undefined) return `There is no ${robotsUrl}: ${error}`;
		if (status !== undefined && status >= 200 && status < 300) return `No rule of ${robotsUrl} is about it.`;
		return isAllowed
			? `There is no ${robotsUrl} (it answered ${status}), and so all is allowed.`
			: `${robotsUrl} answered ${status}, and so nothing may be fetched until it is back.`;
	}
}
