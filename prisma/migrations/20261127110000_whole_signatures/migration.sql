-- Signatures are stored whole, however long a legal program makes them. An index holds no text of that size, so they are told
-- apart by their SHA-256. How long one may be is said by the contracts alone.
ALTER TABLE "signature" ADD COLUMN "digest" CHAR(64);
UPDATE "signature" SET "digest" = encode(sha256(convert_to("text", 'UTF8')), 'hex');
ALTER TABLE "signature" ALTER COLUMN "digest" SET NOT NULL;
ALTER TABLE "signature" DROP CONSTRAINT "signature_length";

-- DropIndex
DROP INDEX "signature_text_key";

-- CreateIndex
CREATE UNIQUE INDEX "signature_digest_key" ON "signature"("digest");
