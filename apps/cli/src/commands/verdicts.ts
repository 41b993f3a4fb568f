/**
 * `lastref verdicts`: every expectation of the project against exhaustive search, with the canonical minimum where the row
 * names one. A row whose search hits its budget is `not proved`, never `agrees`.
 */
import { matchesBug, type SearchResult } from '@lastref/exploration';
import { differences, firstPattern, parseExpect } from '@lastref/judging';
import { catalogue, expectationsOf, type Expectation } from '@lastref/scenarios';
import type { VerdictRow } from '../answers/verdicts.js';
import { EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import { answer, isOfCase, ok, refusal, type Outcome, type Result } from '../outcome.js';
import { compiled, type NamedProgram } from '../programs/resolve-program.js';
import { verdictsText } from '../text/verdicts-text.js';
import { minOf } from '../verdicts/min.js';
import { summaryOf } from '../verdicts/summary.js';

export interface VerdictsOptions {
  readonly maxStates: number;
  readonly maxNodes: number;
}

export async function verdicts(
  names: readonly string[],
  options: VerdictsOptions,
  io: Io,
): Promise<Outcome> {
  const known = [...new Set(catalogue().map(({ scenario }) => scenario))];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    return refusal(EXIT.usage, `no scenario '${unknown}'; there are: ${known.join(', ')}`);
  const silent = names.find((name) => expectationsOf(name).length === 0);
  if (silent !== undefined)
    return refusal(
      EXIT.usage,
      `nothing is expected of '${silent}' yet: there is no row to compare`,
    );
  const table = (names.length === 0 ? known : names).flatMap(expectationsOf);
  const judge = new Judge(options, io);
  const rows: VerdictRow[] = [];
  io.progress.begin(table.length, 'rows');
  for (const expectation of table) {
    const row = await judge.row(expectation);
    if (row.ok) rows.push(row.value);
    else if (isOfCase(row.refusal)) rows.push(unanswered(expectation, row.refusal.message));
    else {
      io.progress.end();
      return row.refusal;
    }
    io.progress.update(rows.length);
  }
  io.progress.end();
  const exit = rows.every(({ agrees }) => agrees) ? EXIT.ok : EXIT.failed;
  const summary = summaryOf(rows);
  return answer(exit, { rows, summary }, verdictsText(rows, summary));
}

/** Evaluates rows; a control that several rows share is searched once. */
class Judge {
  private readonly searches = new Map<string, SearchResult>();

  constructor(
    private readonly options: VerdictsOptions,
    private readonly io: Io,
  ) {}

  async row(expectation: Expectation): Promise<Result<VerdictRow>> {
    const { scenario, variant, control } = expectation;
    const began = this.io.now();
    const named = compiled(`${scenario}/${variant}/${expectation.case}`);
    if (!named.ok) return named;
    const search = await this.search(named.value);
    if (!search.ok) return search;
    const min = await this.min(named.value, expectation, search.value);
    if (!min.ok) return min;
    const twin = control === undefined ? ok(true) : await this.isClean(scenario, control);
    if (!twin.ok) return twin;
    const why = [
      ...differencesOf(expectation, search.value),
      ...minDiffers(expectation.min, min.value),
      ...(twin.value ? [] : [`the control ${control ?? ''} is not proved clean`]),
    ];
    const budget = budgetsHit(search.value, min.value);
    return ok({
      scenario,
      variant,
      case: expectation.case,
      expected: expectation.expect,
      found: search.value.failures,
      min: min.value.kind === 'found' ? min.value.cost : null,
      expectedMin: expectation.min ?? null,
      reports: search.value.reports,
      control: control ?? null,
      states: search.value.states,
      ms: Math.round(this.io.now() - began),
      ...agreementOf(budget, why),
      why: [...budget, ...why],
      corrected: expectation.corrected ?? null,
    });
  }

  private async search({ address, program }: NamedProgram): Promise<Result<SearchResult>> {
    const known = this.searches.get(address);
    if (known !== undefined) return ok(known);
    const { maxStates } = this.options;
    const result = await this.io.engine.prove(program, { maxStates }, this.io.signal);
    if (result.ok) this.searches.set(address, result.value);
    return result;
  }

  /** The least cost of the signatures that the first failure of the row stands for. */
  private async min(
    { program }: NamedProgram,
    { expect, min }: Expectation,
    { failures }: SearchResult,
  ): Promise<Result<Min>> {
    const first = firstPattern(parseExpect(expect));
    if (min === undefined || first === undefined) return ok({ kind: 'none' });
    const { engine, signal } = this.io;
    const costs: string[] = [];
    for (const signature of failures.filter((found) => matchesBug(first, found))) {
      const { maxNodes } = this.options;
      const shrunk = await engine.shrink(program, signature, { maxNodes }, signal);
      if (!shrunk.ok) return shrunk;
      if (!shrunk.value.ok) return ok({ kind: 'budget' });
      costs.push(minOf(shrunk.value.reproduction.cost));
    }
    const [cost] = costs.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    return ok(cost === undefined ? { kind: 'none' } : { kind: 'found', cost });
  }

  private async isClean(scenario: string, control: string): Promise<Result<boolean>> {
    const named = compiled(`${scenario}/${control}`);
    if (!named.ok) return named;
    const search = await this.search(named.value);
    if (!search.ok) return search;
    const { complete, failures, missed } = search.value;
    return ok(complete && failures.length === 0 && missed.length === 0);
  }
}

/** A row whose case does not compile, or goes past a bound. */
function unanswered(row: Expectation, message: string): VerdictRow {
  const { scenario, variant, expect, min, control, corrected } = row;
  return {
    scenario,
    variant,
    case: row.case,
    expected: expect,
    found: [],
    min: null,
    expectedMin: min ?? null,
    reports: [],
    control: control ?? null,
    states: 0,
    ms: 0,
    agrees: false,
    agreement: 'error',
    why: [message],
    corrected: corrected ?? null,
  };
}

/** `none`: the row names no minimum, or nothing of it occurs. */
type Min = { readonly kind: 'none' | 'budget' } | { readonly kind: 'found'; readonly cost: string };

const minDiffers = (expected: string | undefined, min: Min): string[] =>
  expected === undefined || min.kind !== 'found' || min.cost === expected
    ? []
    : [`the minimum is ${min.cost}, not ${expected}`];

const budgetsHit = ({ complete }: SearchResult, min: Min): string[] => [
  ...(complete ? [] : ['the search hit its budget of states']),
  ...(min.kind === 'budget' ? ['shrinking hit its budget of nodes'] : []),
];

const differencesOf = (row: Expectation, search: SearchResult): string[] =>
  differences(row, {
    failures: search.failures,
    reports: search.reports,
    missed: search.missed,
    cleanEnds: search.ends.clean + search.pollers.length > 0,
  });

function agreementOf(
  budget: readonly string[],
  why: readonly string[],
): Pick<VerdictRow, 'agrees' | 'agreement'> {
  if (budget.length > 0) return { agrees: false, agreement: 'not proved' };
  const agrees = why.length === 0;
  return { agrees, agreement: agrees ? 'agrees' : 'disagrees' };
}
