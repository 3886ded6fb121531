-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "data_key_made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- The keys that are there are as old as their organizations.
UPDATE "organizations" SET "data_key_made_at" = "created_at";
