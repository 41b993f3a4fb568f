/** /api/v1/scenarios */
import { scenarioListQuerySchema } from '@lastref/contracts';
import type { Page, PageQuery, Scenario } from '@lastref/contracts';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodPipe } from '../http/zod.pipe.js';
import { Answers, Describe, Problems, QueryParameters } from '../openapi/describe.js';
import { ScenariosService } from './scenarios.service.js';

@ApiTags('scenarios')
@Controller('api/v1/scenarios')
export class ScenariosController {
  constructor(private readonly scenarios: ScenariosService) {}

  @Get()
  @Describe('listScenarios', 'Scenarios with their variants and cases, by name.')
  @QueryParameters(scenarioListQuerySchema)
  @Answers(200, 'ScenarioPage', 'a page')
  @Problems('invalid-query')
  list(
    @Query(new ZodPipe(scenarioListQuerySchema, 'query')) query: PageQuery,
  ): Promise<Page<Scenario>> {
    return this.scenarios.list(query);
  }
}
