import { Injectable } from '@nestjs/common';
import { PrismaClient } from '#libs/database';
import { lookUpTop } from './named.js';

/** Which organization a path means. */
@Injectable()
export class Organizations {
  constructor(private readonly database: PrismaClient) {}

  /** Id of the organization with this slug or id. Throws not_found. */
  async idOf(slugOrId: string): Promise<string> {
    const find = (where: object) => this.database.organization.findFirst({ where, select: { id: true } });
    return (await lookUpTop(slugOrId, find)).id;
  }
}
