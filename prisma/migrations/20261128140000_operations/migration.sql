-- Work of a length nobody knows beforehand (proofs, tables of orders, shrinks), leased like shards; what exhaustive search said;
-- and what is known of each program.

-- CreateEnum
CREATE TYPE "operation_kind" AS ENUM ('prove', 'orders', 'shrink');

-- CreateEnum
CREATE TYPE "operation_state" AS ENUM ('waiting', 'sent', 'running', 'done', 'failed', 'cancelled');

-- CreateTable
CREATE TABLE "operation" (
    "id" BIGSERIAL NOT NULL,
    "kind" "operation_kind" NOT NULL,
    "program_id" BIGINT NOT NULL,
    "options" JSONB NOT NULL,
    "background" BOOLEAN NOT NULL DEFAULT false,
    "state" "operation_state" NOT NULL DEFAULT 'waiting',
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "deliveries" INTEGER NOT NULL DEFAULT 0,
    "reported_failures" INTEGER NOT NULL DEFAULT 0,
    "unended_starts" INTEGER NOT NULL DEFAULT 0,
    "owner" UUID,
    "sent_at" TIMESTAMPTZ(3),
    "lease_expires_at" TIMESTAMPTZ(3),
    "progress" BIGINT NOT NULL DEFAULT 0,
    "messages" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "result" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "operation_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "operation_leased" CHECK (("state" = 'running') = ("owner" IS NOT NULL AND "lease_expires_at" IS NOT NULL)),
    CONSTRAINT "operation_result" CHECK (("state" = 'done') = ("result" IS NOT NULL))
);

-- CreateTable
CREATE TABLE "proof" (
    "id" BIGSERIAL NOT NULL,
    "operation_id" BIGINT NOT NULL,
    "program_id" BIGINT NOT NULL,
    "complete" BOOLEAN NOT NULL,
    "semantics" INTEGER NOT NULL,
    "states" BIGINT NOT NULL,
    "transitions" BIGINT NOT NULL,
    "depth" INTEGER NOT NULL,
    "state_keys" CHAR(64) NOT NULL,
    "symmetry" BOOLEAN NOT NULL,
    "reduced" BOOLEAN NOT NULL,
    "max_states" BIGINT NOT NULL,
    "failures" TEXT[],
    "reports" TEXT[],
    "missed" TEXT[],
    "clean_ends" BOOLEAN NOT NULL,
    "certificate" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),

    CONSTRAINT "proof_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "variant_status" (
    "program_id" BIGINT NOT NULL,
    "schedules" BIGINT NOT NULL DEFAULT 0,
    "outside" BIGINT NOT NULL DEFAULT 0,
    "cut" BIGINT NOT NULL DEFAULT 0,
    "failing" BIGINT NOT NULL DEFAULT 0,
    "proof_id" BIGINT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),

    CONSTRAINT "variant_status_pkey" PRIMARY KEY ("program_id")
);

-- CreateIndex
CREATE INDEX "operation_state_id_idx" ON "operation"("state", "id");

-- CreateIndex
CREATE UNIQUE INDEX "proof_operation_id_key" ON "proof"("operation_id");

-- CreateIndex
CREATE INDEX "proof_program_id_id_idx" ON "proof"("program_id", "id");

-- AddForeignKey
ALTER TABLE "operation" ADD CONSTRAINT "operation_program_id_fkey" FOREIGN KEY ("program_id") REFERENCES "program"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "proof" ADD CONSTRAINT "proof_operation_id_fkey" FOREIGN KEY ("operation_id") REFERENCES "operation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "proof" ADD CONSTRAINT "proof_program_id_fkey" FOREIGN KEY ("program_id") REFERENCES "program"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "variant_status" ADD CONSTRAINT "variant_status_program_id_fkey" FOREIGN KEY ("program_id") REFERENCES "program"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "variant_status" ADD CONSTRAINT "variant_status_proof_id_fkey" FOREIGN KEY ("proof_id") REFERENCES "proof"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What was sampled before there was a place to add it up.
INSERT INTO "variant_status" ("program_id", "schedules", "outside", "cut", "failing")
SELECT "program_id", sum("schedules"), sum("outside"), sum("cut"), sum("failing")
  FROM "campaign_part"
 WHERE "schedules" > 0
 GROUP BY "program_id";
