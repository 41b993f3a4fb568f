-- The span of the request that started a campaign, so that the traces of its shards continue that of the request.
ALTER TABLE "campaign" ADD COLUMN "trace_parent" TEXT;
