/**
 * Collects what the front page shows. A reproduction that cannot be drawn says so in its place; it
 * never takes the page with it, nor does one that takes long.
 */
import type { Bug } from '@lastref/contracts';
import { type Database, listCampaigns } from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { BugsService } from '../bugs/bugs.service.js';
import { campaignSummary } from '../campaigns/campaign-views.js';
import { HealthService } from '../health/health.service.js';
import { Problem } from '../http/problem.js';
import { TooLate, within } from '../http/within.js';
import { IncidentsService } from '../incidents/incidents.service.js';
import { Interleavings } from '../reproductions/interleavings.js';
import { DATABASE } from '../storage/storage.module.js';
import type { Drawn, PageData, ShownBug } from './page-data.js';

const SHOWN_BUGS = 50;
const SHOWN_CAMPAIGNS = 10;
const SHOWN_INCIDENTS = 3;

/** What is not drawn by then is drawn for the next page: the first one after a start has the most to wait for. */
const DRAWING_MS = 5_000;
/** Characters of one drawing: fifty of them make a page. */
const LONGEST_DRAWN = 64 * 1024;
const STILL_DRAWN = 'it is still being drawn; load the page again';

@Injectable()
export class PageService {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly health: HealthService,
    private readonly bugs: BugsService,
    private readonly incidents: IncidentsService,
    private readonly interleavings: Interleavings,
  ) {}

  async collect(): Promise<PageData> {
    const [progress, campaigns, bugs, incidents] = await Promise.all([
      this.health.progress(),
      listCampaigns(this.database, { limit: SHOWN_CAMPAIGNS }),
      this.bugs.list({ limit: SHOWN_BUGS }),
      this.incidents.list({ limit: SHOWN_INCIDENTS, state: 'open' }),
    ]);
    return {
      progress,
      incidents: incidents.items,
      moreIncidents: incidents.next !== null,
      campaigns: campaigns.map(campaignSummary),
      bugs: await Promise.all(failuresFirst(bugs.items).map((bug) => this.show(bug))),
      moreBugs: bugs.next !== null,
    };
  }

  async bug(id: number): Promise<ShownBug> {
    return this.show(await this.bugs.get(id));
  }

  private async show(bug: Bug): Promise<ShownBug> {
    const { reproduction } = bug;
    return { bug, drawn: reproduction === null ? null : await this.draw(reproduction) };
  }

  private async draw(reproduction: NonNullable<Bug['reproduction']>): Promise<Drawn> {
    try {
      const { interleaving } = await within(DRAWING_MS, this.interleavings.draw(reproduction));
      if (interleaving.length <= LONGEST_DRAWN) return { ok: true, interleaving };
      const place = `/api/v1/reproductions/${reproduction.id}/text`;
      return { ok: false, message: `it is too long for this page; it stands at ${place}` };
    } catch (error) {
      if (error instanceof TooLate) return { ok: false, message: STILL_DRAWN };
      if (!(error instanceof Problem)) throw error;
      return { ok: false, message: error.detail };
    }
  }
}

/** What fails stands above what is only reported; within each, newest first. */
function failuresFirst(bugs: readonly Bug[]): Bug[] {
  return [...bugs].sort((one, other) => Number(one.report) - Number(other.report));
}
