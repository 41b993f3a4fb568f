/**
 * Makes the checked configuration injectable everywhere: `@Inject(CONFIG) config: Config`.
 * No other module reads the environment.
 */
import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from './config.js';

export const CONFIG = Symbol('Config');

@Module({})
export class ConfigModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: CONFIG, useValue: config }],
      exports: [CONFIG],
    };
  }
}
