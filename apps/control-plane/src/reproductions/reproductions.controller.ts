/** /api/v1/reproductions */
import { idTextSchema, reproductionListQuerySchema } from '@lastref/contracts';
import type { Page, Reproduction, ReproductionListQuery } from '@lastref/contracts';
import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodPipe } from '../http/zod.pipe.js';
import { Answers, AnswersText, Describe, PathParameter } from '../openapi/describe.js';
import { Problems, QueryParameters } from '../openapi/describe.js';
import { ReproductionsService } from './reproductions.service.js';

@ApiTags('reproductions')
@Controller('api/v1/reproductions')
export class ReproductionsController {
  constructor(private readonly reproductions: ReproductionsService) {}

  @Get()
  @Describe('listReproductions', 'Reproductions, newest first; of one bug if asked.')
  @QueryParameters(reproductionListQuerySchema)
  @Answers(200, 'ReproductionPage', 'a page')
  @Problems('invalid-query')
  list(
    @Query(new ZodPipe(reproductionListQuerySchema, 'query')) query: ReproductionListQuery,
  ): Promise<Page<Reproduction>> {
    return this.reproductions.list(query);
  }

  @Get(':id')
  @Describe('getReproduction', 'One reproduction with its grade, schedule and certificate.')
  @PathParameter('id', idTextSchema)
  @Answers(200, 'Reproduction', 'the reproduction')
  @Problems('invalid-query', 'not-found')
  get(@Param('id', new ZodPipe(idTextSchema, 'param')) id: number): Promise<Reproduction> {
    return this.reproductions.get(id);
  }

  @Get(':id/text')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Describe('drawReproduction', 'The report and the interleaving as text.')
  @PathParameter('id', idTextSchema)
  @AnswersText('text/plain', 'for reading')
  @Problems('invalid-query', 'not-found', 'replay-refused', 'replay-too-long', 'unavailable')
  text(@Param('id', new ZodPipe(idTextSchema, 'param')) id: number): Promise<string> {
    return this.reproductions.text(id);
  }
}
