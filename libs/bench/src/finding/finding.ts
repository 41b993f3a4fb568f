/**
 * How many schedules it takes to find the bugs that published tools were measured on: independent trials (disjoint ranges of seeds),
 * capped, per strategy and for the portfolio, beside the published means. And what sampling is the poor man's way to: the cheapest
 * failing run, and the proof that the program without its bug does not fail.
 */
import { setImmediate } from 'node:timers/promises';
import { STRATEGIES } from '@lastref/exploration';
import { EXHIBITS, literature, type Exhibit } from '@lastref/literature';
import { compileAddress } from '@lastref/scenarios';
import { meanOf, type Mean } from '../first-failure/summary.js';
import { Trials } from '../first-failure/trials.js';
import type { Refusal } from '../refusal.js';
import type { Surroundings } from '../surroundings.js';
import { proofOf, type FindingProof } from './proof.js';
import { PUBLISHED, bestPublished, type PublishedMeans, type Tool } from './published.js';

/** Trials are this far apart, so that no two share a seed. */
const SPACING = 2 ** 32;
/** The strategies, and what they are together. */
const COLUMNS = [...STRATEGIES, 'portfolio'];

export interface FindingOptions {
  readonly trials: number;
  /** Schedules after which a trial ends. */
  readonly cap: number;
  /** Minimum and proof too. */
  readonly proofs: boolean;
  /** By name; all that have published numbers if none is named. */
  readonly programs: readonly string[];
}

export interface FindingCell extends Partial<Mean> {
  readonly strategy: string;
  /** Trials that found it; mean and interval are theirs. */
  readonly found: number;
}

export interface FindingRow {
  readonly program: string;
  readonly address: string;
  /** Its name in the published tables. */
  readonly published: string | null;
  readonly ours: readonly FindingCell[];
  readonly theirs: PublishedMeans;
  /** The lowest published mean of a tool that found it in every trial. */
  readonly best: { readonly tool: Tool; readonly mean: number } | null;
  readonly proof: FindingProof | null;
}

export interface FindingResult {
  readonly trials: number;
  readonly cap: number;
  readonly strategies: readonly string[];
  readonly rows: readonly FindingRow[];
}

export async function finding(
  options: FindingOptions,
  { say, signal }: Pick<Surroundings, 'say' | 'signal'>,
): Promise<FindingResult | Refusal> {
  const { trials, cap, programs } = options;
  const unknown = programs.find((name) => !EXHIBITS.some((exhibit) => exhibit.name === name));
  if (unknown !== undefined)
    return {
      refused: 'usage',
      message: `no program is ${unknown}; there are: ${EXHIBITS.map(({ name }) => name).join(', ')}`,
    };
  const rows: FindingRow[] = [];
  for (const exhibit of EXHIBITS.filter((one) => isMeant(one, programs))) {
    say(`${exhibit.name} ...`);
    const row = await rowOf(exhibit, options, signal);
    if (row === null) break;
    rows.push(row);
  }
  return { trials, cap, strategies: COLUMNS, rows };
}

const isMeant = ({ name, published }: Exhibit, programs: readonly string[]): boolean =>
  programs.length === 0 ? published !== undefined : programs.includes(name);

/** @returns null when it was interrupted */
async function rowOf(
  exhibit: Exhibit,
  options: FindingOptions,
  signal: AbortSignal,
): Promise<FindingRow | null> {
  const { name, published } = exhibit;
  const address = `${literature.name}/buggy/${name}`;
  const trials = new Trials(compileAddress(address), 1, options.cap);
  const ours: FindingCell[] = [];
  for (const strategy of COLUMNS) {
    await setImmediate();
    if (signal.aborted) return null;
    ours.push(cellOf(trials, strategy, options));
  }
  const theirs = published === undefined ? {} : (PUBLISHED[published] ?? {});
  return {
    program: name,
    address,
    published: published ?? null,
    ours,
    theirs,
    best: bestPublished(theirs),
    proof: options.proofs ? proofOf(exhibit, address) : null,
  };
}

function cellOf(runs: Trials, strategy: string, { trials, cap }: FindingOptions): FindingCell {
  const first = Array.from({ length: trials }, (_, i) =>
    Math.min(...runs.run(strategy, i * SPACING).values()),
  ).filter((count) => count <= cap);
  return { strategy, found: first.length, ...meanOf(first) };
}
