/**
 * The nightly a new installation starts with: every scenario that comes with Lastref, at two o'clock. Its idempotency key is
 * always the same, so asking again makes no second one, whoever changed or removed the first.
 */
import type { NightlyRequest } from '@lastref/contracts';
import { catalogue, SCENARIOS } from '@lastref/scenarios';
import { FIRST_NIGHT_SCHEDULES } from '../limits.js';
import { DEFAULT_STRATEGY } from '../programs/resolve-run.js';

export const FIRST_NIGHT_KEY = 'first-night';
const TWO_O_CLOCK = '0 2 * * *';

const firstNightScenarios = (): string[] => [...new Set(SCENARIOS.map(({ name }) => name))];

/** One by one: compiling all of them takes a while. */
export const firstNightAddresses = (): string[] =>
  catalogue().map((row) => `${row.scenario}/${row.variant}/${row.case}`);

export const firstNightRequest = (): Pick<
  NightlyRequest,
  'name' | 'cron' | 'zone' | 'programs' | 'strategy' | 'schedules'
> => ({
  name: 'nightly',
  cron: TWO_O_CLOCK,
  zone: new Intl.DateTimeFormat('en').resolvedOptions().timeZone,
  programs: firstNightScenarios(),
  strategy: DEFAULT_STRATEGY,
  schedules: FIRST_NIGHT_SCHEDULES,
});
