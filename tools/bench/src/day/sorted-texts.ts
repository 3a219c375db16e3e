import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Ask } from '@stopcovid/faults';
import { partitionOf } from '@stopcovid/kafka';
import { groupBy } from '@stopcovid/runtime';
import { acceptedPages, writtenPages, type Accepted, type Written } from './pages';
import { partitions } from './people';

/** The texts of some phones, those of each phone oldest first. */
export type Texts = {
  readonly written: readonly Written[];
  readonly accepted: readonly Accepted[];
};

/**
 * All texts of a day, in and out, in a file for each partition: a day of 100,000 has more than three million, and they are
 * asked about together with what else there is of their phones.
 */
export class SortedTexts {
  /** When each text came or went, in milliseconds since 1970. */
  readonly times: number[] = [];
  readonly #directory: string;

  private constructor(parent: string) {
    this.#directory = mkdtempSync(join(parent, 'texts-'));
  }

  /** Reads all that the carrier has, into a folder of its own in this one. */
  static async read(ask: Ask, parent: string): Promise<SortedTexts> {
    const sorted = new SortedTexts(parent);
    for await (const page of writtenPages(ask)) sorted.#put('written', page, ({ from }) => from);
    for await (const page of acceptedPages(ask)) sorted.#put('accepted', page, ({ to }) => to);
    return sorted;
  }

  /** Those of the phones of these partitions. */
  of(own: readonly number[]): Texts {
    return {
      written: own.flatMap((partition) => this.#get<Written>('written', partition)),
      accepted: own.flatMap((partition) => this.#get<Accepted>('accepted', partition)),
    };
  }

  /** Takes the files away. */
  remove(): void {
    rmSync(this.#directory, { recursive: true });
  }

  #put<T extends { readonly at: number }>(
    kind: keyof Texts,
    page: readonly T[],
    phoneOf: (text: T) => string,
  ): void {
    for (const { at } of page) this.times.push(at);
    for (const [partition, texts] of groupBy(page, (text) => partitionOf(phoneOf(text), partitions)))
      appendFileSync(this.#file(kind, partition), texts.map((text) => `${JSON.stringify(text)}\n`).join(''));
  }

  #get<T>(kind: keyof Texts, partition: number): readonly T[] {
    const file = this.#file(kind, partition);
    if (!existsSync(file)) return [];
    return readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as T);
  }

  #file(kind: string, partition: number): string {
    return join(this.#directory, `${kind}-${partition}.jsonl`);
  }
}
