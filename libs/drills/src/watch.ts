import { setTimeout as wait } from 'node:timers/promises';
import { fetchBundle, type BundleRequest } from './bundle';
import type { Catalogue } from './catalogue';
import { judge, unreadable, type CatalogueResult, type Sources } from './directory';
import { folderLooks, type FolderLook } from './folder-look';
import type { Problem } from './problem';

/** What a bundle fetch led to, judged. */
export type FetchedCatalogue =
  | { readonly status: 'unchanged' }
  | { readonly status: 'fetched'; readonly result: CatalogueResult; readonly etag?: string }
  | { readonly status: 'unavailable'; readonly reason: string };

/** Fetches a bundle of drills and lints it. Never rejects. */
export const fetchCatalogue = async (request: BundleRequest): Promise<FetchedCatalogue> => {
  const answer = await fetchBundle(request);
  if (answer.status !== 'fetched') return answer;
  const { sources, ...rest } = answer;
  return { ...rest, result: judge(sources) };
};

/** A look at a folder or a bundle; `unchanged`: the bundle is the last that could be fetched. */
type Look = FolderLook | 'unchanged';

const bundleLooks = (url: string): (() => Promise<Look>) => {
  let etag: string | undefined;
  return async () => {
    const answer = await fetchBundle({ url, etag });
    if (answer.status === 'unchanged') return 'unchanged';
    if (answer.status === 'unavailable') return { unreadable: unreadable(url, answer.reason) };
    etag = answer.etag;
    return answer.sources;
  };
};

/** Where drills are kept: a folder, or a bundle of its files behind an address. */
export type CataloguePlace = { readonly directory: string } | { readonly url: string };

/** Where to look, how often (milliseconds between looks), and whom to tell. */
export type WatchOptions<Held = Catalogue> = CataloguePlace & {
  readonly everyMs: number;
  /** Called with the first good content, with each one that differs from the last, and with the first after a refusal. */
  readonly onChange: (held: Held, warnings: readonly Problem[]) => void;
  /** Called once for each distinct state that cannot be used; the last good content stays in force. */
  readonly onRefused: (problems: readonly Problem[]) => void;
};

/** Something that is made of the files; equal versions are the same. */
export type Versioned = { readonly version: string };

/** What the files make, if they may be used; or all that keeps them from it. */
export type Judged<Held> =
  | { readonly ok: true; readonly held: Held; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export type Judge<Held> = (sources: Sources) => Judged<Held>;

type Watched<Held> = WatchOptions<Held> & { readonly judge: Judge<Held> };

type Known = { digest?: string | undefined; version?: string };

/** Tells of what a look found that was not `known` yet. */
export const hear = <Held extends Versioned>(options: Watched<Held>, known: Known, look: Look): void => {
  if (look === 'same') return;
  if (look === 'unchanged') {
    // What was wrong has passed: should it come again, it is news again.
    known.digest = undefined;
    return;
  }
  const digest = 'unreadable' in look ? `unreadable ${look.unreadable.message}` : look.digest;
  if (digest === known.digest) return;
  known.digest = digest;
  const result: Judged<Held> =
    'unreadable' in look ? { ok: false, problems: [look.unreadable] } : options.judge(look);
  if (!result.ok) {
    // Who was told of a refusal is told of what follows it, also when that is what was in force before.
    delete known.version;
    return options.onRefused(result.problems);
  }
  if (result.held.version === known.version) return;
  known.version = result.held.version;
  options.onChange(result.held, result.warnings);
};

const watching = async <Held extends Versioned>(
  options: Watched<Held>,
  signal: AbortSignal,
): Promise<void> => {
  const look = 'directory' in options ? folderLooks(options.directory) : bundleLooks(options.url);
  const known: Known = {};
  while (!signal.aborted) {
    const seen = await look();
    if (signal.aborted) return;
    hear(options, known, seen);
    await wait(options.everyMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
};

/**
 * Looks at a drill directory or bundle again and again, and tells when what is made of it has changed. Contents decide
 * that; dates, with all else that is known of a file, only whether to read it, so swapped links and restored files are
 * seen. What a callback throws is the caller's.
 */
export const watchSources = <Held extends Versioned>(
  options: Watched<Held>,
): { readonly close: () => void } => {
  const stop = new AbortController();
  void watching(options, stop.signal);
  return { close: () => stop.abort() };
};

/** The catalogue that the files make. */
export const judgeCatalogue: Judge<Catalogue> = (sources) => {
  const result = judge(sources);
  return result.ok ? { ok: true, held: result.catalogue, warnings: result.warnings } : result;
};

/** Watches the drills of a directory or bundle. */
export const watchCatalogue = (options: WatchOptions): { readonly close: () => void } =>
  watchSources({ ...options, judge: judgeCatalogue });
