/** The bytes of the programs this process works on, read once each: a program never changes. */
import { type Database, findProgram } from '@lastref/storage';
import { PROGRAMS_PER_PROCESS } from './limits.js';
import { Lru } from './lru.js';
import type { ProgramBytes } from './threads/messages.js';

export class Programs {
  private readonly known = new Lru<string, ProgramBytes>(PROGRAMS_PER_PROCESS);

  constructor(private readonly db: Database) {}

  async get(digest: string): Promise<ProgramBytes> {
    const known = this.known.get(digest);
    if (known !== undefined) return known;
    const stored = await findProgram(this.db, digest);
    if (stored === null) throw new Error(`program ${digest} is not stored`);
    const program = { digest, bytes: stored.bytes };
    this.known.set(digest, program);
    return program;
  }
}
