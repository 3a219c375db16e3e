/** How a document came to be unreadable. */
export const spoilings = ['of a later release', 'truncated', 'edited by hand'] as const;
export type Spoiling = (typeof spoilings)[number];

export type Fields = Readonly<Record<string, unknown>>;

/** What a document has now, by field, and what was there before; undefined where there is nothing. */
export type Spoilt = readonly { readonly field: string; readonly now: unknown; readonly before: unknown }[];

const strangeTo: Readonly<Record<Spoiling, (value: unknown) => unknown>> = {
  'of a later release': (value) => ({ v2: value }),
  truncated: () => undefined,
  'edited by hand': (value) => (typeof value === 'number' ? String(value) : 0),
};

/** What is to be changed in a document. `kept` fields stay: a document that nobody finds is missing, not unreadable. */
export const spoil = (document: Fields, kept: ReadonlySet<string>, how: Spoiling): Spoilt =>
  Object.entries(document)
    .filter(([field]) => !kept.has(field))
    .map(([field, before]) => ({ field, now: strangeTo[how](before), before }));

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What of a document is still as it was spoilt: what somebody has written since stays. */
export const stillSpoilt = (document: Fields, spoilt: Spoilt): Spoilt =>
  spoilt.filter(({ field, now }) => same(document[field], now));

/** An update that gives fields these values, and takes away those that have none. */
export const updateTo = (
  values: readonly { readonly field: string; readonly value: unknown }[],
): { readonly $set?: Fields; readonly $unset?: Readonly<Record<string, 1>> } => {
  const set = values.filter(({ value }) => value !== undefined);
  const unset = values.filter(({ value }) => value === undefined);
  return {
    ...(set.length > 0 && { $set: Object.fromEntries(set.map(({ field, value }) => [field, value])) }),
    ...(unset.length > 0 && { $unset: Object.fromEntries(unset.map(({ field }) => [field, 1 as const])) }),
  };
};
