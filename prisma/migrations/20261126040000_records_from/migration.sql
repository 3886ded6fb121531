-- AlterTable
ALTER TABLE "organization_settings" ADD COLUMN     "records_from" TIMESTAMPTZ(3);
