/** What the front page shows. */
import type { Bug, CampaignSummary, Incident, Progress } from '@lastref/contracts';

export type Drawn = { ok: true; interleaving: string } | { ok: false; message: string };

export interface ShownBug {
  bug: Bug;
  /** Null while there is no reproduction yet. */
  drawn: Drawn | null;
}

export interface PageData {
  progress: Progress;
  /** Open ones, newest first. */
  incidents: readonly Incident[];
  moreIncidents: boolean;
  campaigns: readonly CampaignSummary[];
  bugs: readonly ShownBug[];
  moreBugs: boolean;
}
