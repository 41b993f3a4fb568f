/** The checks of an installation, for its doctor. */
import { Module } from '@nestjs/common';
import { DispatchModule } from '../dispatch/dispatch.module.js';
import { HealthModule } from '../health/health.module.js';
import { ChecksController } from './checks.controller.js';
import { ChecksService } from './checks.service.js';

@Module({
  imports: [DispatchModule, HealthModule],
  controllers: [ChecksController],
  providers: [ChecksService],
})
export class ChecksModule {}
