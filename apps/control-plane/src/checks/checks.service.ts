/**
 * Looks at the database, Redis and the work, and judges what it finds. What cannot be reached is a finding too: the answer
 * comes whatever is away, and each look has a deadline.
 */
import type { Check, Checks } from '@lastref/contracts';
import { QueueDepth, readRedisFacts } from '@lastref/queue';
import { type Database, readDatabaseFacts } from '@lastref/storage';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { QUEUE_PLACE, type QueuePlace } from '../dispatch/queue-place.js';
import { HealthService } from '../health/health.service.js';
import { withoutPasswords } from '../http/logger.js';
import { API_VERSION } from '../openapi/document.js';
import { DATABASE } from '../storage/storage.module.js';
import { judgeDatabase } from './judge-database.js';
import { judgeRedis } from './judge-redis.js';
import { judgeWork } from './judge-work.js';
import { knownMigrations } from './known-migrations.js';
import { fault } from './verdicts.js';

const LOOK_MS = 5_000;

@Injectable()
export class ChecksService implements OnApplicationShutdown {
  private readonly explore: QueueDepth;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
    private readonly health: HealthService,
    @Inject(QUEUE_PLACE) place: QueuePlace,
  ) {
    this.explore = new QueueDepth('explore', place, () => undefined);
  }

  async run(): Promise<Checks> {
    const found = await Promise.all([
      look('database', 'DATABASE_URL', () => this.lookAtDatabase()),
      look('redis', 'REDIS_URL', async () =>
        judgeRedis(await readRedisFacts(this.config.redisUrl)),
      ),
      look('work', 'DATABASE_URL and REDIS_URL', () => this.lookAtWork()),
    ]);
    return { version: API_VERSION, checks: found.flat() };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.explore.close();
  }

  private async lookAtDatabase(): Promise<Check[]> {
    return judgeDatabase(await readDatabaseFacts(this.database), Date.now(), knownMigrations());
  }

  private async lookAtWork(): Promise<Check[]> {
    const [facts, progress, depth] = await Promise.all([
      readDatabaseFacts(this.database),
      this.health.progress(),
      this.explore.read(),
    ]);
    return judgeWork(facts, progress, depth);
  }
}

/** A look that fails, or takes too long, is a fault of that name. */
async function look(name: string, setting: string, work: () => Promise<Check[]>): Promise<Check[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${LOOK_MS} ms`));
    }, LOOK_MS);
  });
  try {
    return await Promise.race([work(), late]);
  } catch (error) {
    const advice = `See that it runs and that ${setting} of the control plane names it.`;
    return [fault(name, `out of reach: ${reasonOf(error)}`, advice)];
  } finally {
    clearTimeout(timer);
  }
}

/** Several addresses of one host fail together, and their common error has a code and no message. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : error.name;
  return withoutPasswords(error.message || code).replaceAll('\n', ' ');
}
