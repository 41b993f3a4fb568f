/**
 * Schedules to the first failure of each bug, per strategy and for the portfolio: independent trials (disjoint ranges of
 * seeds), capped. A table per program: mean, 95 % interval of the mean, and in how many trials the bug was found. The largest
 * sizes of the two shipped bugs can take the place of the shipped programs.
 */
import { prove, Sampler, STRATEGIES } from '@lastref/exploration';
import { tablesOf, type Program } from '@lastref/kernel';
import { catalogue, compileAddress } from '@lastref/scenarios';
import { fourDevices, fourPorts } from '../programs/programs.js';
import type { Refusal } from '../refusal.js';
import type { Surroundings } from '../surroundings.js';
import { summary } from './summary.js';
import { Trials } from './trials.js';

const CAP = 100_000;
const LARGE_CAP = 20_000;
/** Trials are this far apart, so that no two share a seed. */
const SPACING = 2 ** 32;
/** Schedules per strategy that show which bugs there are; seeds that no trial has. */
const BUG_SCHEDULES = 5_000;
const MAX_STATES = 2_000_000;
const SHIPPED = ['nbd/buggy/main', 'mlx5/buggy/main'];

export interface FirstFailureOptions {
  readonly trials: number;
  /** Schedules after which a trial ends. */
  readonly cap?: number | undefined;
  /** The largest sizes instead of shipped programs. */
  readonly large: boolean;
  readonly addresses: readonly string[];
}

export interface FirstFailureTable {
  /** What the program is, and what was done with it. */
  readonly title: string;
  /** A heading, then a line per bug. */
  readonly cells: readonly (readonly string[])[];
}

export function firstFailures(
  options: FirstFailureOptions,
  { say, signal }: Pick<Surroundings, 'say' | 'signal'>,
): readonly FirstFailureTable[] | Refusal {
  const unknown = options.addresses.find((address) => !isKnown(address));
  if (unknown !== undefined)
    return { refused: 'usage', message: `no program is ${unknown}; see lastref scenarios` };
  const tables: FirstFailureTable[] = [];
  for (const [name, program] of programsOf(options)) {
    if (signal.aborted) break;
    say(`${name} ...`);
    tables.push(tableOf(name, program, options, say));
  }
  return tables;
}

const isKnown = (address: string): boolean =>
  catalogue().some((row) => `${row.scenario}/${row.variant}/${row.case}` === address);

function programsOf({ large, addresses }: FirstFailureOptions): (readonly [string, Program])[] {
  if (large)
    return [
      ['nbd/buggy, 4 devices, 8 openers that stay open', fourDevices('nbd/buggy/main')],
      ['nbd/buggy, 4 devices, 8 openers that close', fourDevices('nbd/buggy/no-overlap')],
      ['mlx5/buggy, 4 ports, 8 readers', fourPorts()],
    ];
  const chosen = addresses.length > 0 ? addresses : SHIPPED;
  return chosen.map((address) => [address, compileAddress(address)] as const);
}

function tableOf(
  name: string,
  program: Program,
  options: FirstFailureOptions,
  say: (line: string) => void,
): FirstFailureTable {
  const cap = options.cap ?? (options.large ? LARGE_CAP : CAP);
  const bugs = bugsOf(program, options.trials);
  const trials = new Trials(program, bugs.length, cap);
  const strategies = [...STRATEGIES, 'portfolio'];
  const columns = strategies.map((strategy) => {
    say(`${name}: ${strategy}`);
    const runs = Array.from({ length: options.trials }, (_, i) =>
      trials.run(strategy, i * SPACING),
    );
    return bugs.map((bug) =>
      summary(
        runs.flatMap((seen) => seen.get(bug) ?? []),
        options.trials,
      ),
    );
  });
  const title = `${name}: ${sizeOf(program)}; ${options.trials} trials, cap ${number(cap)}`;
  const rows = bugs.map((bug, i) => [`\`${bug}\``, ...columns.map((cells) => cells[i] ?? '')]);
  return { title, cells: [['bug', ...strategies], ...rows] };
}

const number = (n: number): string => n.toLocaleString('en');

function sizeOf(program: Program): string {
  const workers = tablesOf(program).layout.tasks.length - program.tasks.length;
  const { complete, states } = prove(program, { maxStates: MAX_STATES });
  const searched = complete
    ? `${number(states)} states`
    : `beyond search (more than ${number(MAX_STATES)} states)`;
  return `${program.tasks.length} tasks, ${workers} workers; ${searched}`;
}

function bugsOf(program: Program, trials: number): string[] {
  const bugs = new Set<string>();
  for (const strategy of STRATEGIES) {
    const sampler = new Sampler(program, strategy, { keep: 1 });
    sampler.run(SPACING * (trials + 1), BUG_SCHEDULES);
    for (const { signature, report } of sampler.totals().signatures)
      if (!report) bugs.add(signature);
  }
  return [...bugs].sort();
}
