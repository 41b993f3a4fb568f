/** Incidents for people: a table of them, and one with what is needed to judge it. */
import type { Incident } from '@lastref/contracts';
import { table } from './table.js';

const HEAD = ['id', 'state', 'kind', 'campaign', 'opened', 'subject'];

export function incidentTable(incidents: readonly Incident[]): string {
  const rows = incidents.map(({ id, state, kind, campaign, createdAt, subject }) => [
    String(id),
    state,
    kind,
    campaign === null ? '' : String(campaign),
    createdAt,
    subject,
  ]);
  return rows.length === 0 ? 'no incidents' : table([HEAD, ...rows]);
}

export function incidentText(incident: Incident): string {
  const { id, kind, state, subject, campaign, shard, worker, counted, differing } = incident;
  const { createdAt, closedAt, closeReason, detail } = incident;
  const facts: readonly (readonly [string, string | number | null])[] = [
    ['opened', createdAt],
    ['campaign', campaign],
    ['shard', shard],
    ['worker', worker],
    ['counted', counted],
    ['differing', differing],
    ['closed', closedAt],
    ['reason', closeReason],
    ['detail', detail],
  ];
  return [
    `incident ${id} (${kind}): ${state}: ${subject}`,
    ...facts.flatMap(([name, value]) => (value === null ? [] : [`  ${name}: ${value}`])),
    ...(state === 'open'
      ? [`once you know why: npx --no lastref incident close ${id} --reason "..."`]
      : []),
  ].join('\n');
}
