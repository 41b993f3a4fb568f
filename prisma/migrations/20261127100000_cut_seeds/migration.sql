-- The lowest seeds of runs that reached the step limit: what is neither clean nor failed can be replayed. A constant
-- default costs no rewrite of the table; parts counted before have none.
ALTER TABLE "campaign_part" ADD COLUMN "cut_seeds" BIGINT[] DEFAULT ARRAY[]::BIGINT[];
