/** The checks of an installation, for its doctor. */
import { Module } from '@nestjs/common';
import { HealthModule } from '../health/health.module.js';
import { ChecksController } from './checks.controller.js';
import { ChecksService } from './checks.service.js';

@Module({
  imports: [HealthModule],
  controllers: [ChecksController],
  providers: [ChecksService],
})
export class ChecksModule {}
