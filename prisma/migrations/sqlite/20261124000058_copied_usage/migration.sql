-- AlterTable
ALTER TABLE "generations" DROP COLUMN "instanceId";
ALTER TABLE "generations" ADD COLUMN "copiedUsage" JSONB;
