#!/usr/bin/env node
// The command `lastref` in a clone. It is committed, not built, because npm links only what exists at install time,
// and `npx lastref` would then offer a stranger's package of that name. Out of date: builds first, saying so on
// stderr. Then the command line runs in this process. Use `npx --no lastref ...`.
import { requireNodeVersion } from '../tools/ready/node-version.mjs';

requireNodeVersion();
// Mistakes in a scenario name the author's line: the one in TypeScript.
process.setSourceMapsEnabled(true);
const { makeReady } = await import('../tools/ready/make-ready.mjs');
const code = await makeReady();
if (code === 0) await import('../apps/cli/dist/main.js');
else process.exitCode = code;
