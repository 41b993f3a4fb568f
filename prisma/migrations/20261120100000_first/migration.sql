-- CreateEnum
CREATE TYPE "campaign_state" AS ENUM ('running', 'done', 'incomplete', 'cancelled');

-- CreateEnum
CREATE TYPE "shard_state" AS ENUM ('pending', 'queued', 'leased', 'done', 'quarantined', 'cancelled');

-- CreateEnum
CREATE TYPE "attempt_outcome" AS ENUM ('running', 'done', 'failed', 'lost', 'released');

-- CreateEnum
CREATE TYPE "outbox_state" AS ENUM ('waiting', 'sent', 'done', 'failed');

-- CreateTable
CREATE TABLE "program" (
    "id" BIGSERIAL NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "address" TEXT NOT NULL,
    "scenario" TEXT NOT NULL,
    "variant" TEXT NOT NULL,
    "case_name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "format" INTEGER NOT NULL,
    "semantics" INTEGER NOT NULL,
    "bytes" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),

    CONSTRAINT "program_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign" (
    "id" BIGSERIAL NOT NULL,
    "title" TEXT NOT NULL,
    "state" "campaign_state" NOT NULL DEFAULT 'running',
    "seed_from" BIGINT NOT NULL,
    "schedules" BIGINT NOT NULL,
    "shard_size" BIGINT,
    "weight" INTEGER NOT NULL DEFAULT 1,
    "virtual_time" BIGINT NOT NULL DEFAULT 0,
    "ledger_digest" CHAR(64),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "campaign_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_part" (
    "id" BIGSERIAL NOT NULL,
    "campaign_id" BIGINT NOT NULL,
    "program_id" BIGINT NOT NULL,
    "strategy" TEXT NOT NULL,
    "round" INTEGER NOT NULL DEFAULT 0,
    "seed_from" BIGINT NOT NULL,
    "seed_next" BIGINT NOT NULL,
    "seed_end" BIGINT NOT NULL,
    "rate" DOUBLE PRECISION,
    "shards_carved" INTEGER NOT NULL DEFAULT 0,
    "shards_done" INTEGER NOT NULL DEFAULT 0,
    "shards_quarantined" INTEGER NOT NULL DEFAULT 0,
    "schedules" BIGINT NOT NULL DEFAULT 0,
    "outside" BIGINT NOT NULL DEFAULT 0,
    "cut" BIGINT NOT NULL DEFAULT 0,
    "steps" BIGINT NOT NULL DEFAULT 0,
    "failing" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "campaign_part_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "part_signature" (
    "part_id" BIGINT NOT NULL,
    "signature_id" BIGINT NOT NULL,
    "count" BIGINT NOT NULL,
    "lane0" BIGINT NOT NULL,
    "lane1" BIGINT NOT NULL,
    "lane2" BIGINT NOT NULL,
    "lane3" BIGINT NOT NULL,
    "lowest_seeds" BIGINT[],

    CONSTRAINT "part_signature_pkey" PRIMARY KEY ("part_id","signature_id")
);

-- CreateTable
CREATE TABLE "shard" (
    "id" BIGSERIAL NOT NULL,
    "part_id" BIGINT NOT NULL,
    "campaign_id" BIGINT NOT NULL,
    "program_id" BIGINT NOT NULL,
    "strategy" TEXT NOT NULL,
    "seed_from" BIGINT NOT NULL,
    "count" BIGINT NOT NULL,
    "state" "shard_state" NOT NULL DEFAULT 'pending',
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "deliveries" INTEGER NOT NULL DEFAULT 0,
    "reported_failures" INTEGER NOT NULL DEFAULT 0,
    "lost_leases" INTEGER NOT NULL DEFAULT 0,
    "owner" UUID,
    "queued_at" TIMESTAMPTZ(3),
    "lease_expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "shard_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shard_attempt" (
    "shard_id" BIGINT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "worker_id" UUID NOT NULL,
    "outcome" "attempt_outcome" NOT NULL DEFAULT 'running',
    "message" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "shard_attempt_pkey" PRIMARY KEY ("shard_id","epoch")
);

-- CreateTable
CREATE TABLE "shard_result" (
    "shard_id" BIGINT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "schedules" BIGINT NOT NULL,
    "elapsed_ms" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),

    CONSTRAINT "shard_result_pkey" PRIMARY KEY ("shard_id")
);

-- CreateTable
CREATE TABLE "incident" (
    "id" BIGSERIAL NOT NULL,
    "shard_id" BIGINT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "worker_id" UUID NOT NULL,
    "counted" CHAR(64) NOT NULL,
    "differing" CHAR(64) NOT NULL,
    "detail" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),

    CONSTRAINT "incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signature" (
    "id" BIGSERIAL NOT NULL,
    "text" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "report" BOOLEAN NOT NULL,

    CONSTRAINT "signature_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bug" (
    "id" BIGSERIAL NOT NULL,
    "scenario" TEXT NOT NULL,
    "variant" TEXT NOT NULL,
    "signature_id" BIGINT NOT NULL,
    "count" BIGINT NOT NULL DEFAULT 0,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),

    CONSTRAINT "bug_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bug_campaign" (
    "bug_id" BIGINT NOT NULL,
    "campaign_id" BIGINT NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "bug_campaign_pkey" PRIMARY KEY ("bug_id","campaign_id")
);

-- CreateTable
CREATE TABLE "failure_group" (
    "id" BIGSERIAL NOT NULL,
    "program_id" BIGINT NOT NULL,
    "strategy" TEXT NOT NULL,
    "signature_id" BIGINT NOT NULL,
    "bug_id" BIGINT NOT NULL,
    "count" BIGINT NOT NULL DEFAULT 0,
    "kept" INTEGER NOT NULL DEFAULT 0,
    "cut_off" BIGINT,

    CONSTRAINT "failure_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "failure" (
    "group_id" BIGINT NOT NULL,
    "seed" BIGINT NOT NULL,
    "bug_id" BIGINT NOT NULL,
    "program_id" BIGINT NOT NULL,
    "schedule" TEXT NOT NULL,
    "trace_digest" CHAR(64) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),

    CONSTRAINT "failure_pkey" PRIMARY KEY ("group_id","seed")
);

-- CreateTable
CREATE TABLE "reproduction" (
    "id" BIGSERIAL NOT NULL,
    "bug_id" BIGINT NOT NULL,
    "program_id" BIGINT NOT NULL,
    "grade" TEXT NOT NULL,
    "events" INTEGER NOT NULL,
    "preemptions" INTEGER NOT NULL,
    "switches" INTEGER NOT NULL,
    "steps" INTEGER NOT NULL,
    "schedule" TEXT NOT NULL,
    "trace_digest" CHAR(64) NOT NULL,
    "certificate" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),

    CONSTRAINT "reproduction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "worker" (
    "id" UUID NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "threads" INTEGER NOT NULL,
    "semantics" INTEGER[],
    "version" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),
    "stopped_at" TIMESTAMPTZ(3),

    CONSTRAINT "worker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "bug_id" BIGINT NOT NULL,
    "program_id" BIGINT NOT NULL,
    "state" "outbox_state" NOT NULL DEFAULT 'waiting',
    "deliveries" INTEGER NOT NULL DEFAULT 0,
    "reported_failures" INTEGER NOT NULL DEFAULT 0,
    "message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),
    "sent_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_digest" CHAR(64) NOT NULL,
    "resource" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("scope","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "program_digest_key" ON "program"("digest");

-- CreateIndex
CREATE INDEX "program_address_id_idx" ON "program"("address", "id");

-- CreateIndex
CREATE INDEX "campaign_state_id_idx" ON "campaign"("state", "id");

-- CreateIndex
CREATE UNIQUE INDEX "campaign_part_campaign_id_program_id_strategy_round_key" ON "campaign_part"("campaign_id", "program_id", "strategy", "round");

-- CreateIndex
CREATE UNIQUE INDEX "incident_shard_id_differing_key" ON "incident"("shard_id", "differing");

-- CreateIndex
CREATE UNIQUE INDEX "signature_text_key" ON "signature"("text");

-- CreateIndex
CREATE UNIQUE INDEX "bug_scenario_variant_signature_id_key" ON "bug"("scenario", "variant", "signature_id");

-- CreateIndex
CREATE INDEX "bug_campaign_campaign_id_idx" ON "bug_campaign"("campaign_id");

-- CreateIndex
CREATE INDEX "failure_group_bug_id_idx" ON "failure_group"("bug_id");

-- CreateIndex
CREATE UNIQUE INDEX "failure_group_program_id_strategy_signature_id_key" ON "failure_group"("program_id", "strategy", "signature_id");

-- CreateIndex
CREATE INDEX "failure_bug_id_seed_group_id_idx" ON "failure"("bug_id", "seed", "group_id");

-- CreateIndex
CREATE INDEX "reproduction_bug_id_events_preemptions_switches_steps_id_idx" ON "reproduction"("bug_id", "events", "preemptions", "switches", "steps", "id");

-- CreateIndex
CREATE UNIQUE INDEX "reproduction_bug_id_program_id_key" ON "reproduction"("bug_id", "program_id");

-- CreateIndex
CREATE INDEX "worker_started_at_id_idx" ON "worker"("started_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_bug_id_program_id_key" ON "outbox"("bug_id", "program_id");

-- AddForeignKey
ALTER TABLE "campaign_part" ADD CONSTRAINT "campaign_part_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_part" ADD CONSTRAINT "campaign_part_program_id_fkey" FOREIGN KEY ("program_id") REFERENCES "program"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "part_signature" ADD CONSTRAINT "part_signature_part_id_fkey" FOREIGN KEY ("part_id") REFERENCES "campaign_part"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "part_signature" ADD CONSTRAINT "part_signature_signature_id_fkey" FOREIGN KEY ("signature_id") REFERENCES "signature"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shard" ADD CONSTRAINT "shard_part_id_fkey" FOREIGN KEY ("part_id") REFERENCES "campaign_part"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shard" ADD CONSTRAINT "shard_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shard" ADD CONSTRAINT "shard_program_id_fkey" FOREIGN KEY ("program_id") REFERENCES "program"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shard_attempt" ADD CONSTRAINT "shard_attempt_shard_id_fkey" FOREIGN KEY ("shard_id") REFERENCES "shard"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shard_result" ADD CONSTRAINT "shard_result_shard_id_fkey" FOREIGN KEY ("shard_id") REFERENCES "shard"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_shard_id_fkey" FOREIGN KEY ("shard_id") REFERENCES "shard"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bug" ADD CONSTRAINT "bug_signature_id_fkey" FOREIGN KEY ("signature_id") REFERENCES "signature"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bug_campaign" ADD CONSTRAINT "bug_campaign_bug_id_fkey" FOREIGN KEY ("bug_id") REFERENCES "bug"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bug_campaign" ADD CONSTRAINT "bug_campaign_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "failure_group" ADD CONSTRAINT "failure_group_program_id_fkey" FOREIGN KEY ("program_id") REFERENCES "program"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "failure_group" ADD CONSTRAINT "failure_group_signature_id_fkey" FOREIGN KEY ("signature_id") REFERENCES "signature"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "failure_group" ADD CONSTRAINT "failure_group_bug_id_fkey" FOREIGN KEY ("bug_id") REFERENCES "bug"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "failure" ADD CONSTRAINT "failure_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "failure_group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "failure" ADD CONSTRAINT "failure_bug_id_fkey" FOREIGN KEY ("bug_id") REFERENCES "bug"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "failure" ADD CONSTRAINT "failure_program_id_fkey" FOREIGN KEY ("program_id") REFERENCES "program"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reproduction" ADD CONSTRAINT "reproduction_bug_id_fkey" FOREIGN KEY ("bug_id") REFERENCES "bug"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reproduction" ADD CONSTRAINT "reproduction_program_id_fkey" FOREIGN KEY ("program_id") REFERENCES "program"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_bug_id_fkey" FOREIGN KEY ("bug_id") REFERENCES "bug"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_program_id_fkey" FOREIGN KEY ("program_id") REFERENCES "program"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- From here on: what the schema language cannot say.

-- No two shards of one part may share a seed, whatever a carver does wrong. btree_gist is a trusted extension of
-- PostgreSQL's own distribution (the embedded server has it): an owner of the database may create it.
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE "shard" ADD CONSTRAINT "shard_ranges_disjoint"
  EXCLUDE USING gist ("part_id" WITH =, int8range("seed_from", "seed_from" + "count") WITH &&);

-- Seeds are safe integers: 0 to 2^53 - 1. An end may be one past the last seed.
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_seeds"
  CHECK ("seed_from" >= 0 AND "schedules" > 0 AND "seed_from" + "schedules" <= 9007199254740992
         AND ("shard_size" IS NULL OR "shard_size" > 0) AND "weight" > 0);
ALTER TABLE "campaign_part" ADD CONSTRAINT "campaign_part_seeds"
  CHECK (0 <= "seed_from" AND "seed_from" <= "seed_next" AND "seed_next" <= "seed_end"
         AND "seed_end" <= 9007199254740992);
ALTER TABLE "shard" ADD CONSTRAINT "shard_seeds"
  CHECK ("seed_from" >= 0 AND "count" > 0 AND "seed_from" + "count" <= 9007199254740992);
ALTER TABLE "part_signature" ADD CONSTRAINT "part_signature_lanes"
  CHECK ("lane0" BETWEEN 0 AND 4294967295 AND "lane1" BETWEEN 0 AND 4294967295
         AND "lane2" BETWEEN 0 AND 4294967295 AND "lane3" BETWEEN 0 AND 4294967295);
ALTER TABLE "signature" ADD CONSTRAINT "signature_length" CHECK (length("text") BETWEEN 1 AND 400);

-- A leased shard has an owner and an end; nothing else has.
ALTER TABLE "shard" ADD CONSTRAINT "shard_lease"
  CHECK (("state" = 'leased') = ("owner" IS NOT NULL) AND ("state" = 'leased') = ("lease_expires_at" IS NOT NULL));

-- The sweeps touch only shards that are not finished; finished ones, nearly all of them, are in none of these.
CREATE INDEX "shard_pending" ON "shard" ("id") WHERE "state" = 'pending';
CREATE INDEX "shard_queued" ON "shard" ("queued_at") WHERE "state" = 'queued';
CREATE INDEX "shard_leased" ON "shard" ("lease_expires_at") WHERE "state" = 'leased';
CREATE INDEX "shard_open" ON "shard" ("campaign_id") WHERE "state" IN ('pending', 'queued', 'leased');
CREATE INDEX "shard_quarantined" ON "shard" ("campaign_id") WHERE "state" = 'quarantined';
CREATE INDEX "outbox_open" ON "outbox" ("id") WHERE "state" IN ('waiting', 'sent');
