/**
 * Which stored program an address or a digest means. An address without a case means `main`, else the
 * variant's only case. What is not stored is answered with the reason and, for the first few of a request, with a near name if
 * there is one: looking for it takes time, and who misspells many names wants to hear of one.
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

/** Names of one request for which a near one is looked for. */
const SEARCHED = 3;

@Injectable()
export class ProgramResolver {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async resolve(reference: string): Promise<Resolved> {
    const [resolved] = await this.resolveAll([reference]);
    if (resolved === undefined) throw new Error('one reference has one answer');
    return resolved;
  }

  async resolveAll(references: readonly string[]): Promise<Resolved[]> {
    const found = await Promise.all(references.map((one) => this.find(one)));
    if (found.every((one) => one !== undefined)) return found;
    const current = await listCurrentPrograms(this.database);
    const addresses = current.map(({ address }) => address);
    let searched = 0;
    const resolved: Resolved[] = [];
    for (const [place, reference] of references.entries()) {
      const one = found[place];
      if (one === undefined) searched += 1;
      const near = searched <= SEARCHED ? addresses : [];
      resolved.push(one ?? (await this.search(reference, addresses, near)));
    }
    return resolved;
  }

  /** What is stored under exactly this reference; undefined if nothing is. */
  private async find(reference: string): Promise<Resolved | undefined> {
    if (DIGEST.test(reference)) {
      const program = await findProgram(this.database, reference);
      if (program !== null) return { ok: true, program };
      return refuse(`no program with the digest ${reference} is stored; post the program first`);
    }
    const address = isComplete(reference) ? reference : `${reference}/${MAIN}`;
    const program = await findProgramAt(this.database, address);
    return program === null ? undefined : { ok: true, program };
  }

  private async search(
    reference: string,
    addresses: readonly string[],
    near: readonly string[],
  ): Promise<Resolved> {
    const complete = isComplete(reference);
    const cases = complete ? [] : addresses.filter((one) => one.startsWith(`${reference}/`));
    const [only, another] = cases;
    if (only !== undefined && another === undefined) {
      const program = await findProgramAt(this.database, only);
      if (program !== null) return { ok: true, program };
    }
    if (another !== undefined) {
      return refuse(`${reference} has no case ${MAIN}; its cases are ${cases.join(', ')}`);
    }
    const meant = nearest(reference, complete ? near : withoutCases(near));
    return refuse(`no program is stored under ${reference}; push it first`, meant);
  }
}

const isComplete = (reference: string): boolean => reference.split('/').length === 3;

function withoutCases(addresses: readonly string[]): string[] {
  return [...new Set(addresses.map((address) => address.split('/').slice(0, 2).join('/')))];
}

function refuse(message: string, meant?: string): Resolved {
  return { ok: false, error: meant === undefined ? { message } : { message, nearest: meant } };
}
