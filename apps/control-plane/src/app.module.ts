/** The control plane: every feature is a module of its own, made from configuration and a logger. */
import { type DynamicModule, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { HttpModule } from './http/http.module.js';
import { StorageModule } from './storage/storage.module.js';

@Module({})
export class AppModule {
  static forRoot(config: Config, logger: Logger): DynamicModule {
    return {
      module: AppModule,
      imports: [ConfigModule.forRoot(config), HttpModule.forRoot(logger), StorageModule],
    };
  }
}
