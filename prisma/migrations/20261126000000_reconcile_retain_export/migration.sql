-- AlterTable
ALTER TABLE "models" ADD COLUMN     "price_schedule" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "routes" ADD COLUMN     "unknown_prices" TEXT;

-- AlterTable
ALTER TABLE "usage_records" ADD COLUMN     "provider_credential" TEXT,
ADD COLUMN     "service_tier" TEXT,
ADD COLUMN     "tool_calls" JSONB,
ADD COLUMN     "units" INTEGER;

-- AlterTable
ALTER TABLE "adjustments" ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'manual',
ADD COLUMN     "model" TEXT;

-- CreateTable
CREATE TABLE "usage_span_rollups" (
    "organization_id" UUID NOT NULL,
    "span" TEXT NOT NULL,
    "begin" TIMESTAMPTZ(0) NOT NULL,
    "key_hash" TEXT NOT NULL,
    "team" TEXT NOT NULL,
    "cost_center" TEXT,
    "service" TEXT NOT NULL,
    "agent" TEXT,
    "route" TEXT,
    "provider" TEXT,
    "model" TEXT,
    "tags" JSONB NOT NULL,
    "requests" BIGINT NOT NULL,
    "errors" BIGINT NOT NULL,
    "input_tokens" BIGINT NOT NULL,
    "cache_read_tokens" BIGINT NOT NULL,
    "cache_write_tokens" BIGINT NOT NULL,
    "output_tokens" BIGINT NOT NULL,
    "reasoning_tokens" BIGINT NOT NULL,
    "audio_tokens" BIGINT NOT NULL,
    "cost_nano_usd" BIGINT NOT NULL,

    CONSTRAINT "usage_span_rollups_pkey" PRIMARY KEY ("organization_id","span","begin","key_hash")
);

-- CreateTable
CREATE TABLE "usage_span_pending" (
    "organization_id" UUID NOT NULL,
    "span" TEXT NOT NULL,
    "begin" TIMESTAMPTZ(0) NOT NULL,
    "generation" BIGINT NOT NULL DEFAULT 1,

    CONSTRAINT "usage_span_pending_pkey" PRIMARY KEY ("organization_id","span","begin")
);

-- CreateTable
CREATE TABLE "reconciliations" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "parameters" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "bytes" BIGINT NOT NULL,
    "bytes_read" BIGINT NOT NULL DEFAULT 0,
    "rows" BIGINT NOT NULL DEFAULT 0,
    "summary" JSONB,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "reconciliations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reconciliation_pieces" (
    "reconciliation_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "reconciliation_pieces_pkey" PRIMARY KEY ("reconciliation_id","sequence")
);

-- CreateTable
CREATE TABLE "reconciliation_lines" (
    "reconciliation_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "model" TEXT NOT NULL,
    "credential" TEXT NOT NULL,
    "outcome" TEXT,
    "cause" TEXT,
    "there_requests" BIGINT,
    "there_input_tokens" BIGINT,
    "there_cached_input_tokens" BIGINT,
    "there_cache_write_tokens" BIGINT,
    "there_output_tokens" BIGINT,
    "there_cost_nano_usd" BIGINT,
    "here_requests" BIGINT,
    "here_input_tokens" BIGINT,
    "here_cached_input_tokens" BIGINT,
    "here_cache_write_tokens" BIGINT,
    "here_output_tokens" BIGINT,
    "here_cost_nano_usd" BIGINT,
    "here_unpriced" BIGINT NOT NULL DEFAULT 0,
    "here_estimated" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "reconciliation_lines_pkey" PRIMARY KEY ("reconciliation_id","day","model","credential")
);

-- CreateTable
CREATE TABLE "organization_settings" (
    "organization_id" UUID NOT NULL,
    "records_days" INTEGER,
    "unknown_prices" TEXT NOT NULL DEFAULT 'book-zero',
    "chargeback" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "organization_settings_pkey" PRIMARY KEY ("organization_id")
);

-- CreateTable
CREATE TABLE "exports" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "rows" BIGINT NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "progress" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "exports_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "reconciliations_organization_id_fingerprint_key" ON "reconciliations"("organization_id", "fingerprint");

-- CreateIndex
CREATE INDEX "exports_organization_id_idx" ON "exports"("organization_id");

-- CreateIndex
CREATE INDEX "exports_expires_at_idx" ON "exports"("expires_at");

-- AddForeignKey
ALTER TABLE "reconciliations" ADD CONSTRAINT "reconciliations_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reconciliation_pieces" ADD CONSTRAINT "reconciliation_pieces_reconciliation_id_fkey" FOREIGN KEY ("reconciliation_id") REFERENCES "reconciliations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reconciliation_lines" ADD CONSTRAINT "reconciliation_lines_reconciliation_id_fkey" FOREIGN KEY ("reconciliation_id") REFERENCES "reconciliations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organization_settings" ADD CONSTRAINT "organization_settings_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exports" ADD CONSTRAINT "exports_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- Hours that were folded before days and months had rollups of their own.
INSERT INTO "usage_span_pending" ("organization_id", "span", "begin")
SELECT DISTINCT "organization_id", 'day', date_trunc('day', "hour", 'UTC') FROM "usage_rollups";
