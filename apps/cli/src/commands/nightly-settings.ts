/** The options of `nightly add` and `nightly edit` in the words of the service. */
import type { NightlyEdit, NightlyStop, Overlap } from '@lastref/contracts';
import { parseStop, type StopRule } from '@lastref/exploration';
import { EXIT } from '../exit-codes.js';
import type { OrNone } from '../options.js';
import { ok, refused, type Result } from '../outcome.js';

export interface NightlyFlags {
  readonly url?: string | undefined;
  readonly name?: string | undefined;
  readonly cron?: string | undefined;
  readonly zone?: string | undefined;
  readonly schedules?: number | undefined;
  readonly strategy?: string | undefined;
  readonly stop?: string | undefined;
  readonly overlap?: Overlap | undefined;
  readonly catchUp?: number | undefined;
  readonly shardSize?: OrNone | undefined;
  readonly deadline?: OrNone | undefined;
  readonly canary?: number | undefined;
}

export function settingsOf(flags: NightlyFlags): Result<NightlyEdit> {
  const rule = flags.stop === undefined ? null : parseStop(flags.stop);
  if (rule?.ok === false) return refused(EXIT.usage, `--stop: ${rule.message}`);
  const settings: NightlyEdit = {
    name: flags.name,
    cron: flags.cron,
    zone: flags.zone,
    schedules: flags.schedules,
    strategy: flags.strategy,
    stop: rule === null ? undefined : stopOf(rule.rule),
    shardSize: orNull(flags.shardSize),
    overlap: flags.overlap,
    catchUpMinutes: flags.catchUp,
    deadlineMinutes: orNull(flags.deadline),
    canaryMinutes: flags.canary,
  };
  return ok(settings);
}

const orNull = (value: OrNone | undefined): number | null | undefined =>
  value === 'none' ? null : value;

/** A first failure is any: programs change from night to night, and with them what is expected. */
function stopOf(rule: StopRule): NightlyStop {
  switch (rule.kind) {
    case 'count':
    case 'first-failure':
      return rule.kind;
    case 'ci':
      return { confidenceWidth: rule.width };
    case 'time':
      return { elapsedMs: rule.ms };
  }
}
