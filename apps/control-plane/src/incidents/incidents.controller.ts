/** /api/v1/incidents */
import {
  closeIncidentRequestSchema,
  idTextSchema,
  incidentListQuerySchema,
} from '@lastref/contracts';
import type { CloseIncidentRequest, Incident, IncidentListQuery, Page } from '@lastref/contracts';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodPipe } from '../http/zod.pipe.js';
import { Accepts, Answers, Describe, PathParameter } from '../openapi/describe.js';
import { Problems, QueryParameters } from '../openapi/describe.js';
import { IncidentsService } from './incidents.service.js';

@ApiTags('incidents')
@Controller('api/v1/incidents')
export class IncidentsController {
  constructor(private readonly incidents: IncidentsService) {}

  @Get()
  @Describe('listIncidents', 'What a person must look at, newest first.')
  @QueryParameters(incidentListQuerySchema)
  @Answers(200, 'IncidentPage', 'a page')
  @Problems('invalid-query')
  list(
    @Query(new ZodPipe(incidentListQuerySchema, 'query')) query: IncidentListQuery,
  ): Promise<Page<Incident>> {
    return this.incidents.list(query);
  }

  @Get(':id')
  @Describe('getIncident', 'One incident.')
  @PathParameter('id', idTextSchema)
  @Answers(200, 'Incident', 'the incident')
  @Problems('invalid-query', 'not-found')
  get(@Param('id', new ZodPipe(idTextSchema, 'param')) id: number): Promise<Incident> {
    return this.incidents.get(id);
  }

  @Post(':id/close')
  @HttpCode(200)
  @Describe('closeIncident', 'Closes an incident with the reason, which is kept.')
  @PathParameter('id', idTextSchema)
  @Accepts('CloseIncidentRequest')
  @Answers(200, 'Incident', 'the closed incident')
  @Problems(
    'invalid-query',
    'invalid-json',
    'not-found',
    'incident-closed',
    'body-too-large',
    'unsupported-media-type',
    'invalid-body',
  )
  close(
    @Param('id', new ZodPipe(idTextSchema, 'param')) id: number,
    @Body(new ZodPipe(closeIncidentRequestSchema, 'body')) { reason }: CloseIncidentRequest,
  ): Promise<Incident> {
    return this.incidents.close(id, reason);
  }
}
