import { Body, Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PrismaClient } from '#libs/database';
import { originOf } from '../http/origin.js';
import { Public } from '../http/public.js';
import { adminUrlOf, Issuer } from '../issuer/index.js';
import { readText } from './form.js';
import { answerHtml, CurrentInteraction } from './interaction.js';
import { expiredPage, newPasswordPage, signInPage } from './pages.js';
import { Passwords } from './passwords.js';
import { SignInRecord } from './sign-in-record.js';

const [SLUG_CHARS_MAX, EMAIL_CHARS_MAX, PASSWORD_BYTES_MAX] = [63, 254, 1000];

/** The pages on which people sign in. The issuer sends browsers here, and takes them back when a member is known. */
@Public()
@ApiExcludeController()
@Controller('sign-in/:uid')
export class SignInController {
  constructor(
    @Inject(Issuer) private readonly issuer: Issuer,
    private readonly database: PrismaClient,
    private readonly passwords: Passwords,
    private readonly record: SignInRecord,
  ) {}

  @Get()
  async form(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const current = await this.current(request, reply);
    await current?.show(signInPage(pathOf(current), { organization: '', email: '' }));
  }

  @Post()
  async signIn(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const current = await this.current(request, reply);
    if (!current) return;
    const organization = readText(form, 'organization', SLUG_CHARS_MAX).trim().toLowerCase();
    const email = readText(form, 'email', EMAIL_CHARS_MAX).trim();
    const attempt = { organization, email, ip: request.ip };
    const outcome = await this.passwords.check(
      attempt,
      readText(form, 'password', PASSWORD_BYTES_MAX),
      originOf(request),
    );
    if ('flaw' in outcome) {
      const { flaw, retryAfterSeconds } = outcome;
      if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
      return current.show(signInPage(pathOf(current), attempt, flaw), retryAfterSeconds === undefined ? 400 : 429);
    }
    const { member } = outcome;
    if (member.passwordOneTime) {
      await current.awaitNewPassword(member.id);
      return current.show(newPasswordPage(`${pathOf(current)}/password`, member.email));
    }
    await this.record.signedIn(member, originOf(request), 'password');
    await current.finish(member.id);
  }

  @Post('password')
  async setPassword(@Body() form: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const current = await this.current(request, reply);
    if (!current) return;
    const id = current.newPasswordFor;
    const member = id === undefined ? null : await this.database.member.findUnique({ where: { id } });
    // Whoever changed it meanwhile has made this sign-in worthless.
    if (!member?.passwordOneTime) return this.over(reply);
    const from = originOf(request);
    const outcome = await this.passwords.change(member, readText(form, 'password', PASSWORD_BYTES_MAX), from);
    if ('flaw' in outcome)
      return current.show(newPasswordPage(`${pathOf(current)}/password`, member.email, outcome.flaw), 400);
    await this.record.signedIn(outcome.member, from, 'password');
    await current.finish(member.id);
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

function pathOf({ uid }: CurrentInteraction): string {
  return `/sign-in/${uid}`;
}
