-- AlterTable
ALTER TABLE "guardrails" ADD COLUMN     "mode" TEXT NOT NULL DEFAULT 'enforce';
