/**
 * Events of campaigns by SSE. All watchers share one poll of Postgres' counters, which runs only while
 * somebody watches; Redis is not asked. A watcher gets a snapshot at once, then one per poll in which
 * something changed, and the stream ends with the snapshot of the ended campaign.
 */
import { type CampaignSummary, MAX_RUNNING_CAMPAIGNS } from '@lastref/contracts';
import { type Database, findCampaign, listCampaigns } from '@lastref/storage';
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import type { MessageEvent } from '@nestjs/common';
import type { Logger } from 'pino';
import {
  catchError,
  concat,
  concatMap,
  defer,
  distinctUntilChanged,
  EMPTY,
  exhaustMap,
  finalize,
  from,
  map,
  type Observable,
  of,
  share,
  Subject,
  takeUntil,
  takeWhile,
  timer,
} from 'rxjs';
import { LOGGER } from '../http/logger.js';
import { Problem } from '../http/problem.js';
import { DATABASE } from '../storage/storage.module.js';
import { campaignSummary } from './campaign-views.js';

const POLL_MS = 500;
const MAX_WATCHERS = 100;

@Injectable()
export class CampaignEvents implements BeforeApplicationShutdown {
  private watchers = 0;
  private readonly closing = new Subject<void>();
  private readonly running: Observable<Map<number, CampaignSummary>>;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.running = timer(POLL_MS, POLL_MS).pipe(
      exhaustMap(() => from(this.readRunning()).pipe(this.skipFailure())),
      share(),
    );
  }

  beforeApplicationShutdown(): void {
    this.closing.next();
    this.closing.complete();
  }

  async watch(id: number): Promise<Observable<MessageEvent>> {
    if (this.watchers >= MAX_WATCHERS) {
      throw new Problem('too-many', `at most ${MAX_WATCHERS} clients watch at a time`);
    }
    const first = await this.read(id);
    if (first === null) throw new Problem('not-found', `there is no campaign ${id}`);
    const later = this.running.pipe(concatMap((running) => this.next(id, running)));
    const snapshots = concat(of(first), first.state === 'running' ? later : EMPTY);
    return this.counted(snapshots).pipe(
      takeWhile((campaign) => campaign.state === 'running', true),
      map((campaign) => JSON.stringify(campaign)),
      distinctUntilChanged(),
      map((data) => ({ type: 'campaign', data })),
      takeUntil(this.closing),
    );
  }

  /** A watcher counts while it is subscribed: one that went away before that has never been one. */
  private counted<T>(source: Observable<T>): Observable<T> {
    return defer(() => {
      this.watchers += 1;
      return source.pipe(
        finalize(() => {
          this.watchers -= 1;
        }),
      );
    });
  }

  /** The campaign in this poll; one that is no longer among the running ones is read once more. */
  private next(id: number, running: Map<number, CampaignSummary>): Observable<CampaignSummary> {
    const campaign = running.get(id);
    if (campaign !== undefined) return of(campaign);
    return from(this.read(id)).pipe(
      concatMap((ended) => (ended === null ? EMPTY : of(ended))),
      this.skipFailure(),
    );
  }

  private async read(id: number): Promise<CampaignSummary | null> {
    const campaign = await findCampaign(this.database, id);
    return campaign === null ? null : campaignSummary(campaign);
  }

  private async readRunning(): Promise<Map<number, CampaignSummary>> {
    const page = { limit: MAX_RUNNING_CAMPAIGNS };
    const rows = await listCampaigns(this.database, page, 'running');
    return new Map(rows.map((row) => [row.id, campaignSummary(row)]));
  }

  /** A poll that fails is skipped: the next one tells the same, later. */
  private skipFailure<T>(): (source: Observable<T>) => Observable<T> {
    return catchError((error: unknown) => {
      this.logger.warn({ err: error }, 'reading campaigns for their watchers failed');
      return EMPTY;
    });
  }
}
