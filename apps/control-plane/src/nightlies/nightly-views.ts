/** From stored nightlies, due times and comparisons to what the API shows of them. */
import type { Comparison, ComparedBug, Nightly, Tick } from '@lastref/contracts';
import { MAX_COMPARED_BUGS } from '@lastref/contracts';
import type { BugFate, JudgedBug, StoredNightly, StoredTick } from '@lastref/storage';

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

export function nightlyView(nightly: StoredNightly, last: StoredTick | undefined): Nightly {
  const { paused, removedAt, nextDueAt, createdAt, ...settings } = nightly;
  const state = removedAt !== null ? 'removed' : paused ? 'paused' : 'active';
  return {
    ...settings,
    state,
    nextDueAt: state === 'active' ? nextDueAt.toISOString() : null,
    lastTick: last === undefined ? null : tickView(last),
    createdAt: createdAt.toISOString(),
  };
}

export function tickView(tick: StoredTick): Tick {
  return {
    ...tick,
    dueAt: tick.dueAt.toISOString(),
    startedAt: iso(tick.startedAt),
    deadlineAt: iso(tick.deadlineAt),
  };
}

export function comparisonView(
  tick: StoredTick,
  before: StoredTick | null,
  bugs: readonly JudgedBug[],
): Comparison {
  const of = (fate: BugFate): ComparedBug[] =>
    bugs
      .filter((bug) => bug.fate === fate)
      .slice(0, MAX_COMPARED_BUGS)
      .map(comparedBug);
  return {
    tick: tickView(tick),
    before: before === null ? null : tickView(before),
    new: of('new'),
    gone: of('gone'),
    regressed: of('regressed'),
    unmet: of('unmet'),
    standing: of('standing'),
  };
}

function comparedBug(bug: JudgedBug): ComparedBug {
  const { scenario, variant, signature, report, count, countBefore, expected, history } = bug;
  return {
    bug: bug.bug,
    scenario,
    variant,
    signature,
    report,
    count,
    countBefore,
    expected,
    history: history.map(({ kind, campaign, at }) => ({ kind, campaign, at: at.toISOString() })),
  };
}
