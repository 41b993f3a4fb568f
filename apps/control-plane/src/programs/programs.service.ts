/**
 * Stores and shows programs. A program is data: it is validated by the engine's threads, named by the
 * digest of its canonical bytes, and found again by it for ever.
 */
import { MAX_STORED_PROGRAMS } from '@lastref/contracts';
import type { Page, ProgramDetails, ProgramListQuery, ProgramSummary } from '@lastref/contracts';
import {
  type Database,
  findProgramNamed,
  listPrograms,
  reserveKey,
  storeProgram,
} from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { EngineService } from '../engine/engine.service.js';
import type { ValidProgram } from '../engine/engine-jobs.js';
import { numberKey, readCursor } from '../http/cursor.js';
import { Problem } from '../http/problem.js';
import { toPage } from '../http/to-page.js';
import { DATABASE } from '../storage/storage.module.js';
import { programDetails, programSummary } from './program-views.js';

const KEY_SCOPE = 'programs';

@Injectable()
export class ProgramsService {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly engine: EngineService,
  ) {}

  async store(
    body: unknown,
    key: string | undefined,
  ): Promise<{ created: boolean; program: ProgramSummary }> {
    const { claim, ...program } = await this.validate(body);
    await this.checkKey(key, program.digest);
    const stored = await storeProgram(this.database, program, { most: MAX_STORED_PROGRAMS, claim });
    switch (stored.kind) {
      case 'created':
      case 'repeated':
        return {
          created: stored.kind === 'created',
          program: programSummary(stored.program),
        };
      case 'too-many':
        throw new Problem('too-many', `at most ${MAX_STORED_PROGRAMS} programs are stored`);
    }
  }

  async list(query: ProgramListQuery): Promise<Page<ProgramSummary>> {
    const after = readCursor(query.after, numberKey);
    const rows = await listPrograms(this.database, { limit: query.limit + 1, after }, query);
    return toPage(rows, query.limit, (row) => row.id, programSummary);
  }

  async get(digest: string): Promise<ProgramDetails> {
    const program = await findProgramNamed(this.database, digest);
    if (program === null) throw new Problem('not-found', `no program ${digest} is stored`);
    return programDetails(program);
  }

  private async checkKey(key: string | undefined, digest: string): Promise<void> {
    if (key === undefined) return;
    const request = { scope: KEY_SCOPE, key, requestDigest: digest };
    if (await reserveKey(this.database, request)) return;
    throw new Problem(
      'idempotency-conflict',
      'this Idempotency-Key stored another program; use a new key for a new program',
    );
  }

  private async validate(json: unknown): Promise<ValidProgram> {
    const answer = await this.engine.ask({ kind: 'validate', json });
    switch (answer.kind) {
      case 'valid':
        return answer.program;
      case 'invalid': {
        const [first] = answer.errors;
        const detail = first === undefined ? 'is not valid' : `${first.pointer}: ${first.message}`;
        throw new Problem('invalid-program', detail, { errors: answer.errors });
      }
      case 'replayed':
      case 'stepped':
      case 'ordered':
      case 'refused':
      case 'too-long':
      case 'too-large':
        throw new Error(`the engine answered ${answer.kind} to a validation`);
    }
  }
}
