/** /api/v1/replays */
import {
  type Replay,
  type ReplayRequest,
  replayRequestSchema,
  type Steps,
  type StepsRequest,
  stepsRequestSchema,
} from '@lastref/contracts';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodPipe } from '../http/zod.pipe.js';
import { Accepts, Answers, Describe, Problems } from '../openapi/describe.js';
import { ReplaysService } from './replays.service.js';

/** What may be wrong with a request that names a run, or with the run. */
const OF_A_RUN = [
  'invalid-json',
  'body-too-large',
  'unsupported-media-type',
  'invalid-body',
  'unknown-program',
  'replay-refused',
  'replay-too-long',
  'unavailable',
] as const;

@ApiTags('replays')
@Controller('api/v1/replays')
export class ReplaysController {
  constructor(private readonly replays: ReplaysService) {}

  @Post()
  @HttpCode(200)
  @Describe('replay', 'Runs one schedule again and answers every step of it. Stores nothing.')
  @Accepts('ReplayRequest')
  @Answers(200, 'Replay', 'the run')
  @Problems(...OF_A_RUN)
  replay(@Body(new ZodPipe(replayRequestSchema, 'body')) request: ReplayRequest): Promise<Replay> {
    return this.replays.replay(request);
  }

  @Post('steps')
  @HttpCode(200)
  @Describe(
    'replaySteps',
    'Answers a page of the states between the steps of one schedule. Stores nothing.',
  )
  @Accepts('StepsRequest')
  @Answers(200, 'Steps', 'the states, and where to go on')
  @Problems(...OF_A_RUN)
  steps(@Body(new ZodPipe(stepsRequestSchema, 'body')) request: StepsRequest): Promise<Steps> {
    return this.replays.steps(request);
  }
}
