/** Replays: synchronous, on the engine's threads. */
import { Module } from '@nestjs/common';
import { ProgramsModule } from '../programs/programs.module.js';
import { ReplaysController } from './replays.controller.js';
import { ReplaysService } from './replays.service.js';

@Module({
  imports: [ProgramsModule],
  controllers: [ReplaysController],
  providers: [ReplaysService],
  exports: [ReplaysService],
})
export class ReplaysModule {}
