-- AlterTable
ALTER TABLE "shares" ADD COLUMN     "choices" JSONB NOT NULL;
