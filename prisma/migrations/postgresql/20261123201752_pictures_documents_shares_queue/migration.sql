-- AlterTable
ALTER TABLE "generations" ADD COLUMN     "instanceId" TEXT,
ADD COLUMN     "settings" JSONB;

-- AlterTable
ALTER TABLE "images" ADD COLUMN     "caption" TEXT,
ADD COLUMN     "captionBy" TEXT,
ADD COLUMN     "contentHash" TEXT,
ADD COLUMN     "description" TEXT,
ADD COLUMN     "origin" JSONB;

-- AlterTable
ALTER TABLE "message_images" ADD COLUMN     "context" TEXT NOT NULL DEFAULT 'kept';

-- AlterTable
ALTER TABLE "threads" ADD COLUMN     "settings" JSONB;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "settings" JSONB;

-- CreateTable
CREATE TABLE "queued_messages" (
    "id" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "threadId" TEXT NOT NULL,
    "answerId" TEXT NOT NULL,
    "generationId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "imageIds" JSONB NOT NULL,
    "documents" JSONB NOT NULL,
    "requestHash" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "queued_messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "documents" (
    "id" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "contentType" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "blobKey" TEXT NOT NULL,
    "textKey" TEXT NOT NULL,
    "contentHash" TEXT NOT NULL,
    "pages" INTEGER NOT NULL,
    "tokens" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "documents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message_documents" (
    "messageId" TEXT NOT NULL,
    "documentId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "message_documents_pkey" PRIMARY KEY ("messageId","position")
);

-- CreateTable
CREATE TABLE "shares" (
    "id" TEXT NOT NULL,
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
    "expiresAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "shares_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "share_images" (
    "id" TEXT NOT NULL,
    "shareId" TEXT NOT NULL,
    "blobKey" TEXT NOT NULL,
    "contentType" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,

    CONSTRAINT "share_images_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "settings" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "settings_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "blob_removals" (
    "blobKey" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "blob_removals_pkey" PRIMARY KEY ("blobKey")
);

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

-- AddForeignKey
ALTER TABLE "queued_messages" ADD CONSTRAINT "queued_messages_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queued_messages" ADD CONSTRAINT "queued_messages_threadId_fkey" FOREIGN KEY ("threadId") REFERENCES "threads"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "documents" ADD CONSTRAINT "documents_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_documents" ADD CONSTRAINT "message_documents_messageId_fkey" FOREIGN KEY ("messageId") REFERENCES "messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_documents" ADD CONSTRAINT "message_documents_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "documents"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shares" ADD CONSTRAINT "shares_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shares" ADD CONSTRAINT "shares_threadId_fkey" FOREIGN KEY ("threadId") REFERENCES "threads"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "share_images" ADD CONSTRAINT "share_images_shareId_fkey" FOREIGN KEY ("shareId") REFERENCES "shares"("id") ON DELETE CASCADE ON UPDATE CASCADE;
