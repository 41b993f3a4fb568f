/** Rows about sampling: the walker and the interpreter against C, fast-check and a plain switch, and two threads. */
import { Sampler } from '@lastref/exploration';
import type { Program } from '@lastref/kernel';
import { compileAddress } from '@lastref/scenarios';
import { CSampler } from '../peers/c/sampler.js';
import { FastCheckPeer } from '../peers/fast-check/peer.js';
import type { Workshop } from '../native/workshop.js';
import { PlainSwitch } from '../peers/plain-switch/plain-switch.js';
import { fourDevices } from '../programs/programs.js';
import { measure, measureAsync, speed } from '../rounds/rounds.js';
import { absent, agree, row, type Row } from '../rounds/row.js';

const ROUNDS = 7;
/** Schedules of a round. Everything runs one round before the first that counts, until its code is compiled. */
const WALKED = 1_000_000;
const INTERPRETED = 50_000;
const FAST_CHECK = 3_000;
const LARGE = 1_000;

const failures = (sampler: Sampler): number =>
  sampler
    .totals()
    .signatures.filter(({ report }) => !report)
    .reduce((sum, { count }) => sum + count, 0);

/** Runs seeds 0 .. count - 1 anew. */
function sampled(sampler: Sampler, count: number): number {
  sampler.clear();
  sampler.run(0, count);
  return count;
}

export function walkerAgainstC(address: string, workshop: Workshop): Row {
  const name = `walker / C, ${address}`;
  const program = compileAddress(`${address}/main`);
  const c = CSampler.build(program, workshop);
  if (typeof c === 'string') return absent(name, 1.5, c);
  const sampler = new Sampler(program, 'rw/1');
  sampled(sampler, WALKED);
  const rounds = Array.from({ length: ROUNDS }, (): [number, number] => {
    const ours = measure(() => sampled(sampler, WALKED));
    const theirs = c.run(0, WALKED);
    const { steps, cut, outside } = sampler.totals();
    const failed = failures(sampler);
    agree(name, { steps, failed, cut, outside }, theirs.totals);
    return [speed(ours), WALKED / theirs.seconds];
  });
  return row(name, 1.5, 'schedules/s', rounds);
}

export async function againstFastCheck(address: string): Promise<Row[]> {
  const names = [
    ['walker / fast-check', 300],
    ['interpreter / fast-check', 50],
  ] as const;
  const fc = await import('fast-check').catch(() => null);
  if (fc === null)
    return names.map(([name, target]) =>
      absent(name, target, 'fast-check is not installed (npm ci without --omit=dev)'),
    );
  const program = compileAddress(`${address}/main`);
  const peer = new FastCheckPeer(program);
  const walker = new Sampler(program, 'rw/1');
  const interpreter = new Sampler(program, 'rw/1', { interpret: true });
  const walked: [number, number][] = [];
  const interpreted: [number, number][] = [];
  const schedulersOf = (round: number): Parameters<FastCheckPeer['run']>[0] =>
    fc.sample(fc.scheduler(), { seed: round + 1, numRuns: FAST_CHECK });
  await peer.run(schedulersOf(ROUNDS));
  sampled(walker, WALKED);
  sampled(interpreter, INTERPRETED);
  let steps = 0;
  let failed = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const schedulers = schedulersOf(round);
    const theirs = speed(
      await measureAsync(async () => {
        const runs = await peer.run(schedulers);
        steps += runs.steps;
        failed += runs.failed;
        return FAST_CHECK;
      }),
    );
    walked.push([speed(measure(() => sampled(walker, WALKED))), theirs]);
    interpreted.push([speed(measure(() => sampled(interpreter, INTERPRETED))), theirs]);
  }
  sameDistribution(walker, steps / (ROUNDS * FAST_CHECK), failed / (ROUNDS * FAST_CHECK));
  return [
    row(`walker / fast-check, ${address}`, 300, 'schedules/s', walked),
    row(`interpreter / fast-check, ${address}`, 50, 'schedules/s', interpreted),
  ];
}

/** fast-check draws by a rule of its own: means have to agree, not seeds. */
function sameDistribution(sampler: Sampler, steps: number, failed: number): void {
  const ours = sampler.totals();
  agree('mean steps within 2 %', Math.abs(ours.steps / ours.schedules / steps - 1) < 0.02, true);
  const fraction = failures(sampler) / ours.schedules;
  agree('failing fraction within 0.01', Math.abs(fraction - failed) < 0.01, true);
}

export function againstPlainSwitch(): Row {
  const name = 'interpreter / plain switch, nbd, 4 devices, 8 openers';
  const program: Program = fourDevices();
  const plain = new PlainSwitch(program);
  const sampler = new Sampler(program, 'rw/1', { interpret: true });
  const rounds = Array.from({ length: ROUNDS }, (): [number, number] => {
    let theirs = { steps: 0, failed: 0, cut: 0 };
    const b = measure(() => {
      theirs = plain.run(0, LARGE);
      return theirs.steps;
    });
    const a = measure(() => {
      sampled(sampler, LARGE);
      return sampler.totals().steps;
    });
    const { steps, cut } = sampler.totals();
    agree(name, [steps, failures(sampler), cut], [theirs.steps, theirs.failed, theirs.cut]);
    return [speed(a), speed(b)];
  });
  return row(name, 0.8, 'steps/s', rounds);
}
