/** /api/v1/health/checks: what `lastref doctor` reads. */
import type { Checks } from '@lastref/contracts';
import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Describe } from '../openapi/describe.js';
import { ChecksService } from './checks.service.js';

@ApiTags('health')
@Controller('api/v1/health/checks')
export class ChecksController {
  constructor(private readonly checks: ChecksService) {}

  @Get()
  @Describe('runChecks', 'Looks at the servers and the work; each finding says what to do.')
  @Answers(200, 'Checks', 'the findings, also where something is out of reach')
  run(): Promise<Checks> {
    return this.checks.run();
  }
}
