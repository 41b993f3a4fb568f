/** /api/v1/operations */
import {
  idTextSchema,
  type Operation,
  operationListQuerySchema,
  type OperationListQuery,
  type OperationRequest,
  operationRequestSchema,
  type OperationSummary,
  type Page,
} from '@lastref/contracts';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { IdempotencyKey } from '../http/idempotency-key.js';
import { ZodPipe } from '../http/zod.pipe.js';
import { Accepts, Answers, Describe, HonoursIdempotencyKey } from '../openapi/describe.js';
import { PathParameter, Problems, QueryParameters } from '../openapi/describe.js';
import { OperationsService } from './operations.service.js';

@ApiTags('operations')
@Controller('api/v1/operations')
export class OperationsController {
  constructor(private readonly operations: OperationsService) {}

  @Post()
  @HttpCode(202)
  @Describe(
    'createOperation',
    'Asks for a proof, a table of orders or a shrink of a stored program; Location says where its result will be.',
  )
  @Accepts('OperationRequest')
  @HonoursIdempotencyKey()
  @Answers(202, 'Operation', 'accepted, now or before with this Idempotency-Key')
  @Problems(
    'invalid-json',
    'invalid-request',
    'idempotency-conflict',
    'body-too-large',
    'unsupported-media-type',
    'invalid-body',
    'unknown-program',
    'too-many',
  )
  async create(
    @Body(new ZodPipe(operationRequestSchema, 'body')) request: OperationRequest,
    @IdempotencyKey() key: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Operation> {
    const operation = await this.operations.create(request, key);
    response.location(`/api/v1/operations/${operation.id}`);
    return operation;
  }

  @Get()
  @Describe('listOperations', 'Operations without their results, newest first.')
  @QueryParameters(operationListQuerySchema)
  @Answers(200, 'OperationPage', 'a page')
  @Problems('invalid-query')
  list(
    @Query(new ZodPipe(operationListQuerySchema, 'query')) query: OperationListQuery,
  ): Promise<Page<OperationSummary>> {
    return this.operations.list(query);
  }

  @Get(':id')
  @Describe('getOperation', 'One operation, with its result once it is done.')
  @PathParameter('id', idTextSchema)
  @Answers(200, 'Operation', 'the operation')
  @Problems('invalid-query', 'not-found')
  get(@Param('id', new ZodPipe(idTextSchema, 'param')) id: number): Promise<Operation> {
    return this.operations.get(id);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Describe('cancelOperation', 'Stops an operation that has not ended.')
  @PathParameter('id', idTextSchema)
  @Answers(200, 'Operation', 'the cancelled operation')
  @Problems('invalid-query', 'not-found', 'operation-over')
  cancel(@Param('id', new ZodPipe(idTextSchema, 'param')) id: number): Promise<Operation> {
    return this.operations.cancel(id);
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Describe('resumeOperation', 'Starts an operation again that was cancelled or has failed.')
  @PathParameter('id', idTextSchema)
  @Answers(200, 'Operation', 'the operation, which waits or runs')
  @Problems('invalid-query', 'not-found', 'operation-over')
  resume(@Param('id', new ZodPipe(idTextSchema, 'param')) id: number): Promise<Operation> {
    return this.operations.resume(id);
  }
}
