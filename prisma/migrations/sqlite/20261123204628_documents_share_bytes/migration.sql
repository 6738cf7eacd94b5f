-- DropIndex
DROP INDEX "documents_textKey_key";

-- DropIndex
DROP INDEX "documents_blobKey_key";

-- CreateIndex
CREATE INDEX "documents_blobKey_idx" ON "documents"("blobKey");

-- CreateIndex
CREATE INDEX "documents_textKey_idx" ON "documents"("textKey");
