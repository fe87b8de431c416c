#!/usr/bin/env node
// The command `orbweaver`.
import { enableCompileCache } from 'node:module';

// The second start takes half the time; before anything else is loaded, or that would be left out.
enableCompileCache();
const { runCli } = await import('./run-cli.ts');

// Whoever reads what is written may go away at any time.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

process.exitCode = await runCli(process.argv.slice(2), process.env);
