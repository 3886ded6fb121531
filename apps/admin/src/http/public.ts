import { SetMetadata } from '@nestjs/common';

export const PUBLIC = Symbol('public');

/** Marks what anyone may ask. */
export const Public = (): ClassDecorator => SetMetadata(PUBLIC, true);
