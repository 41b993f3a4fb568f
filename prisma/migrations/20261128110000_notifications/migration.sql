-- Notifications: what happened, where messages go, and one row per message and endpoint until it is delivered.

-- CreateEnum
CREATE TYPE "announcement_kind" AS ENUM ('new-signature', 'regression', 'canary', 'incident', 'late-campaign');

-- CreateEnum
CREATE TYPE "endpoint_format" AS ENUM ('webhook', 'slack');

-- CreateEnum
CREATE TYPE "notification_state" AS ENUM ('waiting', 'delivered', 'failed');

-- CreateTable
CREATE TABLE "announcement" (
    "id" BIGSERIAL NOT NULL,
    "kind" "announcement_kind" NOT NULL,
    "subject" TEXT NOT NULL,
    "bug_id" BIGINT,
    "campaign_id" BIGINT,
    "incident_id" BIGINT,
    "detail" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),

    CONSTRAINT "announcement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "endpoint" (
    "id" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "format" "endpoint_format" NOT NULL,
    "url" TEXT NOT NULL,
    "secret" TEXT,
    "kinds" "announcement_kind"[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),

    CONSTRAINT "endpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notification" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "announcement_id" BIGINT,
    "endpoint_id" BIGINT NOT NULL,
    "state" "notification_state" NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),
    "message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT statement_timestamp(),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "announcement_kind_subject_key" ON "announcement"("kind", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "endpoint_name_key" ON "endpoint"("name");

-- CreateIndex
CREATE INDEX "notification_created_at_id_idx" ON "notification"("created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "notification_announcement_id_endpoint_id_key" ON "notification"("announcement_id", "endpoint_id");

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_announcement_id_fkey" FOREIGN KEY ("announcement_id") REFERENCES "announcement"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- From here on: what the schema language cannot say.

-- A webhook is signed with its secret, Slack knows its sender by the address.
ALTER TABLE "endpoint" ADD CONSTRAINT "endpoint_secret" CHECK (("format" = 'webhook') = ("secret" IS NOT NULL));

-- The senders look only at what waits, per endpoint, the earliest due first.
CREATE INDEX "notification_waiting" ON "notification" ("endpoint_id", "due_at") WHERE "state" = 'waiting';
CREATE INDEX "notification_failed" ON "notification" ("endpoint_id") WHERE "state" = 'failed';
CREATE INDEX "notification_delivered" ON "notification" ("endpoint_id", "ended_at") WHERE "state" = 'delivered';
