import { Body, Param, Query } from '@nestjs/common';
import { ReachOf } from '../access/access.js';
import type { Reach } from '../access/reach.js';
import { ListQuery, type Page } from '../http/list.js';
import { List } from '../http/page-answer.js';
import { Create, OrganizationResource, Read, Remove, Update } from '../http/resource.js';
import { type Write, WriteOf } from '../http/write.js';
import { CreateTeam, TeamAnswer, UpdateTeam } from './teams.dto.js';
import { TeamsService } from './teams.service.js';

@OrganizationResource('teams')
export class TeamsController {
  constructor(private readonly teams: TeamsService) {}

  @Create(TeamAnswer)
  create(
    @Param('organization') organization: string,
    @Body() body: CreateTeam,
    @WriteOf() write: Write,
  ): Promise<TeamAnswer> {
    return this.teams.create(organization, body, write);
  }

  @List(TeamAnswer)
  list(
    @Param('organization') organization: string,
    @Query() query: ListQuery,
    @ReachOf() reach: Reach,
  ): Promise<Page<TeamAnswer>> {
    return this.teams.list(organization, query, reach);
  }

  @Read(TeamAnswer, ':team')
  get(
    @Param('organization') organization: string,
    @Param('team') team: string,
    @ReachOf() reach: Reach,
  ): Promise<TeamAnswer> {
    return this.teams.get(organization, team, reach);
  }

  @Update(TeamAnswer, ':team')
  update(
    @Param('organization') organization: string,
    @Param('team') team: string,
    @Body() body: UpdateTeam,
    @WriteOf() write: Write,
  ): Promise<TeamAnswer> {
    return this.teams.update(organization, team, body, write);
  }

  @Remove(':team')
  remove(
    @Param('organization') organization: string,
    @Param('team') team: string,
    @WriteOf() write: Write,
  ): Promise<void> {
    return this.teams.remove(organization, team, write);
  }
}
