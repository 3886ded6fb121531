import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid, SLUG } from '#libs/core';
import type { Logger } from '#libs/telemetry';
import { LOGGER } from '../connections/tokens.js';
import { originOf } from '../http/origin.js';
import { Public } from '../http/public.js';
import { adminUrlOf, Issuer } from '../issuer/index.js';
import { CorporateSignIn } from './corporate-sign-in.js';
import { readText } from './form.js';
import { answerHtml, CurrentInteraction } from './interaction.js';
import { Newcomers } from './newcomers.js';
import { expiredPage, providersPage, signInPage } from './pages.js';
import { SignInRecord } from './sign-in-record.js';

const SLUG_CHARS_MAX = 63;
const FAILED = 'Your identity provider did not confirm who you are. Try again.';
const AWAY = 'The identity provider cannot be reached right now.';

/** Signing in through an organization's identity provider: out to it, and back. */
@Public()
@ApiExcludeController()
@Controller('sign-in')
export class CorporateSignInController {
  constructor(
    @Inject(Issuer) private readonly issuer: Issuer,
    private readonly corporate: CorporateSignIn,
    private readonly newcomers: Newcomers,
    private readonly record: SignInRecord,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Where providers send browsers back to: one address for all sign-ins, as they want it. The sign-in's cookie is bound to
   * its own path, so the browser is sent on there.
   */
  @Get('return')
  async returned(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const uid = readText(request.query, 'state', 200).split('.')[0] ?? '';
    if (!/^[\w-]{10,50}$/.test(uid)) return this.over(reply);
    await reply.redirect(`${adminUrlOf(this.issuer.url)}/sign-in/${uid}/return?${queryOf(request)}`, 303);
  }

  @Get(':uid/providers')
  async choose(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const current = await this.current(request, reply);
    if (!current) return;
    const organization = readText(query, 'organization', SLUG_CHARS_MAX).trim().toLowerCase();
    const providers = SLUG.test(organization) ? await this.corporate.of(organization) : [];
    await current.show(providersPage(`/sign-in/${current.uid}`, organization, providers));
  }

  @Get(':uid/providers/:provider')
  async depart(
    @Param('provider') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const current = await this.current(request, reply);
    const provider = current && isUuid(id) ? await this.corporate.find(id) : null;
    if (!current) return;
    if (!provider) return this.over(reply);
    try {
      const { url, departure } = await this.corporate.depart(provider, current.uid);
      await current.awaitReturn(departure);
      await reply.redirect(url.href, 303);
    } catch (error) {
      this.logger.warn({ provider: provider.slug, error }, 'an identity provider cannot be reached for sign-in');
      await current.show(signInPage(`/sign-in/${current.uid}`, { organization: '', email: '' }, AWAY), 503);
    }
  }

  @Get(':uid/return')
  async arrive(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const current = await this.current(request, reply);
    if (!current) return;
    const { departure } = current;
    const provider = departure && (await this.corporate.find(departure.providerId));
    if (!departure || !provider) return this.over(reply);
    const page = (flaw: string) => signInPage(`/sign-in/${current.uid}`, { organization: '', email: '' }, flaw);
    try {
      const claims = await this.corporate.arrive(provider, departure, queryOf(request));
      const arrival = await this.newcomers.welcome(provider, claims, originOf(request));
      if ('flaw' in arrival) return await current.show(page(arrival.flaw), 403);
      await this.record.signedIn(arrival.member, originOf(request), 'identity-provider');
      await current.finish(arrival.member.id);
    } catch (error) {
      this.logger.warn({ provider: provider.slug, error }, 'a sign-in through an identity provider failed');
      await current.show(page(FAILED), 400);
    }
  }

  private async current(request: FastifyRequest, reply: FastifyReply): Promise<CurrentInteraction | undefined> {
    const current = await CurrentInteraction.of(this.issuer, request, reply);
    if (!current) await this.over(reply);
    return current;
  }

  private over(reply: FastifyReply): Promise<void> {
    return answerHtml(reply, expiredPage(adminUrlOf(this.issuer.url)), 400);
  }
}

function queryOf(request: FastifyRequest): string {
  return request.url.split('?', 2)[1] ?? '';
}
