import type { FastifyReply, FastifyRequest } from 'fastify';
import { page } from '../http/page.js';
import type { Interaction, Issuer } from '../issuer/issuer.js';

/** A member whose one-time password was right, kept with the sign-in until the new one is set. */
interface Unfinished {
  readonly newPasswordFor?: string;
}

/** One sign-in at the issuer, as a request of its browser sees it. */
export class CurrentInteraction {
  private constructor(
    private readonly issuer: Issuer,
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
    private readonly interaction: Interaction,
  ) {}

  /** Undefined when it is over, or is not this browser's: its cookie does not reach another. */
  static async of(
    issuer: Issuer,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<CurrentInteraction | undefined> {
    try {
      const interaction = await issuer.interaction(request.raw, reply.raw);
      const { uid } = request.params as { readonly uid: string };
      return interaction.uid === uid ? new CurrentInteraction(issuer, request, reply, interaction) : undefined;
    } catch (cause) {
      if (cause instanceof Error && cause.name === 'SessionNotFound') return undefined;
      throw cause;
    }
  }

  get uid(): string {
    return this.interaction.uid;
  }

  /** Id of the member who is to choose a password now. */
  get newPasswordFor(): string | undefined {
    return (this.interaction.result as Unfinished | undefined)?.newPasswordFor;
  }

  async awaitNewPassword(memberId: string): Promise<void> {
    const unfinished: Unfinished = { newPasswordFor: memberId };
    await this.issuer.interactionResult(this.request.raw, this.reply.raw, { ...unfinished });
  }

  /** Signs the member in: the browser goes back to where it wanted to. */
  async finish(memberId: string): Promise<void> {
    const login = { accountId: memberId, remember: true };
    const url = await this.issuer.interactionResult(this.request.raw, this.reply.raw, { login });
    await this.reply.redirect(url, 303);
  }

  async show(html: string, status = 200): Promise<void> {
    await answerHtml(this.reply, html, status);
  }
}

export async function answerHtml(reply: FastifyReply, html: string, status: number): Promise<void> {
  await reply.status(status).headers(page.headers()).send(html);
}
