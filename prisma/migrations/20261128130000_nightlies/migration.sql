-- Nightlies: campaigns that are started again and again, what came of each due time, where their seeds go on, and what became
-- of the bugs they met.

-- CreateEnum
CREATE TYPE "overlap_policy" AS ENUM ('skip', 'queue', 'replace');

-- CreateEnum
CREATE TYPE "tick_state" AS ENUM ('started', 'queued', 'skipped', 'missed', 'failed');

-- CreateEnum
CREATE TYPE "canary_state" AS ENUM ('waiting', 'held', 'surprise', 'unjudged');

-- CreateEnum
CREATE TYPE "bug_state" AS ENUM ('open', 'gone');

-- CreateEnum
CREATE TYPE "bug_event_kind" AS ENUM ('found', 'gone', 'regressed');

-- AlterTable
ALTER TABLE "campaign" ADD COLUMN "continues" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "ends_early" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "bug" ADD COLUMN "state" "bug_state" NOT NULL DEFAULT 'open';

-- CreateTable
CREATE TABLE "bug_event" (
    "id" BIGSERIAL NOT NULL,
    "bug_id" BIGINT NOT NULL,
    "kind" "bug_event_kind" NOT NULL,
    "campaign_id" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),

    CONSTRAINT "bug_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seed_cursor" (
    "program_id" BIGINT NOT NULL,
    "strategy" TEXT NOT NULL,
    "next" BIGINT NOT NULL,

    CONSTRAINT "seed_cursor_pkey" PRIMARY KEY ("program_id","strategy")
);

-- CreateTable
CREATE TABLE "nightly" (
    "id" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "cron" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "programs" TEXT[],
    "strategy" TEXT NOT NULL,
    "stop" JSONB NOT NULL,
    "schedules" BIGINT NOT NULL,
    "shard_size" BIGINT,
    "overlap" "overlap_policy" NOT NULL,
    "catch_up_minutes" INTEGER NOT NULL,
    "deadline_minutes" INTEGER,
    "canary_minutes" INTEGER NOT NULL,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "next_due_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "nightly_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tick" (
    "id" BIGSERIAL NOT NULL,
    "nightly_id" BIGINT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "state" "tick_state" NOT NULL,
    "message" TEXT,
    "campaign_id" BIGINT,
    "started_at" TIMESTAMPTZ(3),
    "deadline_at" TIMESTAMPTZ(3),
    "late" BOOLEAN NOT NULL DEFAULT false,
    "canary_campaign_id" BIGINT,
    "canary" "canary_state",
    "canary_deadline_at" TIMESTAMPTZ(3),
    "canary_late" BOOLEAN NOT NULL DEFAULT false,
    "reviewed_at" TIMESTAMPTZ(3),
    "bugs_new" INTEGER,
    "bugs_gone" INTEGER,
    "bugs_regressed" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),

    CONSTRAINT "tick_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "bug_event_bug_id_id_idx" ON "bug_event"("bug_id", "id");

-- CreateIndex
CREATE INDEX "bug_event_campaign_id_kind_idx" ON "bug_event"("campaign_id", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "tick_nightly_id_due_at_key" ON "tick"("nightly_id", "due_at");

-- CreateIndex
CREATE INDEX "tick_nightly_id_id_idx" ON "tick"("nightly_id", "id");

-- CreateIndex
CREATE INDEX "tick_campaign_id_idx" ON "tick"("campaign_id");

-- CreateIndex
CREATE INDEX "tick_canary_campaign_id_idx" ON "tick"("canary_campaign_id");

-- AddForeignKey
ALTER TABLE "bug_event" ADD CONSTRAINT "bug_event_bug_id_fkey" FOREIGN KEY ("bug_id") REFERENCES "bug"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bug_event" ADD CONSTRAINT "bug_event_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seed_cursor" ADD CONSTRAINT "seed_cursor_program_id_fkey" FOREIGN KEY ("program_id") REFERENCES "program"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tick" ADD CONSTRAINT "tick_nightly_id_fkey" FOREIGN KEY ("nightly_id") REFERENCES "nightly"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tick" ADD CONSTRAINT "tick_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tick" ADD CONSTRAINT "tick_canary_campaign_id_fkey" FOREIGN KEY ("canary_campaign_id") REFERENCES "campaign"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Bugs that are known have been found.
INSERT INTO "bug_event" ("bug_id", "kind", "campaign_id", "created_at")
SELECT b."id", 'found', (SELECT min(c."campaign_id") FROM "bug_campaign" c WHERE c."bug_id" = b."id"), b."first_seen_at"
  FROM "bug" b ORDER BY b."id";

-- From here on: what the schema language cannot say.

-- A name is one nightly's, until that is removed.
CREATE UNIQUE INDEX "nightly_name" ON "nightly" ("name") WHERE "removed_at" IS NULL;
CREATE INDEX "nightly_due" ON "nightly" ("next_due_at") WHERE "removed_at" IS NULL AND NOT "paused";

-- At most one due time of a nightly waits for the night before to end.
CREATE UNIQUE INDEX "tick_queued" ON "tick" ("nightly_id") WHERE "state" = 'queued';

-- What the sweeps look at every second: few, whatever the history.
CREATE INDEX "tick_unreviewed" ON "tick" ("id") WHERE "state" = 'started' AND "reviewed_at" IS NULL;
CREATE INDEX "tick_canaries" ON "tick" ("id") WHERE "canary" = 'waiting';

ALTER TABLE "seed_cursor" ADD CONSTRAINT "seed_cursor_next" CHECK ("next" BETWEEN 0 AND 9007199254740992);
ALTER TABLE "nightly" ADD CONSTRAINT "nightly_bounds"
  CHECK ("schedules" > 0 AND "catch_up_minutes" >= 0 AND "deadline_minutes" > 0 AND "canary_minutes" > 0);
ALTER TABLE "tick" ADD CONSTRAINT "tick_started"
  CHECK ("state" <> 'started' OR ("started_at" IS NOT NULL AND "deadline_at" IS NOT NULL));
