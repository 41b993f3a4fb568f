/**
 * What the service costs: schedules per second of a campaign through PostgreSQL, Redis and one worker thread, beside the same
 * schedules by `hunt` on one thread. bench/campaign.mjs of the clone starts a service of its own and measures; here its rounds
 * become a row. Without a clone, or where its servers do not start, the row says so.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Io } from '../io.js';
import { absent, agree, row, type Row } from './row.js';

const NAME = 'campaign through the service / CLI, one thread, nbd/buggy';
const TARGET = 0.95;
const ROUNDS = 3;
const ROUND_SECONDS = 30;
/** Both sides go by the wall clock. By themselves they wait 2 % of the time at most; a round with more than this does not count. */
const DISTURBED = 0.1;
const SCRIPT = fileURLToPath(new URL('../../../../bench/campaign.mjs', import.meta.url));

/** What bench/campaign.mjs prints, as far as it matters here. */
interface Measurement {
  readonly compared: { readonly rounds: readonly Round[] };
}

interface Round extends Both<number> {
  readonly ledgers: Both<string>;
  /** Shares of the time in which something on the machine waited for a processor; null where the system does not say. */
  readonly waited: Both<number | null>;
}

/** Of the command line and of the campaign. */
interface Both<T> {
  readonly alone: T;
  readonly served: T;
}

export const serviceLeftOut = (): Row => absent(NAME, TARGET, 'left out by --quick');

export async function throughService(
  { note, signal }: Pick<Io, 'note' | 'signal'>,
  script = SCRIPT,
): Promise<Row> {
  if (!existsSync(script)) return absent(NAME, TARGET, 'needs a clone of the repository');
  const { out, lastLine } = await run(script, note, signal);
  if (signal.aborted) return absent(NAME, TARGET, 'interrupted');
  if (out === '') return absent(NAME, TARGET, lastLine);
  const { compared } = JSON.parse(out) as Measurement;
  for (const { ledgers } of compared.rounds) agree(NAME, ledgers.served, ledgers.alone);
  const quiet = compared.rounds.filter((round) => waited(round) <= DISTURBED);
  if (quiet.length === 0) return absent(NAME, TARGET, tooBusy(compared.rounds));
  const speeds = quiet.map(({ served, alone }) => [served, alone] as const);
  return row(NAME, TARGET, 'schedules/s', speeds);
}

const waited = ({ waited: { alone, served } }: Round): number => Math.max(alone ?? 0, served ?? 0);

function tooBusy(rounds: readonly Round[]): string {
  const least = Math.round(100 * Math.min(...rounds.map(waited)));
  return `other programs kept the machine busy: something waited for a processor ${least} % of the time or more`;
}

/** The script's stdout, empty if it could not measure, and the last line it said beside it. */
async function run(
  script: string,
  note: Io['note'],
  signal: AbortSignal,
): Promise<{ out: string; lastLine: string }> {
  const words = ['--rounds', ROUNDS, '--seconds', ROUND_SECONDS, '--large', 0].map(String);
  const child = spawn(process.execPath, [script, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = (): void => void child.kill();
  signal.addEventListener('abort', stop, { once: true });
  let lastLine = 'bench/campaign.mjs ended without a word';
  createInterface(child.stderr).on('line', (line) => {
    lastLine = line;
    note(line);
  });
  const [out] = await Promise.all([text(child.stdout), once(child, 'close')]);
  signal.removeEventListener('abort', stop);
  return { out, lastLine };
}
