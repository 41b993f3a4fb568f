-- Incidents of every kind: of a shard, of its second run elsewhere, of a canary. Those that were there are of a shard whose results
-- differed, and stay, open. A campaign that an incident stops says so.
ALTER TABLE "incident"
  ADD COLUMN "kind" TEXT,
  ADD COLUMN "subject" TEXT,
  ADD COLUMN "state" TEXT NOT NULL DEFAULT 'open',
  ADD COLUMN "campaign_id" BIGINT,
  ADD COLUMN "closed_at" TIMESTAMPTZ(3),
  ADD COLUMN "close_reason" TEXT,
  ALTER COLUMN "shard_id" DROP NOT NULL,
  ALTER COLUMN "epoch" DROP NOT NULL,
  ALTER COLUMN "worker_id" DROP NOT NULL,
  ALTER COLUMN "counted" DROP NOT NULL,
  ALTER COLUMN "differing" DROP NOT NULL;

UPDATE "incident" i
   SET "kind" = 'digest',
       "subject" = 'shard ' || i."shard_id" || ' gave ' || i."differing",
       "campaign_id" = s."campaign_id"
  FROM "shard" s
 WHERE s."id" = i."shard_id";

ALTER TABLE "incident" ALTER COLUMN "kind" SET NOT NULL, ALTER COLUMN "subject" SET NOT NULL;

-- DropIndex
DROP INDEX "incident_shard_id_differing_key";

-- CreateIndex
CREATE UNIQUE INDEX "incident_kind_subject_key" ON "incident"("kind", "subject");

-- CreateIndex
CREATE INDEX "incident_state_id_idx" ON "incident"("state", "id");

-- CreateIndex
CREATE INDEX "incident_campaign_id_idx" ON "incident"("campaign_id");

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- An incident is closed by somebody who says why.
ALTER TABLE "incident" ADD CONSTRAINT "incident_closed"
  CHECK ("state" IN ('open', 'closed')
         AND ("state" = 'closed') = ("closed_at" IS NOT NULL)
         AND ("state" = 'closed') = ("close_reason" IS NOT NULL));

ALTER TABLE "campaign" ADD COLUMN "reason" TEXT;
