/**
 * This build of the engine beside another, built clone of it: the same rows by both, in turns, each build in processes of its own,
 * which are started anew several times because how code gets compiled is a matter of luck. The order within a round changes
 * from round to round.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchResult } from '../bench.js';
import type { Refusal } from '../refusal.js';
import { absent, type Row } from '../rounds/row.js';
import type { Surroundings } from '../surroundings.js';
import { Contender } from './contender.js';
import { judge, type AgainstRound } from './judge.js';
import { ENGINE_ROWS, type EngineRowName } from './names.js';
import { ENGINE_TASKS, type EngineTask } from './tasks.js';

const HERE = fileURLToPath(new URL('../../../..', import.meta.url));
/** Rounds of each process before those that count, until its code is compiled. */
const WARM_UPS = 4;
const SIDES = ['now', 'before', 'again'] as const;
type Side = (typeof SIDES)[number];

export interface AgainstOptions {
  /** Folder of the other clone. */
  readonly folder: string;
  readonly rows: readonly EngineRowName[];
  /** How often the processes are started anew, and rounds that count of each. */
  readonly starts: number;
  readonly rounds: number;
}

export async function against(
  { folder, rows, starts, rounds }: AgainstOptions,
  { say, signal }: Pick<Surroundings, 'say' | 'signal'>,
): Promise<BenchResult | Refusal> {
  const other = resolve(folder);
  if (!existsSync(join(other, 'libs', 'exploration', 'dist', 'index.js'))) {
    const message = `${other} is no clone of lastref that was built (npm ci && npm run build there)`;
    return { refused: 'usage', message };
  }
  const names = ENGINE_ROWS.filter((name) => rows.length === 0 || rows.includes(name));
  const measured = new Map<EngineRowName, AgainstRound[]>();
  const failed = new Map<EngineRowName, string>();
  const stopped = (): boolean => signal.aborted;
  for (let start = 0; start < starts && !stopped(); start++) {
    say(`start ${start + 1} of ${starts}`);
    const sides = startAll(other);
    try {
      for (const name of names) {
        if (stopped()) break;
        const made = await roundsOf(sides, ENGINE_TASKS[name], rounds, start);
        if (typeof made === 'string') failed.set(name, made);
        else measured.set(name, [...(measured.get(name) ?? []), ...made]);
      }
    } finally {
      await Promise.all(Object.values(sides).map((side) => side.close()));
    }
  }
  return { agreement: true, rows: names.map((name) => rowOf(name, measured, failed.get(name))) };
}

const startAll = (other: string): Record<Side, Contender> => ({
  now: new Contender(HERE),
  before: new Contender(other),
  again: new Contender(other),
});

/** The rounds of a task by all sides, or why one of them cannot. */
async function roundsOf(
  sides: Record<Side, Contender>,
  task: EngineTask,
  rounds: number,
  start: number,
): Promise<AgainstRound[] | string> {
  const made: AgainstRound[] = [];
  for (let round = -WARM_UPS; round < rounds; round++) {
    const replies: Partial<Record<Side, AgainstRound[Side]>> = {};
    for (let turn = 0; turn < SIDES.length; turn++) {
      const side = SIDES[(turn + start + round + WARM_UPS) % SIDES.length] ?? 'now';
      const reply = await sides[side].round(task);
      if (!reply.ok) return `${side}: ${reply.message}`;
      replies[side] = reply.round;
    }
    const { now, before, again } = replies;
    if (round >= 0 && now !== undefined && before !== undefined && again !== undefined)
      made.push({ now, before, again });
  }
  return made;
}

function rowOf(
  name: EngineRowName,
  measured: ReadonlyMap<EngineRowName, readonly AgainstRound[]>,
  failure: string | undefined,
): Row {
  const { driver, address } = ENGINE_TASKS[name];
  const title = `now / before, ${driver}, ${address}`;
  const rounds = measured.get(name) ?? [];
  if (failure !== undefined) return absent(title, 1, failure);
  if (rounds.length === 0) return absent(title, 1, 'interrupted');
  return judge(title, ENGINE_TASKS[name], rounds);
}
