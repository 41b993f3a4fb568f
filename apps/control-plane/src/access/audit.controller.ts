/** /api/v1/audit */
import type { AuditEntry, Page, PageQuery } from '@lastref/contracts';
import { auditQuerySchema } from '@lastref/contracts';
import { type Database, listAudit } from '@lastref/storage';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { numberKey, readCursor } from '../http/cursor.js';
import { toPage } from '../http/to-page.js';
import { ZodPipe } from '../http/zod.pipe.js';
import { Answers, Describe, Problems, QueryParameters } from '../openapi/describe.js';
import { DATABASE } from '../storage/storage.module.js';

@ApiTags('access')
@Controller('api/v1/audit')
export class AuditController {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  @Get()
  @Describe('listAudit', 'Calls that may have changed something, newest first.')
  @QueryParameters(auditQuerySchema)
  @Answers(200, 'AuditPage', 'a page')
  @Problems('invalid-query')
  async list(
    @Query(new ZodPipe(auditQuerySchema, 'query')) { limit, after }: PageQuery,
  ): Promise<Page<AuditEntry>> {
    const key = readCursor(after, numberKey);
    const rows = await listAudit(this.database, { limit: limit + 1, after: key });
    return toPage(
      rows,
      limit,
      (row) => row.id,
      (row) => ({ ...row, at: row.at.toISOString() }),
    );
  }
}
