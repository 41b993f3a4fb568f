/**
 * Takes, shows, cancels and resumes operations. One is made in one transaction with its idempotency key; the dispatcher sends
 * it later, so nothing here waits for Redis.
 */
import { createHash } from 'node:crypto';
import {
  MAX_OPEN_OPERATIONS,
  type Operation,
  type OperationListQuery,
  type OperationRequest,
  type OperationSummary,
  type Page,
  type Work,
  workSchema,
} from '@lastref/contracts';
import {
  cancelOperation,
  createOperation,
  type Database,
  findOperation,
  listOperations,
  resumeOperation,
} from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { DispatchBell } from '../dispatch/bell.js';
import { numberKey, readCursor } from '../http/cursor.js';
import { Problem } from '../http/problem.js';
import { toPage } from '../http/to-page.js';
import { ProgramResolver } from '../programs/program-resolver.js';
import { DATABASE } from '../storage/storage.module.js';
import { operationDetails, operationSummary } from './operation-views.js';

const KEY_SCOPE = 'operations';

@Injectable()
export class OperationsService {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly resolver: ProgramResolver,
    private readonly bell: DispatchBell,
  ) {}

  async create(request: OperationRequest, key: string | undefined): Promise<Operation> {
    const program = await this.digestOf(request.program);
    const requestDigest = createHash('sha256')
      .update(JSON.stringify(request), 'utf8')
      .digest('hex');
    const result = await createOperation(
      this.database,
      { program, work: workOf(request), background: request.background },
      {
        mostOpen: MAX_OPEN_OPERATIONS,
        ...(key === undefined ? {} : { key: { scope: KEY_SCOPE, key, requestDigest } }),
      },
    );
    switch (result.kind) {
      case 'created':
      case 'repeated':
        this.bell.ring();
        return this.get(result.id);
      case 'key-conflict':
        throw new Problem(
          'idempotency-conflict',
          'this Idempotency-Key made another operation; use a new key for a new operation',
        );
      case 'unknown-program':
        throw new Problem('unknown-program', `no program ${program} is stored`);
      case 'too-many':
        throw new Problem(
          'too-many',
          `at most ${MAX_OPEN_OPERATIONS} operations wait or run at a time; wait for some or cancel some`,
        );
    }
  }

  async list(query: OperationListQuery): Promise<Page<OperationSummary>> {
    const after = readCursor(query.after, numberKey);
    const rows = await listOperations(
      this.database,
      { limit: query.limit + 1, after },
      query.state,
    );
    return toPage(rows, query.limit, (row) => row.id, operationSummary);
  }

  async get(id: number): Promise<Operation> {
    const row = await findOperation(this.database, id);
    if (row === null) throw new Problem('not-found', `there is no operation ${id}`);
    return operationDetails(row);
  }

  async cancel(id: number): Promise<Operation> {
    const cancelled = await cancelOperation(this.database, id);
    const operation = await this.get(id);
    if (!cancelled && operation.state !== 'cancelled') {
      throw new Problem('operation-over', `operation ${id} is ${operation.state} already`);
    }
    return operation;
  }

  async resume(id: number): Promise<Operation> {
    const resumed = await resumeOperation(this.database, id);
    const operation = await this.get(id);
    if (operation.state === 'done') {
      throw new Problem('operation-over', `operation ${id} is done already`);
    }
    if (resumed) this.bell.ring();
    return operation;
  }

  private async digestOf(reference: string): Promise<string> {
    const resolved = await this.resolver.resolve(reference);
    if (resolved.ok) return resolved.program.digest;
    const error = { pointer: '/program', ...resolved.error };
    throw new Problem('unknown-program', `/program: ${error.message}`, { errors: [error] });
  }
}

/** Whom a request is about, and when it goes, is stored beside what is to be done. */
const BESIDE: ReadonlySet<string> = new Set(['program', 'background']);

function workOf(request: OperationRequest): Work {
  const work = Object.entries(request).filter(([name]) => !BESIDE.has(name));
  return workSchema.parse(Object.fromEntries(work));
}
