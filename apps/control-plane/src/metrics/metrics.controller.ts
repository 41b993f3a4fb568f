/** /api/v1/metrics: what Prometheus scrapes. */
import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { AnswersText, Describe, Problems } from '../openapi/describe.js';
import { MetricsService } from './metrics.service.js';

@ApiTags('health')
@Controller('api/v1/metrics')
export class MetricsController {
  constructor(private readonly metrics: MetricsService) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Describe(
    'metrics',
    'Counters of the service and of this process, in the text form of Prometheus.',
  )
  @AnswersText('text/plain', 'metrics')
  @Problems('unavailable')
  async read(@Res({ passthrough: true }) response: Response): Promise<string> {
    const text = await this.metrics.read();
    response.setHeader('content-type', this.metrics.contentType);
    return text;
  }
}
