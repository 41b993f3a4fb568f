/**
 * Seeds of every program by interpreter and walker, the walker also with a table of 1,000 states: one ledger digest each. A line
 * per program as it is done. A run that keeps its answers goes on where it was ended; parts take every n-th program, so that n
 * processes share the work and, if they like, the file.
 */
import { ledgerDigest, Sampler, type SamplerOptions } from '@lastref/exploration';
import { programDigest, type Program } from '@lastref/kernel';
import { catalogue, compileAddress } from '@lastref/scenarios';
import type { Refusal } from '../refusal.js';
import type { Surroundings } from '../surroundings.js';
import { Kept, type Answer } from './kept.js';

const DRIVERS: readonly (readonly [string, SamplerOptions])[] = [
  ['interpreter', { interpret: true }],
  ['walker', {}],
  ['capped', { maxStates: 1_000 }],
];

export interface AgreementOptions {
  readonly seeds: number;
  /** Every `of`-th program, from the `part`-th on. */
  readonly part: number;
  readonly of: number;
  /** File to keep answers in. */
  readonly keep?: string | undefined;
  /** Beginnings of addresses; all programs if there is none. */
  readonly addresses: readonly string[];
}

export interface AgreementResult {
  readonly seeds: number;
  readonly programs: number;
  /** Addresses whose drivers do not agree. */
  readonly differ: readonly string[];
  readonly interrupted: boolean;
}

export function agreement(
  { seeds, part, of, keep, addresses }: AgreementOptions,
  { say, signal }: Pick<Surroundings, 'say' | 'signal'>,
): AgreementResult | Refusal {
  const chosen = catalogue()
    .map(({ scenario, variant, case: name }) => `${scenario}/${variant}/${name}`)
    .filter((address) => addresses.length === 0 || addresses.some((p) => address.startsWith(p)))
    .filter((_, i) => i % of === part - 1);
  if (chosen.length === 0)
    return { refused: 'usage', message: 'no program has such an address; see lastref scenarios' };
  const kept = new Kept(keep, seeds);
  const differ: string[] = [];
  let done = 0;
  for (const address of chosen) {
    if (signal.aborted) break;
    const program = compileAddress(address);
    const name = programDigest(program);
    const known = kept.get(name);
    const { same, digest, text } = known ?? answerOf(program, seeds);
    if (known === undefined) kept.add(name, { same, digest, text });
    if (!same) differ.push(address);
    done++;
    const words = `${same ? 'agree ' : 'DIFFER'} ${done}/${chosen.length} ${address}`;
    say(`${words} ${digest.slice(0, 16)} (${known === undefined ? text : 'kept'})`);
  }
  return { seeds, programs: done, differ, interrupted: signal.aborted };
}

function answerOf(program: Program, seeds: number): Answer {
  const runs = DRIVERS.map(([driver, options]) => {
    const sampler = new Sampler(program, 'rw/1', options);
    const started = performance.now();
    sampler.run(0, seeds);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const entry = { program: programDigest(program), strategy: 'rw/1', totals: sampler.totals() };
    return { digest: ledgerDigest([entry]), text: `${driver} ${seconds} s` };
  });
  const digest = runs[0]?.digest ?? '';
  const same = runs.every((run) => run.digest === digest);
  return { same, digest, text: runs.map(({ text }) => text).join(', ') };
}
