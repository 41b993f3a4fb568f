/** Orders of milestones: synchronous, on the engine's threads. */
import { Module } from '@nestjs/common';
import { ProgramsModule } from '../programs/programs.module.js';
import { OrdersController } from './orders.controller.js';
import { OrdersService } from './orders.service.js';

@Module({
  imports: [ProgramsModule],
  controllers: [OrdersController],
  providers: [OrdersService],
})
export class OrdersModule {}
