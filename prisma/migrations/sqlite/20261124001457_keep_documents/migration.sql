-- AlterTable
ALTER TABLE "message_documents" ADD COLUMN "context" TEXT NOT NULL DEFAULT 'kept';
