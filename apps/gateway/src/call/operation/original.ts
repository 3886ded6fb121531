import { type JsonObject, spliceMembers } from '#libs/dialects';
import { spliceFields } from './form.js';

/** The client's own body, of which single members can be set while every other byte stays. */
export interface Original {
  readonly contentType: string;
  with(members: JsonObject): string | Uint8Array;
}

export const jsonOriginal = (text: string): Original => ({
  contentType: 'application/json',
  with: (members) => (Object.keys(members).length === 0 ? text : spliceMembers(text, members)),
});

/** Members of a form are its text fields. */
export const formOriginal = (bytes: Buffer, contentType: string): Original => ({
  contentType,
  with: (members) => spliceFields(bytes, contentType, members),
});
