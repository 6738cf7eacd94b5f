-- AlterTable
ALTER TABLE "generations" DROP COLUMN "instanceId",
ADD COLUMN     "copiedUsage" JSONB;
