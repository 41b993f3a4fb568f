/** Notifications: endpoints, messages, and sending them. */
import { Module } from '@nestjs/common';
import { DispatchModule } from '../dispatch/dispatch.module.js';
import { EndpointsController } from './endpoints.controller.js';
import { EventFinder } from './event-finder.service.js';
import { NotificationsController } from './notifications.controller.js';
import { NotificationsService } from './notifications.service.js';
import { NotificationSender } from './sender.service.js';

@Module({
  imports: [DispatchModule],
  controllers: [EndpointsController, NotificationsController],
  providers: [NotificationsService, EventFinder, NotificationSender],
})
export class NotificationsModule {}
