/** The front page: what is running and every bug with its reproduction. */
import { Module } from '@nestjs/common';
import { BugsModule } from '../bugs/bugs.module.js';
import { HealthModule } from '../health/health.module.js';
import { IncidentsModule } from '../incidents/incidents.module.js';
import { ReproductionsModule } from '../reproductions/reproductions.module.js';
import { PageController } from './page.controller.js';
import { PageService } from './page.service.js';

@Module({
  imports: [BugsModule, HealthModule, IncidentsModule, ReproductionsModule],
  controllers: [PageController],
  providers: [PageService],
})
export class PageModule {}
