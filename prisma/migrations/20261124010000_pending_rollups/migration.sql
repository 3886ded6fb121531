-- AlterTable
ALTER TABLE "adjustments" ADD COLUMN     "cost_center" TEXT;

-- CreateTable
CREATE TABLE "usage_rollup_pending" (
    "organization_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "generation" BIGINT NOT NULL DEFAULT 1,

    CONSTRAINT "usage_rollup_pending_pkey" PRIMARY KEY ("organization_id","hour")
);
