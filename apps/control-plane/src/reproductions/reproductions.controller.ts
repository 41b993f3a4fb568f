/** /api/v1/reproductions */
import {
  exportFormatSchema,
  exportQuerySchema,
  idTextSchema,
  reproductionListQuerySchema,
} from '@lastref/contracts';
import type { ExportQuery, Page, Reproduction, ReproductionListQuery } from '@lastref/contracts';
import { Controller, Get, Header, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodPipe } from '../http/zod.pipe.js';
import { Answers, AnswersText, Describe, PathParameter } from '../openapi/describe.js';
import { Problems, QueryParameters } from '../openapi/describe.js';
import { ExportsService } from './exports.service.js';
import { ReproductionsService } from './reproductions.service.js';

@ApiTags('reproductions')
@Controller('api/v1/reproductions')
export class ReproductionsController {
  constructor(
    private readonly reproductions: ReproductionsService,
    private readonly exports: ExportsService,
  ) {}

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

  @Get(':id/exports/:format')
  @Describe('exportReproduction', 'The run in a format of another tool; see docs/exports.md.')
  @PathParameter('id', idTextSchema)
  @PathParameter('format', exportFormatSchema)
  @QueryParameters(exportQuerySchema)
  @AnswersText('text/plain', 'in the media type of the format')
  @Problems('invalid-query', 'not-found', 'replay-refused', 'replay-too-long', 'unavailable')
  async export(
    @Param('id', new ZodPipe(idTextSchema, 'param')) id: number,
    @Param('format', new ZodPipe(exportFormatSchema, 'param')) name: string,
    @Query(new ZodPipe(exportQuerySchema, 'query')) query: ExportQuery,
  ): Promise<StreamableFile> {
    const { format, text } = await this.exports.render(id, name, query);
    const disposition = `inline; filename="reproduction-${id}${format.extension}"`;
    return new StreamableFile(Buffer.from(text), { type: format.mediaType, disposition });
  }
}
