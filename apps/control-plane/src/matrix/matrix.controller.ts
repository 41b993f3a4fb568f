/** /api/v1/matrix */
import { type MatrixRow, type Page, type PageQuery, pageQuerySchema } from '@lastref/contracts';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ZodPipe } from '../http/zod.pipe.js';
import { Answers, Describe, Problems, QueryParameters } from '../openapi/describe.js';
import { MatrixService } from './matrix.service.js';

@ApiTags('matrix')
@Controller('api/v1/matrix')
export class MatrixController {
  constructor(private readonly matrix: MatrixService) {}

  @Get()
  @Describe(
    'listMatrix',
    'What is known of every stored address beside what is expected, by address.',
  )
  @QueryParameters(pageQuerySchema)
  @Answers(200, 'MatrixPage', 'a page')
  @Problems('invalid-query')
  list(@Query(new ZodPipe(pageQuerySchema, 'query')) query: PageQuery): Promise<Page<MatrixRow>> {
    return this.matrix.list(query);
  }
}
