-- AlterTable
ALTER TABLE "generations" ADD COLUMN     "stopRequestedAt" TIMESTAMP(3);
