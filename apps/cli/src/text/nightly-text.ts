/** Nightlies and their due times for people. Times are those of the nightly's own zone. */
import type { Nightly, Tick } from '@lastref/contracts';
import { count } from './numbers.js';
import { table } from './table.js';

/** `2026-11-29 02:00` as the clocks of the zone show it. */
export function localTime(iso: string, zone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return parts.format(new Date(iso));
}

const dueText = ({ state, nextDueAt, zone }: Nightly): string =>
  nextDueAt === null ? state : `${localTime(nextDueAt, zone)} ${zone}`;

/** What came of a due time, in a few words. */
export function tickText(tick: Tick): string {
  const { state, campaign, late } = tick;
  if (campaign === null) return state;
  return `campaign ${campaign.id} ${campaign.state}${late ? ', late' : ''}`;
}

const lastText = ({ lastTick, zone }: Nightly): string =>
  lastTick === null ? 'none yet' : `${localTime(lastTick.dueAt, zone)}: ${tickText(lastTick)}`;

const LIST_HEAD = ['id', 'name', 'next due', 'last', 'programs'];

export const nightlyTable = (nightlies: readonly Nightly[]): string =>
  nightlies.length === 0
    ? 'no nightlies; npx --no lastref nightly add nbd --name nbd sets one up'
    : table([
        LIST_HEAD,
        ...nightlies.map((nightly) => [
          String(nightly.id),
          nightly.name,
          dueText(nightly),
          lastText(nightly),
          nightly.programs.join(' '),
        ]),
      ]);

export function nightlyText(nightly: Nightly): string {
  const { id, name, state, cron, zone, programs, strategy, stop, schedules, overlap } = nightly;
  const rule = typeof stop === 'string' ? stop : JSON.stringify(stop);
  const { deadlineMinutes, catchUpMinutes, canaryMinutes } = nightly;
  return [
    `nightly ${id} (${name}): ${state}`,
    `  next due  ${dueText(nightly)}, by "${cron}"${state === 'active' ? '' : ` in ${zone}`}`,
    `  last      ${lastText(nightly)}`,
    `  runs      ${programs.join(' ')}: ${strategy}, ${count(schedules)} schedules each, stop ${rule}`,
    `  while the night before runs: ${overlap}; caught up within ${catchUpMinutes} min`,
    `  late after ${deadlineMinutes === null ? 'the next due time' : `${deadlineMinutes} min`}, canaries after ${canaryMinutes} min`,
  ].join('\n');
}

const HISTORY_HEAD = [
  'tick',
  'due',
  'what',
  'executed',
  'failing',
  'new',
  'gone',
  'regressed',
  'canaries',
];

export const historyTable = (zone: string, ticks: readonly Tick[]): string =>
  ticks.length === 0
    ? 'it has not been due yet'
    : table([HISTORY_HEAD, ...ticks.map((tick) => historyRow(zone, tick))]);

function historyRow(zone: string, tick: Tick): string[] {
  const { id, dueAt, campaign, bugs, canary, canaryLate, message } = tick;
  const what = campaign === null && message !== null ? `${tick.state}: ${message}` : tickText(tick);
  const canaries = canary === null ? '' : `${canary}${canaryLate ? ', late' : ''}`;
  const counts = [bugs?.new, bugs?.gone, bugs?.regressed].map((bug) =>
    bug === undefined ? '' : count(bug),
  );
  return [
    String(id),
    localTime(dueAt, zone),
    what,
    campaign === null ? '' : count(campaign.executed),
    campaign === null ? '' : count(campaign.failing),
    ...counts,
    canaries,
  ];
}
