/** /api/v1/programs */
import { programListQuerySchema, programNameSchema } from '@lastref/contracts';
import type { Page, ProgramDetails, ProgramListQuery, ProgramSummary } from '@lastref/contracts';
import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { IdempotencyKey } from '../http/idempotency-key.js';
import { ZodPipe } from '../http/zod.pipe.js';
import { Accepts, Answers, Describe, HonoursIdempotencyKey } from '../openapi/describe.js';
import { PathParameter, Problems, QueryParameters } from '../openapi/describe.js';
import { ProgramsService } from './programs.service.js';

@ApiTags('programs')
@Controller('api/v1/programs')
export class ProgramsController {
  constructor(private readonly programs: ProgramsService) {}

  @Post()
  @Describe(
    'storeProgram',
    'Stores a program. Its digest is its key: storing it again is no change.',
  )
  @Accepts('ProgramDocument')
  @HonoursIdempotencyKey()
  @Answers(201, 'ProgramSummary', 'stored')
  @Answers(200, 'ProgramSummary', 'the program was stored before')
  @Problems(
    'invalid-json',
    'invalid-request',
    'idempotency-conflict',
    'body-too-large',
    'unsupported-media-type',
    'invalid-program',
    'too-many',
  )
  async store(
    @Body() body: unknown,
    @IdempotencyKey() key: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProgramSummary> {
    const { created, program } = await this.programs.store(body, key);
    response.status(created ? 201 : 200).location(`/api/v1/programs/${program.digest}`);
    return program;
  }

  @Get()
  @Describe('listPrograms', 'Stored programs, newest first.')
  @QueryParameters(programListQuerySchema)
  @Answers(200, 'ProgramPage', 'a page')
  @Problems('invalid-query')
  list(
    @Query(new ZodPipe(programListQuerySchema, 'query')) query: ProgramListQuery,
  ): Promise<Page<ProgramSummary>> {
    return this.programs.list(query);
  }

  @Get(':digest')
  @Describe('getProgram', 'One program with its document.')
  @PathParameter('digest', programNameSchema)
  @Answers(200, 'Program', 'the program')
  @Problems('invalid-query', 'not-found')
  get(
    @Param('digest', new ZodPipe(programNameSchema, 'param')) digest: string,
  ): Promise<ProgramDetails> {
    return this.programs.get(digest);
  }
}
