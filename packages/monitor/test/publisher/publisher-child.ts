// A program that publishes and comes to its end without closing anything: node publisher-child.ts <url> <lines>
import { connectPublisher } from '../../src/publisher/connect-publisher.ts';

const [url = '', lines = '0'] = process.argv.slice(2);
const publisher = connectPublisher({ url, source: 'child', onProblem: () => undefined });
for (let number = 1; number <= Number(lines); number++) publisher.publish({ text: `line ${number}` });
