import { isDeepStrictEqual } from 'node:util';
import type { Phone } from '@stopcovid/contracts';
import type { EventProjection, Projection } from '../projections/projection';
import { eventProjections, notContent, standing } from '../projections/projections';

/** A document as it is stored, whoever wrote it: nothing but its id is sure. */
export type StoredDocument = { readonly _id: string; readonly [field: string]: unknown };

/** All documents of one phone, by the collection of their projection. */
export type PhoneDocuments = ReadonlyMap<string, readonly StoredDocument[]>;

/** How one document of a phone differs. Without a side, the document is not there at all. */
export type DocumentDifference = {
  readonly collection: string;
  readonly id: string;
  /** Which fields differ, as paths; empty when one side lacks the document. */
  readonly fields: readonly string[];
  readonly live?: StoredDocument;
  readonly shadow?: StoredDocument;
};

/** A phone whose batches are not all on the topic: `after` is the last that can be folded, `found` the next there is. */
export type Hole = { readonly phone: Phone; readonly after: number; readonly found?: number };

/** What comparing a phone at one moment came to. */
export type Verdict =
  | { readonly kind: 'same' }
  /** Both are at the same version, and differ. */
  | { readonly kind: 'different'; readonly differences: readonly DocumentDifference[] }
  /** The topic knows the phone, the live projection does not. */
  | { readonly kind: 'missing'; readonly differences: readonly DocumentDifference[] }
  /** The live projection has a phone of which the topic knows nothing. */
  | { readonly kind: 'unknown'; readonly differences: readonly DocumentDifference[] }
  /** The live projection has not come as far as the service's offsets say. */
  | { readonly kind: 'late'; readonly differences: readonly DocumentDifference[] }
  /** The live projection has gone on: fold up to this version and compare again. */
  | { readonly kind: 'behind'; readonly target: number }
  /** The service is in the middle of a write, or ended there: look again. */
  | { readonly kind: 'unsettled' };

/** The batch that a document is of; 0 when it says none that could be one. */
const versionIn = (
  document: StoredDocument | undefined,
  { versionField }: Pick<EventProjection, 'versionField'> = standing,
): number => {
  const version = document?.[versionField];
  return typeof version === 'number' && Number.isSafeInteger(version) && version > 0 ? version : 0;
};

/** How far a phone has come: the version of its standing; 0 when there is none. */
export const versionOf = (documents: PhoneDocuments): number =>
  versionIn(documents.get(standing.collection)?.[0]);

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null &&
  typeof value === 'object' &&
  [Object.prototype, null].includes(Object.getPrototypeOf(value));

const differing = (live: unknown, shadow: unknown, path: readonly string[]): readonly string[] => {
  if (isDeepStrictEqual(live, shadow)) return [];
  const alike = Array.isArray(live) && Array.isArray(shadow) && live.length === shadow.length;
  if (!alike && !(isPlain(live) && isPlain(shadow))) return [path.join('.')];
  const [before, after] = [new Map(Object.entries(live)), new Map(Object.entries(shadow))];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((field) =>
    differing(before.get(field), after.get(field), [...path, field]),
  );
};

/** The paths of the fields that differ, without those that are not content. */
export const fieldsThatDiffer = (
  live: StoredDocument,
  shadow: StoredDocument,
  more: ReadonlySet<string> = new Set(),
): readonly string[] =>
  [...new Set([...Object.keys(live), ...Object.keys(shadow)])]
    .filter((field) => !notContent.has(field) && !more.has(field))
    .flatMap((field) => differing(live[field], shadow[field], [field]));

const compareBoth = (
  { collection, notContent: more }: Projection,
  live: StoredDocument,
  shadow: StoredDocument,
): readonly DocumentDifference[] => {
  const fields = fieldsThatDiffer(live, shadow, more);
  return fields.length === 0 ? [] : [{ collection, id: live._id, fields, live, shadow }];
};

const compareOne = (
  projection: Projection,
  live: StoredDocument | undefined,
  shadow: StoredDocument | undefined,
): readonly DocumentDifference[] => {
  const { collection } = projection;
  if (live && shadow) return compareBoth(projection, live, shadow);
  if (live) return [{ collection, id: live._id, fields: [], live }];
  return shadow ? [{ collection, id: shadow._id, fields: [], shadow }] : [];
};

const byId = (documents: readonly StoredDocument[] = []): ReadonlyMap<string, StoredDocument> =>
  new Map(documents.map((document) => [document._id, document]));

/* What happened is kept at once, whichever batches are still missing before it: it is not judged before its turn. */
const isDue = (projection: EventProjection, document: StoredDocument, reached: number): boolean =>
  projection.versionField === 'version' || versionIn(document, projection) <= reached;

/** A phone's documents without those that are ahead of how far the phone has come. */
const due = (documents: PhoneDocuments, reached: number): PhoneDocuments =>
  new Map(
    eventProjections.map((projection) => [
      projection.collection,
      (documents.get(projection.collection) ?? []).filter((each) => isDue(projection, each, reached)),
    ]),
  );

/** Every document of a phone that differs, in the order of the projections. */
export const differencesOf = (
  projections: readonly Projection[],
  live: PhoneDocuments,
  shadow: PhoneDocuments,
): readonly DocumentDifference[] =>
  projections.flatMap((projection) => {
    const { collection } = projection;
    const [before, after] = [byId(live.get(collection)), byId(shadow.get(collection))];
    return [...new Set([...before.keys(), ...after.keys()])].flatMap((id) =>
      compareOne(projection, before.get(id), after.get(id)),
    );
  });

/** Whether there is any document at all. */
export const hasDocuments = (documents: PhoneDocuments): boolean =>
  [...documents.values()].some((found) => found.length > 0);

const newest = (documents: PhoneDocuments): number =>
  Math.max(
    0,
    ...eventProjections.flatMap((projection) =>
      (documents.get(projection.collection) ?? []).map((each) => versionIn(each, projection)),
    ),
  );

/**
 * Compares the live documents of a phone with a fresh fold. A live projection that is ahead is never different: there
 * is more to fold. Documents beside a standing of an older version are a write that has not come to its end.
 */
export const judgePhone = (allLive: PhoneDocuments, allShadow: PhoneDocuments): Verdict => {
  const [has, should] = [versionOf(allLive), versionOf(allShadow)];
  const target = has === 0 ? newest(allLive) : has;
  if (target > should) return { kind: 'behind', target };
  const [live, shadow] = [due(allLive, should), due(allShadow, should)];
  const differences = differencesOf(eventProjections, live, shadow);
  if (differences.length === 0) return { kind: 'same' };
  if (!hasDocuments(shadow)) return { kind: 'unknown', differences };
  if (newest(live) > should) return { kind: 'unsettled' };
  if (has === should) return { kind: 'different', differences };
  return { kind: has === 0 ? 'missing' : 'late', differences };
};
