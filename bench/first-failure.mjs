// Schedules to the first failure of each bug, per strategy and for the portfolio: independent trials (disjoint ranges of
// seeds), capped. Prints Markdown: what the program is, then mean, 95 % interval of the mean, and in how many trials the bug
// was found. --large takes the largest sizes of the two shipped bugs instead of the shipped programs.
//   node bench/first-failure.mjs [--trials 20] [--cap n] [--large | address ...]
import { prove, Sampler, STRATEGIES } from '@lastref/exploration';
import { tablesOf } from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';
import { parseArgs } from 'node:util';
import { fourDevices, fourPorts } from '../apps/cli/dist/bench/programs.js';
import { Trials } from './first-failure/trials.mjs';

const CAP = 100_000;
const LARGE_CAP = 20_000;
/** Trials are this far apart, so that no two share a seed. */
const SPACING = 2 ** 32;
/** Schedules per strategy that show which bugs there are; seeds that no trial has. */
const BUG_SCHEDULES = 5_000;
const MAX_STATES = 2_000_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    trials: { type: 'string', default: '20' },
    cap: { type: 'string' },
    large: { type: 'boolean', default: false },
  },
});
const TRIALS = Number(values.trials);
const cap = Number(values.cap ?? (values.large ? LARGE_CAP : CAP));

function programs() {
  if (values.large)
    return [
      ['nbd/buggy, 4 devices, 8 openers that stay open', fourDevices('nbd/buggy/main')],
      ['nbd/buggy, 4 devices, 8 openers that close', fourDevices('nbd/buggy/no-overlap')],
      ['mlx5/buggy, 4 ports, 8 readers', fourPorts()],
    ];
  const addresses = positionals.length > 0 ? positionals : ['nbd/buggy/main', 'mlx5/buggy/main'];
  return addresses.map((address) => [address, compileAddress(address)]);
}

const number = (n) => n.toLocaleString('en');

function sizeOf(program) {
  const workers = tablesOf(program).layout.tasks.length - program.tasks.length;
  const { complete, states } = prove(program, { maxStates: MAX_STATES });
  const searched = complete
    ? `${number(states)} states`
    : `beyond search (more than ${number(MAX_STATES)} states)`;
  return `${program.tasks.length} tasks, ${workers} workers; ${searched}`;
}

function bugsOf(program) {
  const bugs = new Set();
  for (const strategy of STRATEGIES) {
    const sampler = new Sampler(program, strategy, { keep: 1 });
    sampler.run(SPACING * (TRIALS + 1), BUG_SCHEDULES);
    for (const { signature, report } of sampler.totals().signatures)
      if (!report) bugs.add(signature);
  }
  return [...bugs].sort();
}

/** Mean with the 95 % interval of the mean (normal approximation), over the trials that found it. */
function summary(counts) {
  if (counts.length === 0) return '-';
  const mean = counts.reduce((a, b) => a + b, 0) / counts.length;
  const variance = counts.reduce((a, b) => a + (b - mean) ** 2, 0) / Math.max(1, counts.length - 1);
  const half = counts.length === 1 ? '?' : Math.round(1.96 * Math.sqrt(variance / counts.length));
  const found = counts.length === TRIALS ? '' : ` [${counts.length}]`;
  return `${Math.round(mean)} +- ${half}${found}`;
}

const line = (cells) => `| ${cells.join(' | ')} |`;

for (const [name, program] of programs()) {
  const bugs = bugsOf(program);
  const trials = new Trials(program, bugs.length, cap);
  const strategies = [...STRATEGIES, 'portfolio'];
  const columns = strategies.map((strategy) => {
    process.stderr.write(`${name}: ${strategy}\n`);
    const runs = Array.from({ length: TRIALS }, (_, i) => trials.run(strategy, i * SPACING));
    return bugs.map((bug) => summary(runs.flatMap((seen) => seen.get(bug) ?? [])));
  });
  console.log(`\n${name}: ${sizeOf(program)}; ${TRIALS} trials, cap ${number(cap)}\n`);
  console.log(line(['bug', ...strategies]));
  console.log(line(['bug', ...strategies].map(() => '---')));
  bugs.forEach((bug, i) => console.log(line([`\`${bug}\``, ...columns.map((cells) => cells[i])])));
}
