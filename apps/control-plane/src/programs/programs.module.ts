/** Programs: stored, listed, and found by address or digest. */
import { Module } from '@nestjs/common';
import { ProgramResolver } from './program-resolver.js';
import { ProgramsController } from './programs.controller.js';
import { ProgramsService } from './programs.service.js';

@Module({
  controllers: [ProgramsController],
  providers: [ProgramsService, ProgramResolver],
  exports: [ProgramResolver],
})
export class ProgramsModule {}
