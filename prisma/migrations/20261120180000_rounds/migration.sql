-- Campaigns in rounds: what was asked for stands in the campaign, where its programs are in a table of its own.

-- A campaign had one strategy, its parts know it.
ALTER TABLE "campaign" ADD COLUMN "strategy" TEXT, ADD COLUMN "stop" JSONB, ADD COLUMN "shares" JSONB;
UPDATE "campaign" c
   SET "stop" = '"count"',
       "strategy" = (SELECT p."strategy" FROM "campaign_part" p WHERE p."campaign_id" = c."id" ORDER BY p."id" LIMIT 1);
ALTER TABLE "campaign" ALTER COLUMN "strategy" SET NOT NULL, ALTER COLUMN "stop" SET NOT NULL;

-- CreateTable
CREATE TABLE "campaign_program" (
    "campaign_id" BIGINT NOT NULL,
    "program_id" BIGINT NOT NULL,
    "round" INTEGER NOT NULL DEFAULT 0,
    "stopped" TEXT,

    CONSTRAINT "campaign_program_pkey" PRIMARY KEY ("campaign_id","program_id")
);

-- CreateIndex
CREATE INDEX "campaign_part_program_id_strategy_id_idx" ON "campaign_part"("program_id", "strategy", "id");

-- AddForeignKey
ALTER TABLE "campaign_program" ADD CONSTRAINT "campaign_program_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_program" ADD CONSTRAINT "campaign_program_program_id_fkey" FOREIGN KEY ("program_id") REFERENCES "program"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
