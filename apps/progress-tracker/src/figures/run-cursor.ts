import { BadRequestException } from '@nestjs/common';
import type { LocalDate } from '@stopcovid/calendar';
import type { RunPlace } from './run-figures';

/** A cursor is opaque to whoever holds it. */
export const toRunCursor = ({ day, runId }: RunPlace): string =>
  Buffer.from(`${day} ${runId}`).toString('base64url');

/** The place that a cursor names. Throws 400 for one that we did not give. */
export const fromRunCursor = (cursor: string | undefined): RunPlace | undefined => {
  if (cursor === undefined) return undefined;
  const [, day, runId] =
    /^(\d{4}-\d{2}-\d{2}) (.{1,64})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (day === undefined || runId === undefined)
    throw new BadRequestException(['cursor is not one that this service gave']);
  return { day: day as LocalDate, runId };
};
