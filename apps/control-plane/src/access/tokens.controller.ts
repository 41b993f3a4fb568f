/** /api/v1/tokens */
import { idTextSchema, pageQuerySchema, tokenRequestSchema } from '@lastref/contracts';
import type { ApiToken, NewApiToken, Page, PageQuery, TokenRequest } from '@lastref/contracts';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ZodPipe } from '../http/zod.pipe.js';
import { Accepts, Answers, Describe, PathParameter } from '../openapi/describe.js';
import { Problems, QueryParameters } from '../openapi/describe.js';
import { callerOf } from './caller.js';
import { TokensService } from './tokens.service.js';

@ApiTags('access')
@Controller('api/v1/tokens')
export class TokensController {
  constructor(private readonly tokens: TokensService) {}

  @Get()
  @Describe('listTokens', 'Access tokens without their secret, newest first, revoked ones too.')
  @QueryParameters(pageQuerySchema)
  @Answers(200, 'ApiTokenPage', 'a page')
  @Problems('invalid-query')
  list(@Query(new ZodPipe(pageQuerySchema, 'query')) query: PageQuery): Promise<Page<ApiToken>> {
    return this.tokens.list(query);
  }

  @Post()
  @Describe('addToken', 'Makes an access token, which is shown in this answer only.')
  @Accepts('TokenRequest')
  @Answers(201, 'NewApiToken', 'made')
  @Problems(
    'invalid-json',
    'name-taken',
    'admin-token-needed',
    'body-too-large',
    'unsupported-media-type',
    'invalid-body',
    'too-many',
  )
  async add(
    @Body(new ZodPipe(tokenRequestSchema, 'body')) request: TokenRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<NewApiToken> {
    const made = await this.tokens.add(request, callerOf(response)?.name ?? 'anyone');
    response.setHeader('cache-control', 'no-store');
    return made;
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @Describe('revokeToken', 'Makes a token worth nothing, at once.')
  @PathParameter('id', idTextSchema)
  @Answers(200, 'ApiToken', 'the revoked token')
  @Problems('invalid-query', 'not-found', 'admin-token-needed')
  revoke(@Param('id', new ZodPipe(idTextSchema, 'param')) id: number): Promise<ApiToken> {
    return this.tokens.revoke(id);
  }
}
