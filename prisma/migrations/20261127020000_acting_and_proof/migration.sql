-- On whose behalf a service acts, and whether its tokens must be bound to a key.
ALTER TABLE "services" ADD COLUMN     "acts_for" JSONB,
ADD COLUMN     "require_dpop" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "gateway_keys" ADD COLUMN     "last_used_at" TIMESTAMPTZ(3);

-- Both identities of a call that was made on somebody's behalf.
ALTER TABLE "usage_records" ADD COLUMN     "actors" JSONB,
ADD COLUMN     "subject" TEXT;
