-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "residency" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "routes" ADD COLUMN     "hedge" JSONB,
ADD COLUMN     "mid_stream" TEXT NOT NULL DEFAULT 'error',
ADD COLUMN     "timeouts" JSONB NOT NULL DEFAULT '{}';

-- A shadow's share is a fraction, as every other share in the API.
UPDATE "routes" SET "shadow" = jsonb_build_object('model', "shadow"->'model', 'share', ("shadow"->>'percent')::numeric / 100)
WHERE "shadow" ? 'percent';
