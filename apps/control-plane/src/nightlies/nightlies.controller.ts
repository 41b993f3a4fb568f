/** /api/v1/nightlies */
import {
  comparisonQuerySchema,
  idTextSchema,
  nightlyEditSchema,
  nightlyListQuerySchema,
  nightlyRequestSchema,
  pageQuerySchema,
} from '@lastref/contracts';
import type {
  Comparison,
  ComparisonQuery,
  Nightly,
  NightlyEdit,
  NightlyListQuery,
  NightlyRequest,
  Page,
  PageQuery,
  Tick,
} from '@lastref/contracts';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch } from '@nestjs/common';
import { Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { IdempotencyKey } from '../http/idempotency-key.js';
import { ZodPipe } from '../http/zod.pipe.js';
import { Accepts, Answers, Describe, HonoursIdempotencyKey } from '../openapi/describe.js';
import { PathParameter, Problems, QueryParameters } from '../openapi/describe.js';
import { NightliesService } from './nightlies.service.js';
import { NightsService } from './nights.service.js';

const ID = new ZodPipe(idTextSchema, 'param');
const BAD_BODY = [
  'invalid-json',
  'invalid-request',
  'body-too-large',
  'unsupported-media-type',
  'invalid-body',
] as const;

@ApiTags('nightlies')
@Controller('api/v1/nightlies')
export class NightliesController {
  constructor(
    private readonly nightlies: NightliesService,
    private readonly nights: NightsService,
  ) {}

  @Post()
  @Describe('createNightly', 'Sets up a campaign that starts again and again.')
  @Accepts('NightlyRequest')
  @HonoursIdempotencyKey()
  @Answers(201, 'Nightly', 'set up')
  @Answers(200, 'Nightly', 'the nightly that this Idempotency-Key set up before')
  @Problems(...BAD_BODY, 'idempotency-conflict', 'name-taken', 'unknown-program', 'too-many')
  async create(
    @Body(new ZodPipe(nightlyRequestSchema, 'body')) request: NightlyRequest,
    @IdempotencyKey() key: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Nightly> {
    const { created, nightly } = await this.nightlies.create(request, key);
    response.status(created ? 201 : 200).location(`/api/v1/nightlies/${nightly.id}`);
    return nightly;
  }

  @Get()
  @Describe('listNightlies', 'Nightlies that were not removed, newest first.')
  @QueryParameters(nightlyListQuerySchema)
  @Answers(200, 'NightlyPage', 'a page')
  @Problems('invalid-query')
  list(
    @Query(new ZodPipe(nightlyListQuerySchema, 'query')) query: NightlyListQuery,
  ): Promise<Page<Nightly>> {
    return this.nightlies.list(query);
  }

  @Get(':id')
  @Describe('getNightly', 'One nightly, with its last due time.')
  @PathParameter('id', idTextSchema)
  @Answers(200, 'Nightly', 'the nightly')
  @Problems('invalid-query', 'not-found')
  get(@Param('id', ID) id: number): Promise<Nightly> {
    return this.nightlies.get(id);
  }

  @Patch(':id')
  @Describe('editNightly', 'Changes a nightly; the nights to come are as it then says.')
  @PathParameter('id', idTextSchema)
  @Accepts('NightlyEdit')
  @Answers(200, 'Nightly', 'the changed nightly')
  @Problems('invalid-query', 'not-found', ...BAD_BODY, 'name-taken', 'unknown-program')
  edit(
    @Param('id', ID) id: number,
    @Body(new ZodPipe(nightlyEditSchema, 'body')) change: NightlyEdit,
  ): Promise<Nightly> {
    return this.nightlies.edit(id, change);
  }

  @Post(':id/pause')
  @HttpCode(200)
  @Describe('pauseNightly', 'Nothing of it starts until it is resumed; a night that runs goes on.')
  @PathParameter('id', idTextSchema)
  @Answers(200, 'Nightly', 'the paused nightly')
  @Problems('invalid-query', 'not-found')
  pause(@Param('id', ID) id: number): Promise<Nightly> {
    return this.nightlies.pause(id);
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Describe('resumeNightly', 'It is due again from now on; what passed is not caught up.')
  @PathParameter('id', idTextSchema)
  @Answers(200, 'Nightly', 'the resumed nightly')
  @Problems('invalid-query', 'not-found')
  resume(@Param('id', ID) id: number): Promise<Nightly> {
    return this.nightlies.resume(id);
  }

  @Delete(':id')
  @Describe('removeNightly', 'Ends a nightly; its history stays, its name is free.')
  @PathParameter('id', idTextSchema)
  @Answers(200, 'Nightly', 'the removed nightly')
  @Problems('invalid-query', 'not-found')
  remove(@Param('id', ID) id: number): Promise<Nightly> {
    return this.nightlies.remove(id);
  }

  @Get(':id/ticks')
  @Describe('listTicks', 'Its due times and what came of them, newest first.')
  @PathParameter('id', idTextSchema)
  @QueryParameters(pageQuerySchema)
  @Answers(200, 'TickPage', 'a page')
  @Problems('invalid-query', 'not-found')
  ticks(
    @Param('id', ID) id: number,
    @Query(new ZodPipe(pageQuerySchema, 'query')) query: PageQuery,
  ): Promise<Page<Tick>> {
    return this.nights.ticks(id, query);
  }

  @Get(':id/comparison')
  @Describe('compareNight', 'A night beside the nights before: bugs new, gone and regressed.')
  @PathParameter('id', idTextSchema)
  @QueryParameters(comparisonQuerySchema)
  @Answers(200, 'Comparison', 'the comparison')
  @Problems('invalid-query', 'not-found')
  compare(
    @Param('id', ID) id: number,
    @Query(new ZodPipe(comparisonQuerySchema, 'query')) query: ComparisonQuery,
  ): Promise<Comparison> {
    return this.nights.compare(id, query);
  }
}
