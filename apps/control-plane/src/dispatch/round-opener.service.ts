/**
 * Judges complete rounds and begins the next ones. Rule and allocation are the engine's pure functions of the plan and
 * the totals of complete rounds, as `hunt` uses them; so what a round runs never depends on its timing, its shards or how
 * many control planes there are. How many rounds there are may depend on time, where the campaign asked for that: the
 * database's, since the campaign was created, so that a restart of this process changes nothing.
 */
import {
  allocate,
  parseBug,
  type Plan,
  type Round,
  stopReason,
  type StopRule,
} from '@lastref/exploration';
import {
  type CompleteRound,
  type Database,
  listCompleteRounds,
  listParts,
  openRound,
  stopRounds,
  type StoredPart,
} from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { DATABASE } from '../storage/storage.module.js';
import { engineTotals } from './ledger.js';

@Injectable()
export class RoundOpener {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** How many rounds it began. */
  async advance(): Promise<number> {
    let opened = 0;
    for (const complete of await listCompleteRounds(this.database)) {
      if (await this.judge(complete)) opened += 1;
    }
    return opened;
  }

  private async judge(complete: CompleteRound): Promise<boolean> {
    const { campaign, program, round, stop, elapsedMs, ...plan } = complete;
    const parts = await listParts(this.database, campaign, program);
    const history = roundsOf(parts, round);
    const reason = stopReason(ruleOf(stop, program), history, plan, elapsedMs);
    if (reason !== null) {
      await stopRounds(this.database, complete, reason);
      return false;
    }
    return openRound(this.database, complete, nextOf(history, plan));
  }
}

const nextOf = (history: readonly Round[], plan: Plan): ReturnType<typeof allocate> =>
  allocate(history.length, history, plan);

/** Up to this round: another control plane may have begun the next one meanwhile. */
function roundsOf(parts: readonly StoredPart[], last: number): Round[] {
  return Array.from({ length: last + 1 }, (_, round) =>
    parts
      .filter((part) => part.round === round)
      .map((part) => {
        const { strategy, seedFrom, seedEnd } = part;
        return { strategy, seedFrom, count: seedEnd - seedFrom, totals: engineTotals(part) };
      }),
  );
}

function ruleOf(stop: CompleteRound['stop'], program: string): StopRule {
  if (typeof stop === 'string') return { kind: stop };
  if ('elapsedMs' in stop) return { kind: 'time', ms: stop.elapsedMs };
  if ('confidenceWidth' in stop) return { kind: 'ci', width: stop.confidenceWidth };
  const awaited = stop.firstFailureOf.find((entry) => entry.program === program);
  if (awaited === undefined) return { kind: 'first-failure' };
  return { kind: 'first-failure', bugs: awaited.bugs.flatMap((text) => parseBug(text) ?? []) };
}
