import { Inject, Injectable } from '@nestjs/common';
import { type MasterKey, open, openDataKey, seal } from '#libs/vault';
import { MASTER_KEY } from '../connections/tokens.js';

const HINT_CHARS = 4;
/** A hint of a shorter secret would give too much of it away. */
const CHARS_MIN_FOR_HINT = 16;

/** Whose data key it is. */
export interface DataKeyOwner {
  readonly organizationId: string;
  readonly wrappedDataKey: string;
}

/** Seals provider secrets with their organization's data key, each to the record it belongs to. */
@Injectable()
export class SealedSecrets {
  constructor(@Inject(MASTER_KEY) private readonly masterKey: MasterKey) {}

  /** The columns a secret is stored as. An object is sealed as its JSON. */
  async seal(owner: DataKeyOwner, recordId: string, secret: string | object) {
    const text = typeof secret === 'string' ? secret : JSON.stringify(secret);
    const isKey = typeof secret === 'string' && !secret.startsWith('{');
    const shown = isKey && secret.length >= CHARS_MIN_FOR_HINT ? secret.slice(-HINT_CHARS) : '';
    return { sealedSecret: seal(await this.dataKey(owner), recordId, text), hint: shown };
  }

  async open(owner: DataKeyOwner, recordId: string, sealed: string): Promise<string> {
    return open(await this.dataKey(owner), recordId, sealed);
  }

  private dataKey({ organizationId, wrappedDataKey }: DataKeyOwner): Promise<Buffer> {
    return openDataKey(this.masterKey, wrappedDataKey, organizationId);
  }
}
