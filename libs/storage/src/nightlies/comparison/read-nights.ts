/**
 * What the last nights of a nightly ran and met: the material of judge-bugs.ts. Counters only, of COMPARED_NIGHTS nights.
 * Raw, because counters are summed over joins and grouped.
 */
import type { Queryable, Store } from '../../database/database.js';
import { safeNumber } from '../../database/numbers.js';
import { bool, int8, statement, text } from '../../database/statement.js';
import { COMPARED_NIGHTS } from '../../limits.js';
import { listBugEvents } from '../../bugs/bug-events.js';
import type { MetBug, Night } from './judge-bugs.js';

const NIGHTS = statement(
  { campaign: int8 },
  `
  SELECT c.id AS campaign
    FROM tick t
    JOIN campaign c ON c.id = t.campaign_id
    JOIN tick this ON this.id = $1
   WHERE t.nightly_id = this.nightly_id AND t.campaign_id <= this.campaign_id
     AND (c.state <> 'running' OR t.id = this.id)
   ORDER BY t.campaign_id DESC
   LIMIT $2`,
);

const RAN = statement(
  { campaign: int8, place: text, schedules: int8 },
  `
  SELECT p.campaign_id AS campaign, g.scenario || '/' || g.variant AS place,
         sum(p.schedules)::int8 AS schedules
    FROM campaign_part p
    JOIN program g ON g.id = p.program_id
   WHERE p.campaign_id = ANY($1::int8[])
   GROUP BY 1, 2`,
);

const MET = statement(
  {
    campaign: int8,
    count: int8,
    bug: int8,
    scenario: text,
    variant: text,
    signature: text,
    report: bool,
  },
  `
  SELECT m.campaign_id AS campaign, m.count, b.id AS bug, b.scenario, b.variant,
         s.text AS signature, s.report
    FROM bug_campaign m
    JOIN bug b ON b.id = m.bug_id
    JOIN signature s ON s.id = b.signature_id
   WHERE m.campaign_id = ANY($1::int8[])
   ORDER BY b.id`,
);

export interface Nights {
  /** Oldest first; the last is the one asked for. */
  nights: Night[];
  bugs: MetBug[];
}

export async function readNights(tx: Store & Queryable, tick: number): Promise<Nights> {
  const newestFirst = await tx.run(NIGHTS, [tick, COMPARED_NIGHTS]);
  const campaigns = newestFirst.map((row) => row.campaign).reverse();
  const ran = await tx.run(RAN, [campaigns]);
  const nights = campaigns.map((campaign) => ({
    campaign,
    schedules: new Map(
      ran
        .filter((row) => row.campaign === campaign)
        .map(({ place, schedules }) => [place, safeNumber(schedules)]),
    ),
  }));
  const met = await tx.run(MET, [campaigns]);
  const ids = [...new Set(met.map((row) => row.bug))];
  const histories = await listBugEvents(tx, ids);
  const bugs = ids.flatMap((bug): MetBug[] => {
    const rows = met.filter((row) => row.bug === bug);
    const [first] = rows;
    if (first === undefined) return [];
    const { scenario, variant, signature, report } = first;
    const counts = campaigns.map(
      (campaign) => rows.find((row) => row.campaign === campaign)?.count ?? 0,
    );
    return [
      { bug, scenario, variant, signature, report, counts, history: histories.get(bug) ?? [] },
    ];
  });
  return { nights, bugs };
}
