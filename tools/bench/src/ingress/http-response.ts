const head = '\r\n\r\n';

/** One response on a kept connection: its status, and how many bytes it takes. */
export type Framed = { readonly status: number; readonly bytes: number };

/** The first whole response at the start of what came in; undefined while some of it is missing. Throws without a length. */
export const framed = (received: Buffer): Framed | undefined => {
  const end = received.indexOf(head);
  if (end === -1) return undefined;
  const headers = received.toString('latin1', 0, end);
  const length = /^content-length: *(\d+)/im.exec(headers)?.[1];
  if (length === undefined) throw new Error(`a response without a length: ${headers.slice(0, 80)}`);
  const bytes = end + head.length + Number(length);
  return bytes > received.length ? undefined : { status: Number(headers.slice(9, 12)), bytes };
};
