/** Stores the canaries once per process, before the first night that runs them; storing what stands is no change. */
import { type Database, storeProgram } from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import { DATABASE } from '../../storage/storage.module.js';
import { canaryProgram, FAILS, HOLDS } from './programs.js';

@Injectable()
export class CanaryStore {
  private digests: readonly string[] | undefined;

  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async stored(): Promise<readonly string[]> {
    if (this.digests !== undefined) return this.digests;
    const programs = [FAILS, HOLDS].map(canaryProgram);
    for (const program of programs) await storeProgram(this.database, program);
    this.digests = programs.map(({ digest }) => digest);
    return this.digests;
  }
}
