-- A push makes a version: an address names the program pushed last under it, a built-in's its newest built-in. A program without
-- a version is named by its digest alone.
ALTER TABLE "program" ADD COLUMN "version" INTEGER, ADD COLUMN "built_in" BOOLEAN NOT NULL DEFAULT false;

UPDATE "program" p SET "version" = v.number
  FROM (SELECT "id", row_number() OVER (PARTITION BY "address" ORDER BY "id") AS number FROM "program") v
 WHERE v."id" = p."id";

CREATE UNIQUE INDEX "program_address_version_key" ON "program"("address", "version");
DROP INDEX "program_address_id_idx";
