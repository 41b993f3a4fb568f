/**
 * Opens the database once and closes it when the application ends: `@Inject(DATABASE) database`.
 */
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '@lastref/storage';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { LOGGER } from '../http/logger.js';

export const DATABASE = Symbol('Database');

@Global()
@Module({
  providers: [
    {
      provide: DATABASE,
      inject: [CONFIG, LOGGER],
      useFactory: (config: Config, logger: Logger): Promise<Database> =>
        Database.open({
          url: config.databaseUrl,
          onConnectionError: (error) => {
            logger.warn({ err: error }, 'a database connection broke');
          },
        }),
    },
  ],
  exports: [DATABASE],
})
export class StorageModule implements OnApplicationShutdown {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
