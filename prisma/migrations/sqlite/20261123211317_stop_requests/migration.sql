-- AlterTable
ALTER TABLE "generations" ADD COLUMN "stopRequestedAt" DATETIME;
