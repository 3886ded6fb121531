import { Body, Param, Query } from '@nestjs/common';
import { ListQuery, type Page } from '../http/list.js';
import { List } from '../http/page-answer.js';
import { Create, OrganizationResource, Read, Remove, Update } from '../http/resource.js';
import { type Write, WriteOf } from '../http/write.js';
import { CreatedMemberAnswer, CreateMember, MemberAnswer, UpdateMember } from './members.dto.js';
import { MembersService } from './members.service.js';

@OrganizationResource('members')
export class MembersController {
  constructor(private readonly members: MembersService) {}

  @Create(CreatedMemberAnswer)
  create(
    @Param('organization') organization: string,
    @Body() body: CreateMember,
    @WriteOf() write: Write,
  ): Promise<CreatedMemberAnswer> {
    return this.members.create(organization, body, write);
  }

  @List(MemberAnswer)
  list(@Param('organization') organization: string, @Query() query: ListQuery): Promise<Page<MemberAnswer>> {
    return this.members.list(organization, query);
  }

  @Read(MemberAnswer, ':member')
  get(@Param('organization') organization: string, @Param('member') member: string): Promise<MemberAnswer> {
    return this.members.get(organization, member);
  }

  @Update(MemberAnswer, ':member')
  update(
    @Param('organization') organization: string,
    @Param('member') member: string,
    @Body() body: UpdateMember,
    @WriteOf() write: Write,
  ): Promise<MemberAnswer> {
    return this.members.update(organization, member, body, write);
  }

  /** A new password for the next sign-in; the old one and all sessions end. */
  @Create(CreatedMemberAnswer, ':member/one-time-password')
  giveOneTimePassword(
    @Param('organization') organization: string,
    @Param('member') member: string,
    @WriteOf() write: Write,
  ): Promise<CreatedMemberAnswer> {
    return this.members.giveOneTimePassword(organization, member, write);
  }

  @Remove(':member')
  remove(
    @Param('organization') organization: string,
    @Param('member') member: string,
    @WriteOf() write: Write,
  ): Promise<void> {
    return this.members.remove(organization, member, write);
  }
}
