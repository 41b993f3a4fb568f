/** /api/v1/notifications: messages and what became of them. */
import { notificationListQuerySchema } from '@lastref/contracts';
import type { Notification, NotificationListQuery, Page } from '@lastref/contracts';
import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ZodPipe } from '../http/zod.pipe.js';
import { Answers, Describe, PathParameter } from '../openapi/describe.js';
import { Problems, QueryParameters } from '../openapi/describe.js';
import { NotificationsService } from './notifications.service.js';

const idSchema = z.uuid('must be the id of a notification');

@ApiTags('notifications')
@Controller('api/v1/notifications')
export class NotificationsController {
  constructor(private readonly notifications: NotificationsService) {}

  @Get()
  @Describe('listNotifications', 'Messages and what became of them, newest first.')
  @QueryParameters(notificationListQuerySchema)
  @Answers(200, 'NotificationPage', 'a page')
  @Problems('invalid-query')
  list(
    @Query(new ZodPipe(notificationListQuerySchema, 'query')) query: NotificationListQuery,
  ): Promise<Page<Notification>> {
    return this.notifications.list(query);
  }

  @Get(':id')
  @Describe('getNotification', 'One message.')
  @PathParameter('id', idSchema)
  @Answers(200, 'Notification', 'the message')
  @Problems('invalid-query', 'not-found')
  get(@Param('id', new ZodPipe(idSchema, 'param')) id: string): Promise<Notification> {
    return this.notifications.get(id);
  }

  @Post(':id/resend')
  @HttpCode(200)
  @Describe('resendNotification', 'Sends a message again, now, that was not delivered.')
  @PathParameter('id', idSchema)
  @Answers(200, 'Notification', 'the message, which is under way again')
  @Problems('invalid-query', 'not-found', 'notification-delivered')
  resend(@Param('id', new ZodPipe(idSchema, 'param')) id: string): Promise<Notification> {
    return this.notifications.resend(id);
  }
}
