/** /api/v1/campaigns */
import { campaignListQuerySchema, campaignRequestSchema, idTextSchema } from '@lastref/contracts';
import type {
  Campaign,
  CampaignListQuery,
  CampaignRequest,
  CampaignSummary,
  Page,
} from '@lastref/contracts';
import { Body, Controller, Get, HttpCode, type MessageEvent } from '@nestjs/common';
import { Param, Post, Query, Res, Sse } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Observable } from 'rxjs';
import { IdempotencyKey } from '../http/idempotency-key.js';
import { ZodPipe } from '../http/zod.pipe.js';
import { Accepts, Answers, AnswersText, Describe } from '../openapi/describe.js';
import { HonoursIdempotencyKey, PathParameter } from '../openapi/describe.js';
import { Problems, QueryParameters } from '../openapi/describe.js';
import { CampaignEvents } from './campaign-events.js';
import { CampaignsService } from './campaigns.service.js';

@ApiTags('campaigns')
@Controller('api/v1/campaigns')
export class CampaignsController {
  constructor(
    private readonly campaigns: CampaignsService,
    private readonly events: CampaignEvents,
  ) {}

  @Post()
  @Describe('createCampaign', 'Starts a campaign over stored programs.')
  @Accepts('CampaignRequest')
  @HonoursIdempotencyKey()
  @Answers(201, 'Campaign', 'started')
  @Answers(200, 'Campaign', 'the campaign that this Idempotency-Key started before')
  @Problems(
    'invalid-json',
    'invalid-request',
    'idempotency-conflict',
    'body-too-large',
    'unsupported-media-type',
    'invalid-body',
    'unknown-program',
    'too-many',
  )
  async create(
    @Body(new ZodPipe(campaignRequestSchema, 'body')) request: CampaignRequest,
    @IdempotencyKey() key: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Campaign> {
    const { created, campaign } = await this.campaigns.create(request, key);
    response.status(created ? 201 : 200).location(`/api/v1/campaigns/${campaign.id}`);
    return campaign;
  }

  @Get()
  @Describe('listCampaigns', 'Campaigns, newest first.')
  @QueryParameters(campaignListQuerySchema)
  @Answers(200, 'CampaignPage', 'a page')
  @Problems('invalid-query')
  list(
    @Query(new ZodPipe(campaignListQuerySchema, 'query')) query: CampaignListQuery,
  ): Promise<Page<CampaignSummary>> {
    return this.campaigns.list(query);
  }

  @Get(':id')
  @Describe('getCampaign', 'One campaign with the counters of its parts.')
  @PathParameter('id', idTextSchema)
  @Answers(200, 'Campaign', 'the campaign')
  @Problems('invalid-query', 'not-found')
  get(@Param('id', new ZodPipe(idTextSchema, 'param')) id: number): Promise<Campaign> {
    return this.campaigns.get(id);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Describe('cancelCampaign', 'Ends a running campaign; what was counted stays.')
  @PathParameter('id', idTextSchema)
  @Answers(200, 'Campaign', 'the cancelled campaign')
  @Problems('invalid-query', 'not-found', 'campaign-over')
  cancel(@Param('id', new ZodPipe(idTextSchema, 'param')) id: number): Promise<Campaign> {
    return this.campaigns.cancel(id);
  }

  @Post(':id/retry')
  @HttpCode(200)
  @Describe('retryCampaign', 'Lets an incomplete campaign run on; what was counted stays.')
  @PathParameter('id', idTextSchema)
  @Answers(200, 'Campaign', 'the running campaign')
  @Problems('invalid-query', 'not-found', 'not-incomplete', 'incident-open', 'too-many')
  retry(@Param('id', new ZodPipe(idTextSchema, 'param')) id: number): Promise<Campaign> {
    return this.campaigns.retry(id);
  }

  @Sse(':id/events')
  @Describe('watchCampaign', 'Snapshots of a campaign while it runs; ends when the campaign does.')
  @PathParameter('id', idTextSchema)
  @AnswersText('text/event-stream', 'events named `campaign`, each with a CampaignSummary as data')
  @Problems('invalid-query', 'not-found', 'too-many')
  watch(
    @Param('id', new ZodPipe(idTextSchema, 'param')) id: number,
  ): Promise<Observable<MessageEvent>> {
    return this.events.watch(id);
  }
}
