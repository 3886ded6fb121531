-- CreateTable
CREATE TABLE "usage_narrow_rollups" (
    "id" BIGSERIAL NOT NULL,
    "organization_id" UUID NOT NULL,
    "day" TIMESTAMPTZ(0) NOT NULL,
    "team" TEXT NOT NULL,
    "cost_center" TEXT,
    "provider" TEXT,
    "model" TEXT,
    "requests" BIGINT NOT NULL,
    "errors" BIGINT NOT NULL,
    "input_tokens" BIGINT NOT NULL,
    "cache_read_tokens" BIGINT NOT NULL,
    "cache_write_tokens" BIGINT NOT NULL,
    "output_tokens" BIGINT NOT NULL,
    "reasoning_tokens" BIGINT NOT NULL,
    "audio_tokens" BIGINT NOT NULL,
    "cost_nano_usd" BIGINT NOT NULL,

    CONSTRAINT "usage_narrow_rollups_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "usage_narrow_rollups_organization_id_day_idx" ON "usage_narrow_rollups"("organization_id", "day");

-- Days that are folded already.
INSERT INTO usage_narrow_rollups (organization_id, day, team, cost_center, provider, model, requests, errors, input_tokens,
  cache_read_tokens, cache_write_tokens, output_tokens, reasoning_tokens, audio_tokens, cost_nano_usd)
SELECT organization_id, begin, team, cost_center, provider, model, sum(requests), sum(errors), sum(input_tokens),
  sum(cache_read_tokens), sum(cache_write_tokens), sum(output_tokens), sum(reasoning_tokens), sum(audio_tokens),
  sum(cost_nano_usd)
FROM usage_span_rollups WHERE span = 'day'
GROUP BY organization_id, begin, team, cost_center, provider, model;
