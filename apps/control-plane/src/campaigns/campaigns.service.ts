/**
 * Starts, shows, cancels and retries campaigns. A campaign is made in one transaction with its idempotency key;
 * its shards are carved later by the dispatcher, so nothing here waits for Redis.
 */
import { createHash } from 'node:crypto';
import { MAX_RUNNING_CAMPAIGNS } from '@lastref/contracts';
import type {
  Campaign,
  CampaignListQuery,
  CampaignRequest,
  CampaignSummary,
  Page,
} from '@lastref/contracts';
import {
  cancelCampaign,
  createCampaign,
  type Database,
  findCampaign,
  listCampaigns,
  listMissingRanges,
  listParts,
  listRounds,
  listWaitingPrograms,
  retryCampaign,
} from '@lastref/storage';
import type { Tracing } from '@lastref/tracing';
import { Inject, Injectable } from '@nestjs/common';
import { DispatchBell } from '../dispatch/bell.js';
import { numberKey, readCursor } from '../http/cursor.js';
import { Problem } from '../http/problem.js';
import { toPage } from '../http/to-page.js';
import { ProgramResolver } from '../programs/program-resolver.js';
import { DATABASE } from '../storage/storage.module.js';
import { TRACING } from '../tracing/tracing.module.js';
import { campaignDetails, campaignSummary } from './campaign-views.js';
import { checkStrategy } from './check-strategy.js';
import { firstRound } from './first-round.js';

const KEY_SCOPE = 'campaigns';
const SHOWN_MISSING_RANGES = 200;
const TITLE_LENGTH = 80;

@Injectable()
export class CampaignsService {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(TRACING) private readonly tracing: Tracing,
    private readonly resolver: ProgramResolver,
    private readonly bell: DispatchBell,
  ) {}

  async create(
    request: CampaignRequest,
    key: string | undefined,
  ): Promise<{ created: boolean; campaign: Campaign }> {
    checkStrategy(request.strategy);
    const programs = await this.digestsOf(request.programs);
    checkAwaited(request.stop, programs);
    const result = await createCampaign(
      this.database,
      {
        title: request.title ?? request.programs.join(', ').slice(0, TITLE_LENGTH),
        programs,
        strategy: request.strategy,
        seedFrom: request.seedFrom,
        schedules: request.schedules,
        shardSize: request.shardSize,
        rounds: firstRound(request),
        traceParent: this.tracing.current(),
      },
      {
        mostRunning: MAX_RUNNING_CAMPAIGNS,
        ...(key === undefined
          ? {}
          : { key: { scope: KEY_SCOPE, key, requestDigest: digestOf(request) } }),
      },
    );
    switch (result.kind) {
      case 'created':
      case 'repeated':
        this.bell.ring();
        return { created: result.kind === 'created', campaign: await this.get(result.id) };
      case 'key-conflict':
        throw new Problem(
          'idempotency-conflict',
          'this Idempotency-Key made another campaign; use a new key for a new campaign',
        );
      case 'unknown-program':
        throw new Problem('unknown-program', `no program ${result.digest} is stored`);
      case 'too-many':
        throw tooMany();
    }
  }

  async list(query: CampaignListQuery): Promise<Page<CampaignSummary>> {
    const after = readCursor(query.after, numberKey);
    const page = { limit: query.limit + 1, after };
    const rows = await listCampaigns(this.database, page, query.state);
    return toPage(rows, query.limit, (row) => row.id, campaignSummary);
  }

  async get(id: number): Promise<Campaign> {
    const campaign = await findCampaign(this.database, id);
    if (campaign === null) throw new Problem('not-found', `there is no campaign ${id}`);
    const [parts, rounds, missing, waiting] = await Promise.all([
      listParts(this.database, id),
      listRounds(this.database, id),
      listMissingRanges(this.database, id, SHOWN_MISSING_RANGES),
      listWaitingPrograms(this.database, id),
    ]);
    return campaignDetails(campaign, { parts, rounds, missing, waiting });
  }

  async cancel(id: number): Promise<Campaign> {
    const cancelled = await cancelCampaign(this.database, id);
    const campaign = await this.get(id);
    if (!cancelled && campaign.state !== 'cancelled') {
      throw new Problem('campaign-over', `campaign ${id} is ${campaign.state} already`);
    }
    return campaign;
  }

  async retry(id: number): Promise<Campaign> {
    const result = await retryCampaign(this.database, id, MAX_RUNNING_CAMPAIGNS);
    switch (result.kind) {
      case 'retried':
        this.bell.ring();
        return this.get(id);
      case 'not-found':
        throw new Problem('not-found', `there is no campaign ${id}`);
      case 'not-incomplete':
        throw new Problem(
          'not-incomplete',
          `campaign ${id} is ${result.state}; only one that ended incomplete is retried`,
        );
      case 'incident-open':
        throw new Problem(
          'incident-open',
          `incident ${result.incident} stopped campaign ${id}; close it with a reason first`,
        );
      case 'too-many':
        throw tooMany();
    }
  }

  private async digestsOf(references: readonly string[]): Promise<string[]> {
    const resolved = await this.resolver.resolveAll(references);
    const errors = resolved.flatMap((result, index) => {
      if (result.ok) return [];
      return [{ pointer: `/programs/${index}`, ...result.error }];
    });
    const [first] = errors;
    if (first !== undefined) {
      throw new Problem('unknown-program', `${first.pointer}: ${first.message}`, { errors });
    }
    return resolved.flatMap((result) => (result.ok ? [result.program.digest] : []));
  }
}

const tooMany = (): Problem =>
  new Problem(
    'too-many',
    `at most ${MAX_RUNNING_CAMPAIGNS} campaigns run at a time; wait for one or cancel one`,
  );

/** Who waits for the bugs of a program that does not run has misspelt it. */
function checkAwaited(stop: CampaignRequest['stop'], programs: readonly string[]): void {
  if (typeof stop !== 'object' || !('firstFailureOf' in stop)) return;
  const errors = stop.firstFailureOf.flatMap(({ program }, index) => {
    if (programs.includes(program)) return [];
    const message = `must be the digest of a program of this campaign, not ${program}`;
    return [{ pointer: `/stop/firstFailureOf/${index}/program`, message }];
  });
  const [first] = errors;
  if (first === undefined) return;
  throw new Problem('invalid-body', `${first.pointer}: ${first.message}`, { errors });
}

/** Names a request: the parsed form has its members in one order and its defaults filled in. */
function digestOf(request: CampaignRequest): string {
  return createHash('sha256').update(JSON.stringify(request), 'utf8').digest('hex');
}
