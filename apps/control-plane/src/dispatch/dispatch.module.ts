/**
 * From campaigns to jobs: feeding, announcing, relaying shrinks and operations, finding what got lost, ending campaigns.
 * Needs the configuration, the logger and the database; nothing of HTTP.
 */
import { Failpoints } from '@lastref/storage';
import { Module } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { LOGGER } from '../http/logger.js';
import { DATABASE } from '../storage/storage.module.js';
import { AuditRelay } from './audit-relay.service.js';
import { DispatchBell } from './bell.js';
import { CampaignCloser } from './campaign-closer.service.js';
import { Dispatcher } from './dispatcher.js';
import { DISPATCH_FAILPOINTS } from './failpoints.js';
import { Feeder } from './feeder.service.js';
import { QUEUE_PLACE, queuePlace } from './queue-place.js';
import { DISPATCH_QUEUES, openQueues } from './queues.js';
import { OperationRelay } from './operation-relay.service.js';
import { Reconciler } from './reconciler.service.js';
import { RoundOpener } from './round-opener.service.js';
import { ShrinkRelay } from './shrink-relay.service.js';

@Module({
  providers: [
    { provide: QUEUE_PLACE, inject: [CONFIG, DATABASE], useFactory: queuePlace },
    { provide: DISPATCH_QUEUES, inject: [QUEUE_PLACE, LOGGER], useFactory: openQueues },
    {
      provide: DISPATCH_FAILPOINTS,
      inject: [CONFIG],
      useFactory: (config: Config): Failpoints => new Failpoints(config.failpoint),
    },
    Feeder,
    ShrinkRelay,
    AuditRelay,
    OperationRelay,
    RoundOpener,
    DispatchBell,
    CampaignCloser,
    Reconciler,
    Dispatcher,
  ],
  exports: [DispatchBell, DISPATCH_FAILPOINTS, DISPATCH_QUEUES, QUEUE_PLACE],
})
export class DispatchModule {}
