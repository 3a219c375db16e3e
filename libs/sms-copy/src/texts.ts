import type { DialogEvent, Event, EventBatch, EventType, AskedPrompt } from '@stopcovid/contracts';
import { valueIn } from './body';
import { emojiFor } from './emoji';
import { asked, askedAgain, optionsOf, outgoing, sentence, voiceFor } from './voice';
import type { CopyOptions, OutgoingText, Voice } from './voice';
import type { SentenceKey } from './sentences';

type Texts = readonly OutgoingText[];
type Decisions = { readonly [T in EventType]: (event: Event<T>, voice: Voice) => Texts };

/** For events whose answer is in another event of the batch, in a later batch, or that no trainee needs to hear of. */
const saysNothing = (): Texts => [];

const reply = (voice: Voice, ...keys: readonly SentenceKey[]): Texts =>
  outgoing('reply', keys.map((key) => sentence(voice, key)).join(' '));

const andAskAgain = (voice: Voice, prompt: AskedPrompt | undefined): Texts =>
  prompt === undefined ? [] : askedAgain(voice, prompt, 'reply');

const carrierAnswers = ({ options }: Voice, word: string | undefined): boolean =>
  word !== undefined &&
  [...(options.carrierAnswers ?? [])].some((w) => w.toLowerCase() === word.toLowerCase());

const answering: ReadonlySet<string> = new Set(['registered', 'requested', 'continued', 'optedIn']);

/** A start that answers the trainee is a reply; a scheduled one, or an operator's, can wait its turn. */
const startKind = (reason: string): OutgoingText['kind'] => (answering.has(reason) ? 'reply' : 'started');

/** A question; one of an earlier drill is called what it is. */
const put = (
  { prompt, repeat }: Event<'DrillStarted'> | Event<'PromptAdvanced'>,
  voice: Voice,
  kind: OutgoingText['kind'],
): Texts => {
  const texts = asked(voice, prompt, kind);
  const [first, ...others] = texts;
  if (repeat === undefined || first === undefined) return texts;
  return [...outgoing(kind, `${sentence(voice, 'onceMore')}\n${first.body}`, first.media), ...others];
};

const praised = (event: Event<'PromptCompleted'>, voice: Voice): Texts => {
  if (event.correct !== true) return [];
  const emoji = voice.options.emojis === true ? `${emojiFor(event.runId + event.prompt)} ` : '';
  return outgoing('reply', emoji + sentence(voice, 'praise'));
};

/** `a, b or c`. */
const choicesIn = ({ options = [] }: AskedPrompt, voice: Voice): string => {
  const ids = options.map(({ id }) => id);
  const last = ids.at(-1) ?? '';
  return ids.length < 2 ? last : `${ids.slice(0, -1).join(', ')} ${sentence(voice, 'or')} ${last}`;
};

const withOptions = (prompt: AskedPrompt, said: string): Texts =>
  outgoing('reply', `${said}\n${optionsOf(prompt)}`);

type Asks = Event<'ReplyUnclear'>['asks'];

/** What is said where one of these is wanted, with the options on one screen. Nothing is called wrong. */
const clarifications: { readonly [W in Asks['wants']]: (prompt: AskedPrompt, voice: Voice) => Texts } = {
  option: (prompt, voice) =>
    withOptions(prompt, sentence(voice, 'unclearOption', { choices: choicesIn(prompt, voice) })),
  zone: (prompt, voice) => withOptions(prompt, sentence(voice, 'sayZone')),
  when: (_prompt, voice) => reply(voice, 'sayWhen'),
  number: (_prompt, voice) => reply(voice, 'unclearNumber'),
  yesNo: (_prompt, voice) => reply(voice, 'unclearYesNo'),
  answer: (prompt, voice) => [...reply(voice, 'unclearAnswer'), ...askedAgain(voice, prompt, 'reply')],
};

const clarified = ({ wants, prompt }: Asks, voice: Voice): Texts => clarifications[wants](prompt, voice);

const failed = (event: Event<'PromptFailed'>, voice: Voice): Texts => {
  const { abandoned, correctAnswer, asks, graded, again } = event;
  if (asks !== undefined) return clarified(asks, voice);
  if (again !== undefined) return withOptions(again, sentence(voice, 'tryAgain'));
  if (!abandoned) return reply(voice, 'tryAgain');
  if (graded === false) return reply(voice, 'skipped');
  if (correctAnswer === undefined) return reply(voice, 'moveOn');
  return outgoing('reply', sentence(voice, 'reveal', { correctAnswer }));
};

const completed = (event: Event<'DrillCompleted'>, voice: Voice): Texts => {
  const { right, graded, autoContinue, last, repeatsOnly, quiet } = event;
  if (quiet) return [];
  if (repeatsOnly) return reply(voice, 'repeatsDone');
  const score = { right: String(right), graded: String(graded) };
  const said = [
    sentence(voice, 'drillCompleted'),
    ...(graded > 0 ? [sentence(voice, 'drillScore', score)] : []),
    ...(last ? [sentence(voice, 'noMoreDrills')] : []),
    ...(last || autoContinue ? [] : [sentence(voice, 'askForMore')]),
  ];
  return outgoing('reply', said.join(' '));
};

const optedOut = ({ source, word }: Event<'TraineeOptedOut'>, voice: Voice): Texts =>
  source === 'carrier' || carrierAnswers(voice, word) ? [] : outgoing('consent', sentence(voice, 'optedOut'));

const optedIn = ({ word, confirmedBy, cutOff }: Event<'TraineeOptedIn'>, voice: Voice): Texts => {
  const isTold = confirmedBy === 'carrier' || carrierAnswers(voice, word);
  const confirmation = isTold ? [] : outgoing('consent', sentence(voice, 'optedIn'));
  if (voice.trainee.registration === null) return [...confirmation, ...reply(voice, 'askForCode')];
  return cutOff === undefined ? confirmation : [...confirmation, ...reply(voice, cutOff)];
};

/** What an operator does is theirs to say; a text is answered, and who fell silent is told why and how to come back. */
const paused = ({ reason }: Event<'SchedulePaused'>, voice: Voice): Texts => {
  if (reason === 'operator') return [];
  return reason === 'text'
    ? reply(voice, 'paused')
    : outgoing('reminder', sentence(voice, 'pausedUnanswered'));
};

const resumed = ({ source, prompt }: Event<'ScheduleResumed'>, voice: Voice): Texts =>
  source === 'operator' ? [] : [...reply(voice, 'resumed'), ...andAskAgain(voice, prompt)];

const message = ({ text, mediaUrl, notice }: Event<'MessageRequested'>, voice: Voice): Texts => {
  if (notice === undefined) return outgoing('message', text ?? '', mediaUrl);
  return reply(voice, ({ NoMoreDrills: 'noMoreDrills' } as const)[notice]);
};

/* Enough to know one's own words by, and few enough for one segment. */
const longestQuote = 40;

const quoted = (response: string): string => {
  const words = [...valueIn(response)];
  return words.length <= longestQuote ? words.join('') : `${words.slice(0, longestQuote).join('')}...`;
};

/** Only good news, once: that an answer counts, and to whom it is to be told. */
const regraded = ({ was, now, response, delivery }: Event<'ReplyRegraded'>, voice: Voice): Texts =>
  delivery !== undefined && now === 'right' && was !== 'right'
    ? outgoing('message', sentence(voice, 'regradedRight', { response: quoted(response) }))
    : [];

const notUnderstood = (event: Event<'TextNotUnderstood'>, voice: Voice): Texts => {
  const { media = 0, rule, afterOptOut } = event;
  if (rule === 'MachineText') return [];
  if (afterOptOut === true) return outgoing('consent', sentence(voice, 'optedOut'));
  const unregistered = voice.trainee.registration === null;
  if (media > 0) return reply(voice, 'textOnly', ...(unregistered ? (['askForCode'] as const) : []));
  return reply(voice, unregistered ? 'askForCode' : 'notUnderstood');
};

/** What is said to each event: a new event does not compile until this table decides about it. */
const decisions = {
  TraineeRegistered: (_event, voice) => reply(voice, 'welcome'),
  RegistrationRefused: (_event, voice) => reply(voice, 'registrationRefused'),
  RegistrationUnavailable: (_event, voice) => reply(voice, 'registrationUnavailable'),
  TraineeUpdated: saysNothing,
  TraineeOptedOut: optedOut,
  TraineeOptedIn: optedIn,
  OptOutQuestioned: (_event, voice) => reply(voice, 'stopOrNot'),
  OptOutDeclined: saysNothing,
  ChannelChanged: saysNothing,
  SchedulePaused: paused,
  ScheduleResumed: resumed,
  DrillStarted: (event, voice) => put(event, voice, startKind(event.reason)),
  PromptCompleted: praised,
  PromptFailed: failed,
  ReplyUnclear: ({ asks }, voice) => clarified(asks, voice),
  ReplyRegraded: regraded,
  TraineeErased: saysNothing,
  PromptAdvanced: (event, voice) => put(event, voice, 'reply'),
  DrillCompleted: completed,
  DrillAbandoned: saysNothing,
  DrillPostponed: saysNothing,
  NextDrillRequested: saysNothing,
  DrillRequested: saysNothing,
  DrillDeferred: ({ prompt }, voice) => [...reply(voice, 'firstThis'), ...askedAgain(voice, prompt, 'reply')],
  TraineeReminded: ({ prompt }, voice) => [
    ...outgoing('reminder', sentence(voice, 'reminder')),
    ...askedAgain(voice, prompt, 'reminder'),
  ],
  MessageRequested: message,
  MenuRequested: ({ prompt }, voice) => [...reply(voice, 'menu'), ...andAskAgain(voice, prompt)],
  SupportRequested: ({ prompt }, voice) => [...reply(voice, 'support'), ...andAskAgain(voice, prompt)],
  InfoRequested: ({ prompt }, voice) => [...reply(voice, 'info'), ...andAskAgain(voice, prompt)],
  HelpRequested: ({ word, prompt }, voice) => [
    ...(carrierAnswers(voice, word) ? [] : reply(voice, 'help')),
    ...andAskAgain(voice, prompt),
  ],
  DemoRequested: (_event, voice) => reply(voice, 'demo'),
  ThanksReceived: (_event, voice) => reply(voice, 'thanks'),
  TextNotUnderstood: notUnderstood,
} satisfies Decisions;

const table: Decisions = decisions;

const saidTo = <T extends EventType>(type: T, event: Event<T>, voice: Voice): Texts =>
  table[type](event, voice);

/** To someone who opted out, nothing is said but that one confirmation, and to who confirms it again how to come back. */
const mayBeSaid = (event: DialogEvent, voice: Voice): boolean =>
  !voice.trainee.optedOut ||
  event.type === 'TraineeOptedOut' ||
  (event.type === 'TextNotUnderstood' && event.afterOptOut === true);

/**
 * Everything that the trainee reads for a batch, in order, in their language after it. Someone who is opted out after
 * the batch reads at most the confirmation of that opt-out, once more if they confirm it again.
 */
export const textsFor = (batch: EventBatch, options: CopyOptions = {}): readonly OutgoingText[] => {
  const voice = voiceFor(batch.trainee, options);
  return batch.events
    .filter((event) => mayBeSaid(event, voice))
    .flatMap((event) => saidTo(event.type, event, voice));
};
