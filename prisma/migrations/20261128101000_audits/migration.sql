-- Shards that are run again elsewhere after they were counted, outside of the ledger and the counters of their campaign.
CREATE TABLE "shard_audit" (
    "shard_id" BIGINT NOT NULL,
    "campaign_id" BIGINT NOT NULL,
    "program_id" BIGINT NOT NULL,
    "why" TEXT NOT NULL,
    "counted" CHAR(64) NOT NULL,
    "counted_by" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "deliveries" INTEGER NOT NULL DEFAULT 0,
    "reported_failures" INTEGER NOT NULL DEFAULT 0,
    "lost_leases" INTEGER NOT NULL DEFAULT 0,
    "owner" UUID,
    "place" TEXT,
    "queued_at" TIMESTAMPTZ(3),
    "lease_expires_at" TIMESTAMPTZ(3),
    "digest" CHAR(64),
    "elapsed_ms" INTEGER,
    "message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "shard_audit_pkey" PRIMARY KEY ("shard_id")
);

-- CreateIndex
CREATE INDEX "shard_audit_campaign_id_program_id_idx" ON "shard_audit"("campaign_id", "program_id");

-- AddForeignKey
ALTER TABLE "shard_audit" ADD CONSTRAINT "shard_audit_shard_id_fkey" FOREIGN KEY ("shard_id") REFERENCES "shard"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "shard_audit" ADD CONSTRAINT "shard_audit_words"
  CHECK ("why" IN ('sample', 'failing')
         AND "state" IN ('pending', 'queued', 'leased', 'equal', 'differs', 'failed')
         AND ("place" IS NULL OR "place" IN ('another worker', 'another thread')));
ALTER TABLE "shard_audit" ADD CONSTRAINT "shard_audit_lease"
  CHECK (("state" = 'leased') = ("lease_expires_at" IS NOT NULL));
CREATE INDEX "shard_audit_open" ON "shard_audit" ("shard_id") WHERE "state" IN ('pending', 'queued', 'leased');
