/**
 * Which stored program an address or a digest means. An address without a case means `main`, else the
 * variant's only case. What is not stored is answered with the reason and, if there is one, a near name.
 */
import { nearest } from '@lastref/kernel';
import { Inject, Injectable } from '@nestjs/common';
import {
  type Database,
  findProgram,
  findProgramAt,
  listCurrentPrograms,
  type StoredProgram,
} from '@lastref/storage';
import { DATABASE } from '../storage/storage.module.js';

export type Resolved =
  | { ok: true; program: StoredProgram }
  | { ok: false; error: { message: string; nearest?: string } };

const DIGEST = /^[0-9a-f]{64}$/;
const MAIN = 'main';

@Injectable()
export class ProgramResolver {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async resolve(reference: string): Promise<Resolved> {
    if (DIGEST.test(reference)) {
      const program = await findProgram(this.database, reference);
      if (program !== null) return { ok: true, program };
      return refuse(`no program with the digest ${reference} is stored; post the program first`);
    }
    const complete = reference.split('/').length === 3;
    const address = complete ? reference : `${reference}/${MAIN}`;
    const program = await findProgramAt(this.database, address);
    if (program !== null) return { ok: true, program };
    return this.search(reference, complete);
  }

  private async search(reference: string, complete: boolean): Promise<Resolved> {
    const current = await listCurrentPrograms(this.database);
    const addresses = current.map(({ address }) => address);
    const cases = complete ? [] : addresses.filter((one) => one.startsWith(`${reference}/`));
    const [only, another] = cases;
    if (only !== undefined && another === undefined) {
      const program = await findProgramAt(this.database, only);
      if (program !== null) return { ok: true, program };
    }
    if (another !== undefined) {
      return refuse(`${reference} has no case ${MAIN}; its cases are ${cases.join(', ')}`);
    }
    const meant = nearest(reference, complete ? addresses : withoutCases(addresses));
    return refuse(`no program is stored under ${reference}; push it first`, meant);
  }
}

function withoutCases(addresses: readonly string[]): string[] {
  return [...new Set(addresses.map((address) => address.split('/').slice(0, 2).join('/')))];
}

function refuse(message: string, meant?: string): Resolved {
  return { ok: false, error: meant === undefined ? { message } : { message, nearest: meant } };
}
