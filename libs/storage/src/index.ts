/**
 * What the service remembers, as plain functions over one `Database`. PostgreSQL is the truth: nothing
 * here knows of queues, the engine or HTTP.
 */
export * from './audits/announce-audits.js';
export * from './audits/claim-audit.js';
export * from './audits/complete-audit.js';
export * from './audits/keep-audits.js';
export * from './access/access-token.js';
export * from './access/audit.js';
export * from './access/find-token.js';
export * from './access/tokens.js';
export * from './bugs/bugs.js';
export * from './bugs/bug-events.js';
export * from './bugs/failures.js';
export {
  findReproduction,
  listReproductions,
  type StoredReproduction,
} from './bugs/reproductions.js';
export * from './campaigns/campaign-parts.js';
export * from './campaigns/campaigns.js';
export { cancelCampaign } from './campaigns/cancel-campaign.js';
export * from './campaigns/close-campaigns.js';
export * from './campaigns/create-campaign.js';
export type { KeyResult, RequestKey } from './campaigns/idempotency-keys.js';
export * from './campaigns/end-early.js';
export type { CampaignRounds, NewCampaign } from './campaigns/insert-campaign.js';
export type { NewPart } from './campaigns/insert-parts.js';
export * from './campaigns/missing-ranges.js';
export * from './campaigns/reserve-key.js';
export * from './campaigns/retry-campaign.js';
export * from './campaigns/rounds.js';
export * from './campaigns/waiting-programs.js';
export * from './completion/complete-shard.js';
export { resultDigest } from './completion/result-digest.js';
export { Database, type DatabaseOptions, type Queryable, type Store } from './database/database.js';
export { isTransient } from './database/errors.js';
export * from './failpoints.js';
export * from './health/database-facts.js';
export * from './incidents/close-incident.js';
export * from './incidents/list-incidents.js';
export * from './incidents/open-incident.js';
export * from './installation/installation.js';
export * from './limits.js';
export * from './metrics/read-metrics.js';
export * from './matrix/statuses.js';
export * from './operations/claim-operation.js';
export * from './operations/complete-operation.js';
export * from './operations/create-operation.js';
export * from './operations/end-operation.js';
export * from './operations/fail-operation.js';
export * from './operations/operations.js';
export * from './operations/release-operation.js';
export * from './operations/renew-operations.js';
export * from './operations/stale-operations.js';
export * from './operations/sweep-operations.js';
export * from './operations/take-operations.js';
export * from './nightlies/canaries.js';
export * from './nightlies/comparison/compare-night.js';
export * from './nightlies/comparison/judge-bugs.js';
export * from './nightlies/comparison/review-night.js';
export {
  createNightly,
  type CreateNightlyOptions,
  type CreateNightlyResult,
  type NextDue,
} from './nightlies/create-nightly.js';
export {
  editNightly,
  type EditNightlyResult,
  pauseNightly,
  removeNightly,
  resumeNightly,
} from './nightlies/edit-nightly.js';
export * from './nightlies/late-nights.js';
export * from './nightlies/nightlies.js';
export * from './nightlies/programs-under.js';
export type { NightPlan } from './nightlies/start-night.js';
export * from './nightlies/start-queued.js';
export * from './nightlies/tick-nightly.js';
export * from './nightlies/ticks.js';
export * from './notifications/announce.js';
export * from './notifications/deliver.js';
export * from './notifications/endpoints.js';
export * from './notifications/list-notifications.js';
export * from './notifications/resend-notification.js';
export * from './notifications/take-notifications.js';
export * from './outbox/begin-shrink.js';
export * from './outbox/fail-shrink.js';
export * from './outbox/find-shrink-start.js';
export * from './outbox/stale-shrinks.js';
export * from './outbox/take-shrinks.js';
export * from './outbox/store-reproduction.js';
export type { After } from './page.js';
export * from './programs/list-current-programs.js';
export * from './programs/programs.js';
export * from './progress/progress.js';
export * from './shards/announce-shards.js';
export * from './shards/claim-shard.js';
export * from './shards/cut-offs.js';
export * from './shards/fail-shard.js';
export * from './shards/feed-shards.js';
export * from './shards/release-shard.js';
export * from './shards/renew-leases.js';
export * from './shards/stale-deliveries.js';
export * from './shards/sweep-leases.js';
export * from './workers/workers.js';
