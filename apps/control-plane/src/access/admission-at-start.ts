/**
 * Refuses to start on an address that others reach while no valid token exists: nobody could be let in, and everybody would have
 * to be. Asked before any duty starts and before the service listens.
 */
import { type Database, hasValidToken } from '@lastref/storage';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { isLoopback } from '../config/network.js';
import { DATABASE } from '../storage/storage.module.js';

@Injectable()
export class AdmissionAtStart implements OnModuleInit {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async onModuleInit(): Promise<void> {
    const { host } = this.config;
    if (isLoopback(host) || (await hasValidToken(this.database))) return;
    throw new Error(
      `LASTREF_HOST is ${host}, which others reach, and there is no access token. Make one first, with DATABASE_URL set: ` +
        'npx --no lastref token add <name> --scope admin --database',
    );
  }
}
