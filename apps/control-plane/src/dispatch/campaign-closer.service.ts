/**
 * Ends campaigns of which nothing is left to do: `done`, or `incomplete` if shards are quarantined, with
 * the digest of the ledger over what was counted.
 */
import { closeCampaign, type Database, listCampaignsToClose } from '@lastref/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../http/logger.js';
import { DATABASE } from '../storage/storage.module.js';
import { campaignLedgerDigest } from './ledger.js';

@Injectable()
export class CampaignCloser {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async close(): Promise<void> {
    for (const campaign of await listCampaignsToClose(this.database)) {
      const closed = await closeCampaign(this.database, campaign, campaignLedgerDigest);
      if (closed !== null) this.logger.info({ campaign, ...closed }, 'campaign ended');
    }
  }
}
