-- How often a worker began a shrink and did not say how it ended: it died of it, or beside it.
ALTER TABLE "outbox" ADD COLUMN "unended_starts" INTEGER NOT NULL DEFAULT 0;
