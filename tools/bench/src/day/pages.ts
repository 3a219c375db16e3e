import { commandIdSchema, phoneSchema, type CommandId, type Phone } from '@stopcovid/contracts';
import { messageIdIn, pagesOf, type Ask, type TextRow } from '@stopcovid/faults';

/** A text of a trainee, and when they wrote it, in milliseconds since 1970. */
export type Written = { readonly commandId: CommandId; readonly from: Phone; readonly at: number };

/** A text that the carrier accepted, our id of it, and when, in milliseconds since 1970. */
export type Accepted = {
  readonly sid: string;
  readonly messageId: string;
  readonly to: Phone;
  readonly at: number;
};

type WrittenRow = TextRow & { readonly sid: string; readonly from: string; readonly at: string };

/** Every text of a trainee, oldest first, page by page. */
export const writtenPages = async function* (ask: Ask): AsyncGenerator<readonly Written[]> {
  for await (const rows of pagesOf<WrittenRow>(ask, 'written'))
    yield rows.map(({ sid, from, at }) => ({
      commandId: commandIdSchema.parse(sid),
      from: phoneSchema.parse(from),
      at: Date.parse(at),
    }));
};

type AcceptedRow = TextRow & {
  readonly sid: string;
  readonly to: string;
  readonly statusCallback: string | null;
  readonly at: string;
};

/** Every text that the carrier accepted, oldest first, page by page. */
export const acceptedPages = async function* (ask: Ask): AsyncGenerator<readonly Accepted[]> {
  for await (const rows of pagesOf<AcceptedRow>(ask, 'accepted'))
    yield rows.map(({ sid, to, statusCallback, at }) => ({
      sid,
      messageId: messageIdIn(statusCallback),
      to: phoneSchema.parse(to),
      at: Date.parse(at),
    }));
};

/** The number of the newest text that the carrier accepted; 0 without any. */
export const newestAccepted = async (ask: Ask): Promise<number> => {
  let newest = 0;
  for await (const rows of pagesOf<TextRow>(ask, 'accepted')) newest = rows.at(-1)?.sequence ?? newest;
  return newest;
};

/** When each text of a trainee was written, in milliseconds since 1970. */
export const timesWritten = async (ask: Ask): Promise<readonly number[]> => {
  const times: number[] = [];
  for await (const page of writtenPages(ask)) for (const { at } of page) times.push(at);
  return times;
};
