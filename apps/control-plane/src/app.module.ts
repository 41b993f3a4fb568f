/** The control plane: every feature is a module of its own, made from configuration and a logger. */
import { type DynamicModule, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { AccessModule } from './access/access.module.js';
import { BugsModule } from './bugs/bugs.module.js';
import { CampaignsModule } from './campaigns/campaigns.module.js';
import { ChecksModule } from './checks/checks.module.js';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { DispatchModule } from './dispatch/dispatch.module.js';
import { EngineModule } from './engine/engine.module.js';
import { FailuresModule } from './failures/failures.module.js';
import { HealthModule } from './health/health.module.js';
import { HttpModule } from './http/http.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { MatrixModule } from './matrix/matrix.module.js';
import { OperationsModule } from './operations/operations.module.js';
import { IncidentsModule } from './incidents/incidents.module.js';
import { NightliesModule } from './nightlies/nightlies.module.js';
import { NotificationsModule } from './notifications/notifications.module.js';
import { OrdersModule } from './orders/orders.module.js';
import { PageModule } from './page/page.module.js';
import { ProgramsModule } from './programs/programs.module.js';
import { ReplaysModule } from './replays/replays.module.js';
import { ReproductionsModule } from './reproductions/reproductions.module.js';
import { ScenariosModule } from './scenarios/scenarios.module.js';
import { StorageModule } from './storage/storage.module.js';
import { TracingModule } from './tracing/tracing.module.js';
import { WorkersModule } from './workers/workers.module.js';

const FEATURES = [
  AccessModule,
  ProgramsModule,
  ScenariosModule,
  CampaignsModule,
  NightliesModule,
  BugsModule,
  FailuresModule,
  ReproductionsModule,
  ReplaysModule,
  OrdersModule,
  OperationsModule,
  MatrixModule,
  IncidentsModule,
  WorkersModule,
  HealthModule,
  MetricsModule,
  ChecksModule,
  PageModule,
  DispatchModule,
  NotificationsModule,
];

@Module({})
export class AppModule {
  static forRoot(config: Config, logger: Logger): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        HttpModule.forRoot(logger),
        StorageModule,
        TracingModule,
        EngineModule,
        ...FEATURES,
      ],
    };
  }
}
