/** Nightlies: set up and shown, and swept while the application runs. */
import { Module } from '@nestjs/common';
import { DispatchModule } from '../dispatch/dispatch.module.js';
import { CanaryStore } from './canaries/canary-store.js';
import { NightliesController } from './nightlies.controller.js';
import { NightliesService } from './nightlies.service.js';
import { NightlyClock } from './nightly-clock.service.js';
import { NightlySweeper } from './nightly-sweeper.service.js';
import { NightsService } from './nights.service.js';

@Module({
  imports: [DispatchModule],
  controllers: [NightliesController],
  providers: [NightliesService, NightsService, CanaryStore, NightlySweeper, NightlyClock],
  exports: [NightliesService],
})
export class NightliesModule {}
