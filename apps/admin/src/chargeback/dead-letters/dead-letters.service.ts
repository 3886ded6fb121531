import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { countDeadLetters, readDeadLetters, replayDeadLetters } from '#libs/ledger';
import { Changes } from '../../change/changes.js';
import { Organizations } from '../../change/organizations.js';
import { created } from '../../change/outcome.js';
import { REDIS } from '../../connections/tokens.js';
import type { Write } from '../../http/write.js';
import type { DeadLettersAnswer, ReplayAnswer } from './dead-letters.dto.js';

const SHOWN_MAX = 1_000;

@Injectable()
export class DeadLettersService {
  constructor(
    private readonly organizations: Organizations,
    private readonly changes: Changes,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  async list(organization: string): Promise<DeadLettersAnswer> {
    const organizationId = await this.organizations.idOf(organization);
    const data: DeadLettersAnswer['data'] = [];
    for await (const { entryId, reason, buriedAtMs, event } of readDeadLetters(this.redis, organizationId)) {
      if (data.length === SHOWN_MAX) break;
      data.push({ id: entryId, reason, buriedAt: new Date(buriedAtMs), event });
    }
    return { count: await countDeadLetters(this.redis, organizationId), data };
  }

  /** Audited after it is done: an event given to ingest twice is recorded once, one that was never given would be lost. */
  async replay(organization: string, write: Write): Promise<ReplayAnswer> {
    const organizationId = await this.organizations.idOf(organization);
    const replayed = await replayDeadLetters(this.redis, organizationId);
    await this.changes.inside(organization, write, async () =>
      created('dead-letter-replay', { id: organizationId, replayed }),
    );
    return { replayed };
  }
}
