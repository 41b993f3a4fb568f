/** Campaigns: started, shown, watched, cancelled. */
import { Module } from '@nestjs/common';
import { DispatchModule } from '../dispatch/dispatch.module.js';
import { ProgramsModule } from '../programs/programs.module.js';
import { CampaignEvents } from './campaign-events.js';
import { CampaignsController } from './campaigns.controller.js';
import { CampaignsService } from './campaigns.service.js';

@Module({
  imports: [ProgramsModule, DispatchModule],
  controllers: [CampaignsController],
  providers: [CampaignsService, CampaignEvents],
})
export class CampaignsModule {}
