-- AlterTable
ALTER TABLE "generations" ADD COLUMN "instanceId" TEXT;
ALTER TABLE "generations" ADD COLUMN "settings" JSONB;

-- AlterTable
ALTER TABLE "images" ADD COLUMN "caption" TEXT;
ALTER TABLE "images" ADD COLUMN "captionBy" TEXT;
ALTER TABLE "images" ADD COLUMN "contentHash" TEXT;
ALTER TABLE "images" ADD COLUMN "description" TEXT;
ALTER TABLE "images" ADD COLUMN "origin" JSONB;

-- AlterTable
ALTER TABLE "threads" ADD COLUMN "settings" JSONB;

-- AlterTable
ALTER TABLE "users" ADD COLUMN "settings" JSONB;

-- CreateTable
CREATE TABLE "queued_messages" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "ownerId" TEXT NOT NULL,
    "threadId" TEXT NOT NULL,
    "answerId" TEXT NOT NULL,
    "generationId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "imageIds" JSONB NOT NULL,
    "documents" JSONB NOT NULL,
    "requestHash" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "queued_messages_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "queued_messages_threadId_fkey" FOREIGN KEY ("threadId") REFERENCES "threads" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "documents" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "ownerId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "contentType" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "blobKey" TEXT NOT NULL,
    "textKey" TEXT NOT NULL,
    "contentHash" TEXT NOT NULL,
    "pages" INTEGER NOT NULL,
    "tokens" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "documents_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "message_documents" (
    "messageId" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    PRIMARY KEY ("messageId", "position"),
    CONSTRAINT "message_documents_messageId_fkey" FOREIGN KEY ("messageId") REFERENCES "messages" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "message_documents_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "documents" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "shares" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "token" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "threadId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "snapshot" JSONB NOT NULL,
    "passwordHash" TEXT,
    "allowContinue" BOOLEAN NOT NULL DEFAULT false,
    "signedInOnly" BOOLEAN NOT NULL DEFAULT false,
    "titleInPreview" BOOLEAN NOT NULL DEFAULT false,
    "views" INTEGER NOT NULL DEFAULT 0,
    "expiresAt" DATETIME,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "shares_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "shares_threadId_fkey" FOREIGN KEY ("threadId") REFERENCES "threads" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "share_images" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "shareId" TEXT NOT NULL,
    "blobKey" TEXT NOT NULL,
    "contentType" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    CONSTRAINT "share_images_shareId_fkey" FOREIGN KEY ("shareId") REFERENCES "shares" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "settings" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" JSONB NOT NULL,
    "updatedAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "blob_removals" (
    "blobKey" TEXT NOT NULL PRIMARY KEY,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_message_images" (
    "messageId" TEXT NOT NULL,
    "imageId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "context" TEXT NOT NULL DEFAULT 'kept',

    PRIMARY KEY ("messageId", "position"),
    CONSTRAINT "message_images_messageId_fkey" FOREIGN KEY ("messageId") REFERENCES "messages" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "message_images_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "images" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_message_images" ("imageId", "messageId", "position") SELECT "imageId", "messageId", "position" FROM "message_images";
DROP TABLE "message_images";
ALTER TABLE "new_message_images" RENAME TO "message_images";
CREATE INDEX "message_images_imageId_idx" ON "message_images"("imageId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "queued_messages_threadId_position_idx" ON "queued_messages"("threadId", "position");

-- CreateIndex
CREATE INDEX "queued_messages_ownerId_idx" ON "queued_messages"("ownerId");

-- CreateIndex
CREATE UNIQUE INDEX "documents_blobKey_key" ON "documents"("blobKey");

-- CreateIndex
CREATE UNIQUE INDEX "documents_textKey_key" ON "documents"("textKey");

-- CreateIndex
CREATE INDEX "documents_ownerId_createdAt_idx" ON "documents"("ownerId", "createdAt");

-- CreateIndex
CREATE INDEX "documents_ownerId_contentHash_idx" ON "documents"("ownerId", "contentHash");

-- CreateIndex
CREATE INDEX "message_documents_documentId_idx" ON "message_documents"("documentId");

-- CreateIndex
CREATE UNIQUE INDEX "shares_token_key" ON "shares"("token");

-- CreateIndex
CREATE INDEX "shares_ownerId_createdAt_idx" ON "shares"("ownerId", "createdAt");

-- CreateIndex
CREATE INDEX "shares_threadId_idx" ON "shares"("threadId");

-- CreateIndex
CREATE INDEX "shares_expiresAt_idx" ON "shares"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "share_images_blobKey_key" ON "share_images"("blobKey");

-- CreateIndex
CREATE INDEX "share_images_shareId_idx" ON "share_images"("shareId");

-- CreateIndex
CREATE INDEX "blob_removals_createdAt_idx" ON "blob_removals"("createdAt");

-- CreateIndex
CREATE INDEX "images_ownerId_contentHash_idx" ON "images"("ownerId", "contentHash");
