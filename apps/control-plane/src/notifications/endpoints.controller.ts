/** /api/v1/endpoints: where notifications go. */
import { endpointRequestSchema, idTextSchema, pageQuerySchema } from '@lastref/contracts';
import type {
  Endpoint,
  EndpointRequest,
  NewEndpoint,
  Notification,
  Page,
  PageQuery,
} from '@lastref/contracts';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodPipe } from '../http/zod.pipe.js';
import { Accepts, Answers, Describe, PathParameter } from '../openapi/describe.js';
import { Problems, QueryParameters } from '../openapi/describe.js';
import { NotificationsService } from './notifications.service.js';

@ApiTags('notifications')
@Controller('api/v1/endpoints')
export class EndpointsController {
  constructor(private readonly notifications: NotificationsService) {}

  @Get()
  @Describe('listEndpoints', 'Where notifications go, oldest first.')
  @QueryParameters(pageQuerySchema)
  @Answers(200, 'EndpointPage', 'a page')
  @Problems('invalid-query')
  list(@Query(new ZodPipe(pageQuerySchema, 'query')) query: PageQuery): Promise<Page<Endpoint>> {
    return this.notifications.listEndpoints(query);
  }

  @Post()
  @Describe(
    'addEndpoint',
    'Adds an endpoint; the secret of a webhook is shown in this answer only.',
  )
  @Accepts('EndpointRequest')
  @Answers(201, 'NewEndpoint', 'added')
  @Problems(
    'invalid-json',
    'name-taken',
    'body-too-large',
    'unsupported-media-type',
    'invalid-body',
    'too-many',
  )
  add(
    @Body(new ZodPipe(endpointRequestSchema, 'body')) request: EndpointRequest,
  ): Promise<NewEndpoint> {
    return this.notifications.addEndpoint(request);
  }

  @Delete(':id')
  @Describe('removeEndpoint', 'Removes an endpoint and its messages, also those under way.')
  @PathParameter('id', idTextSchema)
  @Answers(200, 'Endpoint', 'what was removed')
  @Problems('invalid-query', 'not-found')
  remove(@Param('id', new ZodPipe(idTextSchema, 'param')) id: number): Promise<Endpoint> {
    return this.notifications.removeEndpoint(id);
  }

  @Post(':id/test')
  @HttpCode(202)
  @Describe('testEndpoint', 'Sends a test message by the same way as all others.')
  @PathParameter('id', idTextSchema)
  @Answers(202, 'Notification', 'the message, which is under way')
  @Problems('invalid-query', 'not-found')
  test(@Param('id', new ZodPipe(idTextSchema, 'param')) id: number): Promise<Notification> {
    return this.notifications.test(id);
  }
}
