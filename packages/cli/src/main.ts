#!/usr/bin/env node
// The command `orbweaver`.
import { runCli } from './run-cli.ts';

// Whoever reads what is written may go away at any time.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

process.exitCode = await runCli(process.argv.slice(2), process.env);
