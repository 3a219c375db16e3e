/** Answers a path of the emulator's own API. */
export type Ask = (path: string) => Promise<unknown>;

/** What a list of the emulator has of each text: its number, which grows. */
export type TextRow = { readonly sequence: number };

/** How many texts are asked for at once: some megabytes. */
const pageSize = 5_000;

/** Every row of a list of the emulator (`accepted`, `written`), oldest first, one page after the other, so that no more than one is held. */
export const pagesOf = async function* <T extends TextRow>(
  ask: Ask,
  list: string,
): AsyncGenerator<readonly T[]> {
  for (let after = 0; ;) {
    const rows = (await ask(`${list}?after=${after}&limit=${pageSize}`)) as readonly T[];
    if (rows.length > 0) yield rows;
    if (rows.length < pageSize) return;
    after = rows.at(-1)?.sequence ?? after;
  }
};

/** Our own id of a text, which its status callback has. */
export const messageIdIn = (statusCallback: string | null): string =>
  new URL(statusCallback ?? 'http://none').searchParams.get('id') ?? 'none';
