/**
 * /api/v1/health: live says that the process answers, ready that database and queue do too, progress how
 * far the work is and who does it.
 */
import type { Progress } from '@lastref/contracts';
import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Describe, Problems } from '../openapi/describe.js';
import { HealthService } from './health.service.js';

@ApiTags('health')
@Controller('api/v1/health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('live')
  @Describe('live', 'Whether the process answers.')
  @Answers(200, 'Live', 'it does')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  @Get('ready')
  @Describe('ready', 'Whether the service can work: database and queue answer.')
  @Answers(200, 'Ready', 'they can')
  @Problems('unavailable')
  async ready(): Promise<{ status: 'ready' }> {
    await this.health.askServers();
    return { status: 'ready' };
  }

  @Get('progress')
  @Describe('progress', 'Workers alive, campaigns running, and shards by state.')
  @Answers(200, 'Progress', 'counters')
  @Problems('unavailable')
  progress(): Promise<Progress> {
    return this.health.progress();
  }
}
