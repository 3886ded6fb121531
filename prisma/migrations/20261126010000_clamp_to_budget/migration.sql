-- AlterTable
ALTER TABLE "routes" ADD COLUMN     "on_budget" TEXT NOT NULL DEFAULT 'refuse';
