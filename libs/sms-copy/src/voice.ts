import type { AskedPrompt, EventBatch } from '@stopcovid/contracts';
import { bodyOf, valueIn } from './body';
import { copyOf, hasCopy, offeredWords } from './copy';
import { layersFor, type OwnCopy, type OwnSentences } from './own-copy';
import type { Copy, SentenceKey } from './sentences';
import { spokenSchedule } from './spoken-schedule';
import { placeholdersOf, renderTemplate, scheduleVariables } from './template';

/** How a deployment speaks; all of it may be left out. */
export type CopyOptions = {
  /** Words whose consent or help answer the carrier gives itself; we add none. In any case. */
  readonly carrierAnswers?: ReadonlySet<string>;
  /** What it says otherwise than we do: `copy.yaml`, as `libs/drills` read it. */
  readonly own?: OwnCopy | undefined;
  /** An emoji before praise; off by default, since one emoji makes the text UCS-2. */
  readonly emojis?: boolean;
  /** Where the relative media paths of drills are found; without it such media is left out. */
  readonly mediaBaseUrl?: string;
};

/** One text on its way to a trainee. `started` and `reminder` are those that nobody waits for at this moment. */
export type OutgoingText = {
  readonly body: string;
  /** The address of a picture or a recording. */
  readonly media?: string;
  readonly kind: 'reply' | 'started' | 'reminder' | 'message' | 'consent';
};

/** Who speaks to whom: the trainee after the batch, in their language, under the deployment's options. */
export type Voice = {
  readonly trainee: EventBatch['trainee'];
  readonly options: CopyOptions;
  /** What is said otherwise than by us, the later over the earlier. */
  readonly layers: readonly OwnSentences[];
  readonly copy: Copy;
};

/** The voice for a batch. */
export const voiceFor = (trainee: EventBatch['trainee'], options: CopyOptions): Voice => {
  const layers = layersFor(options.own ?? {}, trainee.account.employerId);
  return { trainee, options, layers, copy: copyOf(trainee.profile.language, layers) };
};

const companyOf = ({ trainee }: Voice, copy: Copy): string =>
  valueIn(trainee.account.employerName ?? '') || copy.yourCompany;

const nameOf = ({ trainee }: Voice): string => valueIn(trainee.profile.name ?? '');

/** One of our own sentences, filled in. */
export const sentence = (
  voice: Voice,
  key: SentenceKey,
  extra: Readonly<Record<string, string>> = {},
): string =>
  renderTemplate(voice.copy[key], {
    ...offeredWords(voice.copy),
    name: nameOf(voice),
    company: companyOf(voice, voice.copy),
    ...extra,
  });

/** A text, or nothing when it would have neither words nor media. */
export const outgoing = (
  kind: OutgoingText['kind'],
  text: string,
  media?: string,
): readonly OutgoingText[] => {
  const body = bodyOf(text);
  if (body === '' && media === undefined) return [];
  return [{ body, kind, ...(media === undefined ? {} : { media }) }];
};

const mediaAddress = (media: string | undefined, base: string | undefined): string | undefined => {
  if (media === undefined || /^https?:\/\//i.test(media)) return media;
  if (base === undefined) return undefined;
  return `${base.replace(/(?<!\/)\/+$/, '')}/${media.replace(/^\/+/, '').replaceAll(' ', '%20')}`;
};

/** The options, one a line. */
export const optionsOf = (prompt: AskedPrompt): string =>
  (prompt.options ?? []).map(({ id, text }) => `${id}) ${valueIn(text)}`).join('\n');

const asksForSchedule = ({ messages }: AskedPrompt): boolean =>
  messages.some(({ text = '' }) => scheduleVariables.some((name) => placeholdersOf(text).includes(name)));

/** The texts of a prompt, filled in. Its own language may differ from the trainee's: the drill may lack theirs. */
export const asked = (
  voice: Voice,
  prompt: AskedPrompt,
  kind: OutgoingText['kind'],
): readonly OutgoingText[] => {
  const { layers } = voice;
  const copy = hasCopy(prompt.language, layers) ? copyOf(prompt.language, layers) : voice.copy;
  const variables = {
    name: nameOf(voice),
    company: companyOf(voice, copy),
    options: optionsOf(prompt),
    position: String(prompt.position),
    of: String(prompt.of),
    ...(asksForSchedule(prompt) && spokenSchedule(voice.trainee.profile, prompt.language, copy)),
  };
  return prompt.messages.flatMap(({ text = '', media }) =>
    outgoing(kind, renderTemplate(text, variables), mediaAddress(media, voice.options.mediaBaseUrl)),
  );
};

const showsOptions = ({ text }: AskedPrompt['messages'][number]): boolean =>
  text !== undefined && /\{\{\s*options\s*\}\}/.test(text);

/**
 * The question of a prompt alone, without what led up to it: the message with the options, or the last one that has
 * words. A prompt without words is put again as it is.
 */
export const askedAgain = (
  voice: Voice,
  prompt: AskedPrompt,
  kind: OutgoingText['kind'],
): readonly OutgoingText[] => {
  const question =
    prompt.messages.findLast(showsOptions) ?? prompt.messages.findLast(({ text }) => text !== undefined);
  return asked(voice, question === undefined ? prompt : { ...prompt, messages: [question] }, kind);
};
