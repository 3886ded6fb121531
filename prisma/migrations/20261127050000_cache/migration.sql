-- What answers from the cache saved, in records, rollups and statements.
ALTER TABLE "usage_records" ADD COLUMN "saved_nano_usd" BIGINT;
ALTER TABLE "usage_rollups" ADD COLUMN "cached_requests" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "saved_nano_usd" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "usage_span_rollups" ADD COLUMN "cached_requests" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN "saved_nano_usd" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "usage_narrow_rollups" ADD COLUMN "cached_requests" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN "saved_nano_usd" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "statement_lines" ADD COLUMN "cached_requests" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN "saved_nano_usd" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "cache_invalidations" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cache_invalidations_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "cache_invalidations_organization_id_kind_name_key" ON "cache_invalidations"("organization_id", "kind", "name");

-- AddForeignKey
ALTER TABLE "cache_invalidations" ADD CONSTRAINT "cache_invalidations_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
