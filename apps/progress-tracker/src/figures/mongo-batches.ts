/** Which fields of documents are read. */
export type Projection = Readonly<Record<string, 1>>;

/** Documents that were asked for, and not yet read: a cursor of the driver. */
export interface Found {
  project(projection: Projection): Found;
  batchSize(size: number): Found;
  next(): Promise<object | null>;
  readBufferedDocuments(): readonly object[];
  close(): Promise<void>;
}

/* Some hundred kilobytes of what is read least of. */
const batchSize = 500;

const nextOf = async (found: Found): Promise<readonly object[]> => {
  const first = await found.next();
  return first === null ? [] : [first, ...found.readBufferedDocuments()];
};

/* What it throws is thrown where it is awaited. */
const begun = (batch: Promise<readonly object[]>): Promise<readonly object[]> => {
  batch.catch(() => undefined);
  return batch;
};

/**
 * What was found, some hundreds at a time. From the second on the next ones are on their way while these are worked on;
 * who wants a page alone reads no more than the first. Ends the query where nobody reads on.
 */
export async function* inBatches(found: Found, projection: Projection): AsyncGenerator<readonly object[]> {
  const asked = found.project(projection).batchSize(batchSize);
  let coming = begun(nextOf(asked));
  try {
    const first = await coming;
    if (first.length > 0) yield first;
    coming = begun(nextOf(asked));
    for (let batch = await coming; batch.length > 0; batch = await coming) {
      coming = begun(nextOf(asked));
      yield batch;
    }
  } finally {
    await coming.catch(() => undefined);
    await asked.close();
  }
}
