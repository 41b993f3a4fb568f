/** Operations: proofs, tables of orders and shrinks of whatever length, run by workers. */
import { Module } from '@nestjs/common';
import { DispatchModule } from '../dispatch/dispatch.module.js';
import { ProgramsModule } from '../programs/programs.module.js';
import { OperationsController } from './operations.controller.js';
import { OperationsService } from './operations.service.js';

@Module({
  imports: [ProgramsModule, DispatchModule],
  controllers: [OperationsController],
  providers: [OperationsService],
})
export class OperationsModule {}
