import { z } from 'zod';
import { digestOf, reasonOf, type Sources } from './directory';
import { mostFiles } from './lint';

/** Where a bundle is, and the mark of the one that we have. */
export type BundleRequest = { readonly url: string; readonly etag?: string | undefined };

/** What became of asking for a bundle. Nothing here throws: storage that is down is an ordinary day. */
export type BundleAnswer =
  | { readonly status: 'unchanged' }
  | { readonly status: 'fetched'; readonly sources: Sources; readonly etag?: string }
  | { readonly status: 'unavailable'; readonly reason: string };

const mostBytes = 5 * 1_024 * 1_024;
const mostMs = 10_000;

const bundleSchema = z.object({ files: z.record(z.string().min(1).max(256), z.string()) });

const unavailable = (reason: string): BundleAnswer => ({ status: 'unavailable', reason });

/** The whole body, or nothing once it is longer than allowed; whatever its headers say of its length. */
const bodyOf = async (response: Response): Promise<string | undefined> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    const bytes = z.instanceof(Uint8Array).parse(chunk);
    size += bytes.byteLength;
    if (size > mostBytes) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const toSources = (text: string): Sources | undefined => {
  const bundle = bundleSchema.safeParse(parseJson(text));
  if (!bundle.success) return undefined;
  const files = Object.entries(bundle.data.files)
    .map(([path, held]) => ({ path, text: held }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .slice(0, 4 * mostFiles);
  return { files, digest: digestOf(files, undefined) };
};

const read = async (response: Response): Promise<BundleAnswer> => {
  if (response.status === 304) return { status: 'unchanged' };
  if (!response.ok) return unavailable(`answered ${response.status}`);
  const text = await bodyOf(response);
  if (text === undefined) return unavailable('is over 5 MB');
  const sources = toSources(text);
  if (!sources) return unavailable('is not JSON of the form {"files": {"path": "text"}}');
  const etag = response.headers.get('etag');
  return { status: 'fetched', sources, ...(etag !== null && { etag }) };
};

/**
 * Fetches drills as one JSON document, `{ "files": { "course.yaml": "…" } }`, if it is another than `etag` names.
 * Takes at most 10 s and 5 MB, follows no redirects, and never rejects.
 */
export const fetchBundle = async ({ url, etag }: BundleRequest): Promise<BundleAnswer> => {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    return unavailable('is not an http address');
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json', ...(etag !== undefined && { 'if-none-match': etag }) },
      redirect: 'error',
      signal: AbortSignal.timeout(mostMs),
    });
    const answer = await read(response);
    await response.body?.cancel().catch(() => undefined);
    return answer;
  } catch (reason) {
    return unavailable(reasonOf(reason));
  }
};
