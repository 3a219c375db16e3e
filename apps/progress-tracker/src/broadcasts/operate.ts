import type { Audience } from '../audiences/audience';
import type { Audiences } from '../audiences/audiences';
import { askedId, fingerprintOf } from '../operations/asked-command';
import { problemsIn } from '../problems-in';
import { broadcastRequestSchema, type BroadcastRequest, type Letter } from './broadcast';
import type { Broadcast, Broadcasts } from './broadcasts';
import { judgeAudience, type JudgingParts } from './judge-audience';
import { PreviewTally, type Preview, type Tariff } from './preview';

/** What broadcasts are made with. */
export type BroadcastParts = JudgingParts & {
  readonly broadcasts: Broadcasts;
  readonly audiences: Pick<Audiences, 'of'>;
  readonly tariff: Tariff;
  readonly now: () => Date;
};

type Invalid = { readonly kind: 'invalid'; readonly problems: readonly string[] };

const letterOf = async (
  content: unknown,
  { audiences }: BroadcastParts,
): Promise<Invalid | { readonly kind: 'letter'; readonly letter: Letter }> => {
  const read = broadcastRequestSchema.safeParse(content);
  if (!read.success) return { kind: 'invalid', problems: problemsIn(read.error) };
  const { audience, audienceName, ...rest }: BroadcastRequest = read.data;
  const named: Audience | undefined =
    audienceName === undefined ? audience : (await audiences.of(audienceName))?.audience;
  if (named === undefined)
    return { kind: 'invalid', problems: [`audienceName: no audience is saved as ${audienceName ?? ''}`] };
  return { kind: 'letter', letter: { ...rest, audience: named } };
};

const tallied = async (letter: Letter, now: Date, parts: BroadcastParts): Promise<Preview> => {
  const tally = new PreviewTally(letter, parts.tariff);
  for await (const page of judgeAudience(letter, now.getTime(), parts))
    for (const { phone, verdict } of page) tally.add(phone, verdict);
  return tally.total();
};

/** Says who would have a broadcast, who not and why, when and at what cost. Changes nothing. */
export const previewBroadcast = async (
  content: unknown,
  parts: BroadcastParts,
): Promise<Invalid | { readonly kind: 'previewed'; readonly preview: Preview }> => {
  const read = await letterOf(content, parts);
  if (read.kind === 'invalid') return read;
  return { kind: 'previewed', preview: await tallied(read.letter, parts.now(), parts) };
};

/** Who confirms. The same key and content are one broadcast. */
export type Confirming = { readonly by: string; readonly key?: string | undefined };

/** What came of confirming. */
export type Confirmed =
  | Invalid
  | { readonly kind: 'confirmed'; readonly broadcast: Broadcast }
  | { readonly kind: 'hindered'; readonly preview: Preview }
  | { readonly kind: 'keyReused' };

const idOf = ({ by, key }: Confirming): string => askedId(by, key).replace(/^operator:/, 'broadcast-');

/* By the time of the first confirming, also where a crash cut it off and it is made again. */
const freeze = async ({ id, letter, at }: Broadcast, parts: BroadcastParts): Promise<void> => {
  let people = 0;
  for await (const page of judgeAudience(letter, at.getTime(), parts)) {
    const recipients = page.flatMap(({ verdict }) => (verdict.kind === 'reached' ? [verdict.recipient] : []));
    await parts.broadcasts.freeze(id, recipients);
    people += recipients.length;
  }
  await parts.broadcasts.release(id, people);
};

const finish = async (begun: Broadcast, parts: BroadcastParts): Promise<Confirmed> => {
  if (begun.state === 'freezing') await freeze(begun, parts);
  return { kind: 'confirmed', broadcast: (await parts.broadcasts.of(begun.id)) ?? begun };
};

/**
 * Freezes the list of a broadcast and lets it go out, unless its preview says that it cannot. Cut off in the middle,
 * nothing goes out; with the same key it goes on from there.
 */
export const confirmBroadcast = async (
  content: unknown,
  confirming: Confirming,
  parts: BroadcastParts,
): Promise<Confirmed> => {
  const read = await letterOf(content, parts);
  if (read.kind === 'invalid') return read;
  const id = idOf(confirming);
  const fingerprint = fingerprintOf('broadcast', content);
  const before = await parts.broadcasts.of(id);
  if (before !== undefined)
    return before.fingerprint === fingerprint ? finish(before, parts) : { kind: 'keyReused' };
  const at = parts.now();
  const preview = await tallied(read.letter, at, parts);
  if (preview.obstacles.length > 0) return { kind: 'hindered', preview };
  const begun = await parts.broadcasts.begin({
    id,
    letter: read.letter,
    fingerprint,
    by: confirming.by,
    at,
    state: 'freezing',
    people: 0,
    stopped: null,
  });
  return begun.fingerprint === fingerprint ? finish(begun, parts) : { kind: 'keyReused' };
};
