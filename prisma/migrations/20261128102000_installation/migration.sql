-- Which installation this database is: its jobs in Redis carry the number, so two installations on one Redis leave each other alone.
CREATE TABLE "installation" (
    "id" UUID NOT NULL,
    "single" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "installation_single_key" ON "installation"("single");

ALTER TABLE "installation" ADD CONSTRAINT "installation_one" CHECK ("single");
INSERT INTO "installation" ("id") VALUES (gen_random_uuid());
