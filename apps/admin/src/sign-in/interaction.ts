import type { FastifyReply, FastifyRequest } from 'fastify';
import { page } from '../http/page.js';
import type { Interaction, Issuer } from '../issuer/issuer.js';
import type { Departure } from './corporate-sign-in.js';

/** How far a sign-in has come, kept with it at the issuer. */
interface Unfinished {
  /** Id of a member whose one-time password was right. */
  readonly newPasswordFor?: string;
  /** The browser was sent to an identity provider. */
  readonly departure?: Departure;
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
    return this.unfinished.newPasswordFor;
  }

  /** Where the browser was sent to, and what its return has to fit. */
  get departure(): Departure | undefined {
    return this.unfinished.departure;
  }

  awaitNewPassword(memberId: string): Promise<void> {
    return this.keep({ newPasswordFor: memberId });
  }

  awaitReturn(departure: Departure): Promise<void> {
    return this.keep({ departure });
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

  private get unfinished(): Unfinished {
    return (this.interaction.result as Unfinished | undefined) ?? {};
  }

  private async keep(unfinished: Unfinished): Promise<void> {
    await this.issuer.interactionResult(this.request.raw, this.reply.raw, { ...unfinished });
  }
}

export async function answerHtml(reply: FastifyReply, html: string, status: number): Promise<void> {
  await reply.status(status).headers(page.headers()).send(html);
}
