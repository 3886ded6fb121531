import type { Clock } from '#libs/core';
import type { PrismaClient } from '#libs/database';

const INTERVAL_MS = 60_000;

/**
 * Notes when a credential was last used, so that people see which ones they can delete: at most once a minute each, and
 * nobody waits for it.
 */
export class LastUsed {
  readonly #noted = new Map<string, number>();
  readonly #running = new Set<Promise<void>>();

  constructor(
    private readonly prisma: PrismaClient,
    private readonly clock: Clock,
    private readonly onError: (error: unknown) => void,
  ) {}

  note(credentialId: string): void {
    const nowMs = this.clock.now();
    if (nowMs - (this.#noted.get(credentialId) ?? 0) < INTERVAL_MS) return;
    this.#noted.set(credentialId, nowMs);
    const running = this.write(credentialId, nowMs)
      .catch(this.onError)
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves when everything noted so far is written. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** Several admin apps see the same credential: only one of them writes it per minute. */
  private async write(id: string, nowMs: number): Promise<void> {
    await this.prisma.serviceCredential.updateMany({
      where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: new Date(nowMs - INTERVAL_MS) } }] },
      data: { lastUsedAt: new Date(nowMs) },
    });
  }
}
