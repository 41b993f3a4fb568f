/**
 * The matrix: the program stored last under every address, with what completions have left of it. There are few enough
 * (MAX_STORED_PROGRAMS) that pages are cut here.
 */
import type { MatrixRow, Page, PageQuery } from '@lastref/contracts';
import { expectationOf } from '@lastref/scenarios';
import {
  type CurrentProgram,
  type Database,
  listCurrentPrograms,
  listStatuses,
  type ProgramStatus,
} from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { readCursor, textKey } from '../http/cursor.js';
import { toPage } from '../http/to-page.js';
import { DATABASE } from '../storage/storage.module.js';
import { judge } from './standing.js';

@Injectable()
export class MatrixService {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async list(query: PageQuery): Promise<Page<MatrixRow>> {
    const after = readCursor(query.after, textKey) ?? '';
    const programs = (await listCurrentPrograms(this.database))
      .sort((one, other) => (one.address < other.address ? -1 : 1))
      .filter(({ address }) => address > after)
      .slice(0, query.limit + 1);
    const digests = programs.map(({ digest }) => digest);
    const statuses = await listStatuses(this.database, digests);
    return toPage(
      programs,
      query.limit,
      ({ address }) => address,
      (program) => rowOf(program, statuses.get(program.digest)),
    );
  }
}

function rowOf(program: CurrentProgram, status: ProgramStatus | undefined): MatrixRow {
  const { scenario, variant, caseName, address, digest } = program;
  const row = expectationOf(address);
  return {
    scenario,
    variant,
    case: caseName,
    address,
    program: digest,
    expected: row?.expect ?? null,
    ...judge(status, row),
    schedules: status?.schedules ?? 0,
    failing: status?.failing ?? 0,
    proof: proofOf(status),
    updatedAt: status?.updatedAt.toISOString() ?? null,
  };
}

function proofOf(status: ProgramStatus | undefined): MatrixRow['proof'] {
  const proof = status?.proof ?? null;
  if (proof === null) return null;
  const { operation, complete, states, transitions, depth, stateKeys, semantics } = proof;
  return { operation, complete, states, transitions, depth, stateKeys, semantics };
}
