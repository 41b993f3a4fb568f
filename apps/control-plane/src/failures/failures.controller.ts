/** /api/v1/failures */
import { failureListQuerySchema } from '@lastref/contracts';
import type { Failure, FailureListQuery, Page } from '@lastref/contracts';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodPipe } from '../http/zod.pipe.js';
import { Answers, Describe, Problems, QueryParameters } from '../openapi/describe.js';
import { FailuresService } from './failures.service.js';

@ApiTags('failures')
@Controller('api/v1/failures')
export class FailuresController {
  constructor(private readonly failures: FailuresService) {}

  @Get()
  @Describe('listFailures', 'Kept failures of one bug, lowest seeds first.')
  @QueryParameters(failureListQuerySchema)
  @Answers(200, 'FailurePage', 'a page')
  @Problems('invalid-query', 'not-found')
  list(
    @Query(new ZodPipe(failureListQuerySchema, 'query')) query: FailureListQuery,
  ): Promise<Page<Failure>> {
    return this.failures.list(query);
  }
}
