import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, MaxLength, Min } from 'class-validator';
import { isUuid } from '#libs/core';
import { invalidField } from './validation.js';

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';
const AFTER_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** The query of every list. */
export class ListQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 200,
    default: 50,
    description: 'Most items to answer with.',
  })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;

  @ApiPropertyOptional({ description: 'The nextCursor of the list before.' })
  @IsOptional()
  @MaxLength(64)
  @Matches(/^[\w-]*$/)
  cursor?: string;
}

/** A part of a list, and where the next part begins. */
export interface Page<Item> {
  readonly data: readonly Item[];
  /** Null at the end. */
  readonly nextCursor: string | null;
}

/** What a list asks of the database: rows after an id, in the order of ids, one more than the page has. */
export interface Window {
  readonly id: { readonly gt: string };
  readonly order: { readonly orderBy: { readonly id: 'asc' }; readonly take: number };
}

/**
 * One page of a list, oldest first. Ids are UUIDv7, so their order is the order of creation, and a row made while somebody turns pages is
 * neither skipped nor shown twice.
 */
export async function page<Row extends { readonly id: string }, Item>(
  query: ListQuery,
  read: (window: Window) => Promise<readonly Row[]>,
  toItem: (row: Row) => Item | Promise<Item>,
): Promise<Page<Item>> {
  const after = query.cursor ? decodeCursor(query.cursor) : BEFORE_ALL;
  return cut(
    query,
    await read({ id: { gt: after }, order: { orderBy: { id: 'asc' }, take: query.limit + 1 } }),
    toItem,
  );
}

/** As {@link Window}, in the other direction. */
export interface NewestWindow {
  readonly id: { readonly lt: string };
  readonly order: { readonly orderBy: { readonly id: 'desc' }; readonly take: number };
}

/** As {@link page}, of a log: the newest first. */
export async function newestFirst<Row extends { readonly id: string }, Item>(
  query: ListQuery,
  read: (window: NewestWindow) => Promise<readonly Row[]>,
  toItem: (row: Row) => Item | Promise<Item>,
): Promise<Page<Item>> {
  const before = query.cursor ? decodeCursor(query.cursor) : AFTER_ALL;
  return cut(
    query,
    await read({ id: { lt: before }, order: { orderBy: { id: 'desc' }, take: query.limit + 1 } }),
    toItem,
  );
}

async function cut<Row extends { readonly id: string }, Item>(
  { limit }: ListQuery,
  rows: readonly Row[],
  toItem: (row: Row) => Item | Promise<Item>,
): Promise<Page<Item>> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { data: await Promise.all(shown.map(toItem)), nextCursor: last ? encodeCursor(last.id) : null };
}

function encodeCursor(id: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
}

function decodeCursor(cursor: string): string {
  const hex = Buffer.from(cursor, 'base64url').toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (!isUuid(id)) throw invalidField('cursor', 'must be the nextCursor of an earlier answer');
  return id;
}
