// robots.txt files (RFC 9309) by themselves, without a crawler.
export { explainRobots, type RobotsExplanation } from './robots/explain-robots.ts';
export { fetchRobots } from './robots/fetch-robots.ts';
export { parseRobots, type Robots } from './robots/parse-robots.ts';
export { type RobotsOutcome, type RobotsVerdict, robotsVerdict } from './robots/robots-verdict.ts';
export { DEFAULT_USER_AGENT } from './user-agent.ts';
