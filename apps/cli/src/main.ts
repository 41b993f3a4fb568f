/**
 * The process `lastref`. The first Ctrl-C asks the work to end, so that a hunt still tells what it found; the second
 * ends the process at once.
 */
import { inlineMore } from '@lastref/threads';
import { EXIT } from './exit-codes.js';
import { runCli } from './run-cli.js';

inlineMore();

const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.on(name, () => {
    if (interruption.signal.aborted) process.exit(EXIT.interrupted);
    interruption.abort();
  });

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

try {
  process.exitCode = await runCli(process.argv.slice(2), {
    input: () => process.stdin,
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    terminal: process.stderr.isTTY ? process.stderr : undefined,
    signal: interruption.signal,
    now: () => performance.now(),
    serviceUrl: process.env['LASTREF_URL'],
    token: process.env['LASTREF_TOKEN'],
    databaseUrl: process.env['DATABASE_URL'],
    makeEngine: async () => (await import('./engine/thread-engine.js')).threadEngine(),
  });
} catch (error) {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`lastref: a mistake of its own, please report it:\n${text}\n`);
  process.exitCode = EXIT.environment;
}
