/** /api/v1/workers */
import { workerListQuerySchema } from '@lastref/contracts';
import type { Page, PageQuery, Worker } from '@lastref/contracts';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodPipe } from '../http/zod.pipe.js';
import { Answers, Describe, Problems, QueryParameters } from '../openapi/describe.js';
import { WorkersService } from './workers.service.js';

@ApiTags('workers')
@Controller('api/v1/workers')
export class WorkersController {
  constructor(private readonly workers: WorkersService) {}

  @Get()
  @Describe('listWorkers', 'Worker processes, newest first.')
  @QueryParameters(workerListQuerySchema)
  @Answers(200, 'WorkerPage', 'a page')
  @Problems('invalid-query')
  list(
    @Query(new ZodPipe(workerListQuerySchema, 'query')) query: PageQuery,
  ): Promise<Page<Worker>> {
    return this.workers.list(query);
  }
}
