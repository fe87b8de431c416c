// node scripts/test-summary.mjs <results of vitest as JSON> [failed steps]
//
// Prints the one line that a run comes down to, `N passed, N failed`, and fails when something did.
import { existsSync, readFileSync } from 'node:fs';

const [file, ...failedSteps] = process.argv.slice(2);
const steps = [...failedSteps];
let passed = 0;
let failed = 0;
if (existsSync(file)) {
	const results = JSON.parse(readFileSync(file, 'utf8'));
	passed = results.numPassedTests;
	failed = results.numFailedTests;
	const skipped = results.numPendingTests + results.numTodoTests;
	if (skipped > 0) console.log(`Skipped, with the reason above: ${skipped}.`);
	// A file that cannot be loaded fails without a test of it having failed.
	if (!results.success && failed === 0) steps.push('test');
} else {
	steps.push('test');
}
if (steps.length > 0) console.log(`Failed: ${steps.join(', ')}.`);
console.log(`${passed} passed, ${failed + steps.length} failed`);
if (failed + steps.length > 0) process.exitCode = 1;
