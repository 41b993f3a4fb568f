/**
 * Stores and shows programs. A program is data: it is validated by the kernel, named by the digest of
 * its canonical bytes, and never executed here.
 */
import { MAX_STORED_PROGRAMS } from '@lastref/contracts';
import type { Page, ProgramDetails, ProgramListQuery, ProgramSummary } from '@lastref/contracts';
import { addressOf, parseProgram, programDigest, programJson } from '@lastref/kernel';
import {
  countPrograms,
  type Database,
  findProgram,
  listPrograms,
  storeProgram,
} from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { numberKey, readCursor } from '../http/cursor.js';
import { Problem } from '../http/problem.js';
import { toPage } from '../http/to-page.js';
import { DATABASE } from '../storage/storage.module.js';
import { programDetails, programSummary } from './program-views.js';

@Injectable()
export class ProgramsService {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async store(body: unknown): Promise<{ created: boolean; program: ProgramSummary }> {
    const parsed = parseProgram(body);
    if (!parsed.ok) {
      const [first] = parsed.errors;
      const detail = first === undefined ? 'the program' : `${first.pointer}: ${first.message}`;
      throw new Problem('invalid-program', detail, { errors: [...parsed.errors] });
    }
    const { program } = parsed;
    const digest = programDigest(program);
    const stands = await findProgram(this.database, digest);
    if (stands !== null) return { created: false, program: programSummary(stands) };
    if ((await countPrograms(this.database)) >= MAX_STORED_PROGRAMS) {
      throw new Problem('too-many', `at most ${MAX_STORED_PROGRAMS} programs are stored`);
    }
    const stored = await storeProgram(this.database, {
      digest,
      address: addressOf(program),
      scenario: program.scenario,
      variant: program.variant,
      caseName: program.case,
      title: program.title,
      format: program.format,
      semantics: program.semantics,
      bytes: programJson(program),
    });
    return { created: stored.created, program: programSummary(stored.program) };
  }

  async list(query: ProgramListQuery): Promise<Page<ProgramSummary>> {
    const after = readCursor(query.after, numberKey);
    const rows = await listPrograms(this.database, { limit: query.limit + 1, after }, query);
    return toPage(rows, query.limit, (row) => row.id, programSummary);
  }

  async get(digest: string): Promise<ProgramDetails> {
    const program = await findProgram(this.database, digest);
    if (program === null) throw new Problem('not-found', `no program ${digest} is stored`);
    return programDetails(program);
  }
}
