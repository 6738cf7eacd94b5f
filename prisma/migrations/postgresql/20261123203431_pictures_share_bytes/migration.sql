-- DropIndex
DROP INDEX "images_blobKey_key";

-- CreateIndex
CREATE INDEX "images_blobKey_idx" ON "images"("blobKey");
