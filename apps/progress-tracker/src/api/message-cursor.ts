import type { MessagePlace } from '../messages/message-store';
import { invalidParameter } from '../problems/problem';

/** A cursor is opaque to whoever holds it, and shows no phone number in a log of addresses. */
export const toCursor = ({ at, id }: MessagePlace): string =>
  Buffer.from(`${at.getTime()} ${id}`).toString('base64url');

/** The place that a cursor names. Throws 400 for one that we did not give. */
export const fromCursor = (cursor: string | undefined): { after?: MessagePlace } => {
  if (cursor === undefined) return {};
  const [, ms, id] = /^(\d{1,14}) (.{1,256})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (ms === undefined || id === undefined)
    throw invalidParameter('cursor', 'cursor is not one that this service gave');
  return { after: { at: new Date(Number(ms)), id } };
};
