import type { Phone } from '@stopcovid/contracts';
import type { PhonePage } from './rebuild-store';

const chunkSize = 200;

/** Some phones at a time. */
export async function* chunksOf(phones: readonly Phone[]): AsyncGenerator<readonly Phone[]> {
  for (let at = 0; at < phones.length; at += chunkSize) yield phones.slice(at, at + chunkSize);
}

/** Page after page to the last one. */
export async function* pagesOf(
  page: (after: string | undefined) => Promise<PhonePage>,
): AsyncGenerator<readonly Phone[]> {
  let after: string | undefined;
  do {
    const { phones, next } = await page(after);
    yield phones;
    after = next;
  } while (after !== undefined);
}
