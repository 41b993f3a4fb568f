/** /api/v1/orders */
import { type Orders, type OrdersRequest, ordersRequestSchema } from '@lastref/contracts';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodPipe } from '../http/zod.pipe.js';
import { Accepts, Answers, Describe, Problems } from '../openapi/describe.js';
import { OrdersService } from './orders.service.js';

@ApiTags('orders')
@Controller('api/v1/orders')
export class OrdersController {
  constructor(private readonly service: OrdersService) {}

  @Post()
  @HttpCode(200)
  @Describe(
    'orders',
    "Says which orders of a case's milestones occur, and with what verdict. Stores nothing.",
  )
  @Accepts('OrdersRequest')
  @Answers(200, 'Orders', 'every order')
  @Problems(
    'invalid-json',
    'body-too-large',
    'unsupported-media-type',
    'invalid-body',
    'unknown-program',
    'orders-refused',
    'orders-too-long',
    'unavailable',
  )
  orders(@Body(new ZodPipe(ordersRequestSchema, 'body')) request: OrdersRequest): Promise<Orders> {
    return this.service.orders(request);
  }
}
