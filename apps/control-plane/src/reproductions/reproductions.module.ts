/** Reproductions: minimal schedules with their grade, drawn by replaying them. */
import { Module } from '@nestjs/common';
import { ReplaysModule } from '../replays/replays.module.js';
import { ExportsService } from './exports.service.js';
import { Interleavings } from './interleavings.js';
import { ReproductionsController } from './reproductions.controller.js';
import { ReproductionsService } from './reproductions.service.js';

@Module({
  imports: [ReplaysModule],
  controllers: [ReproductionsController],
  providers: [ReproductionsService, ExportsService, Interleavings],
  exports: [Interleavings],
})
export class ReproductionsModule {}
