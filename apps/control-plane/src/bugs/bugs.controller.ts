/** /api/v1/bugs */
import { bugListQuerySchema, idTextSchema } from '@lastref/contracts';
import type { Bug, BugListQuery, Page } from '@lastref/contracts';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodPipe } from '../http/zod.pipe.js';
import { Answers, Describe, PathParameter } from '../openapi/describe.js';
import { Problems, QueryParameters } from '../openapi/describe.js';
import { BugsService } from './bugs.service.js';

@ApiTags('bugs')
@Controller('api/v1/bugs')
export class BugsController {
  constructor(private readonly bugs: BugsService) {}

  @Get()
  @Describe('listBugs', 'Bugs with their cheapest reproduction, newest first.')
  @QueryParameters(bugListQuerySchema)
  @Answers(200, 'BugPage', 'a page')
  @Problems('invalid-query')
  list(@Query(new ZodPipe(bugListQuerySchema, 'query')) query: BugListQuery): Promise<Page<Bug>> {
    return this.bugs.list(query);
  }

  @Get(':id')
  @Describe('getBug', 'One bug with its cheapest reproduction.')
  @PathParameter('id', idTextSchema)
  @Answers(200, 'Bug', 'the bug')
  @Problems('invalid-query', 'not-found')
  get(@Param('id', new ZodPipe(idTextSchema, 'param')) id: number): Promise<Bug> {
    return this.bugs.get(id);
  }
}
