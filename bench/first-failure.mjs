// Schedules to the first failure of each bug, per strategy and for the portfolio: 20 independent trials (disjoint ranges of
// seeds), capped. Prints a Markdown table of mean, 95 % interval of the mean, and in how many trials the bug was found.
//   node bench/first-failure.mjs [trials] [cap] [address ...]
import { allocate, planOf, Sampler, STRATEGIES } from '@lastref/exploration';
import { compileAddress } from '@lastref/scenarios';

const [trials = '20', cap = '100000', ...named] = process.argv.slice(2);
const TRIALS = Number(trials);
const CAP = Number(cap);
const ADDRESSES = named.length > 0 ? named : ['nbd/buggy/main', 'mlx5/buggy/main'];
/** Trials are this far apart, so that no two share a seed. */
const SPACING = 2 ** 32;
const FIRST_SLICE = 64;

/** Schedules until each failure was first seen, in a range that grows until all wanted are seen or the cap is met. */
function trial(sampler, seedFrom, wanted) {
  sampler.clear();
  const seen = new Map();
  for (let done = 0, slice = FIRST_SLICE; done < CAP && seen.size < wanted; slice *= 2) {
    const count = Math.min(slice, CAP - done);
    sampler.run(seedFrom + done, count);
    done += count;
    for (const { signature, report, lowestSeeds } of sampler.totals().signatures)
      if (!report && !seen.has(signature)) seen.set(signature, lowestSeeds[0] - seedFrom + 1);
  }
  return seen;
}

/** The same for the portfolio; schedules of a round count in the order of its parts. */
function portfolioTrial(samplers, program, seedFrom, wanted) {
  const plan = planOf('portfolio', seedFrom, CAP);
  const history = [];
  const seen = new Map();
  let spent = 0;
  for (let round = 0; seen.size < wanted; round++) {
    const parts = allocate(round, history, plan);
    if (parts.length === 0) break;
    history.push(
      parts.map((part) => {
        const sampler = samplerOf(samplers, program, part.strategy);
        sampler.clear();
        sampler.run(part.seedFrom, part.count);
        const totals = sampler.totals();
        for (const { signature, report, lowestSeeds } of totals.signatures)
          if (!report && !seen.has(signature))
            seen.set(signature, spent + lowestSeeds[0] - part.seedFrom + 1);
        spent += part.count;
        return { ...part, totals };
      }),
    );
  }
  return seen;
}

function samplerOf(samplers, program, strategy) {
  let sampler = samplers.get(strategy);
  if (sampler === undefined)
    samplers.set(strategy, (sampler = new Sampler(program, strategy, { keep: 1 })));
  return sampler;
}

/** Mean with the 95 % interval of the mean (normal approximation), over the trials that found it. */
function summary(numbers) {
  if (numbers.length === 0) return '-';
  const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
  const variance =
    numbers.reduce((a, b) => a + (b - mean) ** 2, 0) / Math.max(1, numbers.length - 1);
  const half = 1.96 * Math.sqrt(variance / numbers.length);
  const found = numbers.length === TRIALS ? '' : ` [${numbers.length}]`;
  return `${Math.round(mean)} +- ${Math.round(half)}${found}`;
}

const bugsOf = (program) => {
  const bugs = new Set();
  for (const strategy of STRATEGIES) {
    const sampler = new Sampler(program, strategy, { keep: 1 });
    sampler.run(SPACING * (TRIALS + 1), Math.min(CAP, 20_000));
    for (const { signature, report } of sampler.totals().signatures)
      if (!report) bugs.add(signature);
  }
  return [...bugs].sort();
};

for (const address of ADDRESSES) {
  const program = compileAddress(address);
  const bugs = bugsOf(program);
  const samplers = new Map();
  const columns = [...STRATEGIES, 'portfolio'].map((strategy) => {
    const runs = Array.from({ length: TRIALS }, (_, i) => {
      const seedFrom = i * SPACING;
      if (strategy === 'portfolio') return portfolioTrial(samplers, program, seedFrom, bugs.length);
      return trial(samplerOf(samplers, program, strategy), seedFrom, bugs.length);
    });
    return {
      strategy,
      cells: bugs.map((bug) => summary(runs.flatMap((seen) => seen.get(bug) ?? []))),
    };
  });
  console.log(`\n${address}, ${TRIALS} trials, cap ${CAP}\n`);
  console.log(`| bug | ${columns.map(({ strategy }) => strategy).join(' | ')} |`);
  console.log(`|---|${columns.map(() => '---|').join('')}`);
  bugs.forEach((bug, i) =>
    console.log(`| \`${bug}\` | ${columns.map(({ cells }) => cells[i]).join(' | ')} |`),
  );
}
