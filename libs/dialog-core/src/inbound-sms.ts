import type { AskedPrompt, Command, CommandId, DialogEvent, Event, Language } from '@stopcovid/contracts';
import { registrationFact, type Facts } from './facts';
import { learnLanguage } from './first-language';
import { asksToStop, saysYes } from './free-opt-out';
import { goOn } from './go-on';
import { isMachineText } from './grading/machine-text';
import { soundsLikeStop } from './hearing/sounds-like-stop';
import { keywordIn, type KeywordIndex, type Meaning } from './keywords';
import { isGreeting } from './languages/plain-language';
import { answeringRow, comesAfterAnswer } from './meanings';
import { confirmsAgain, optsIn } from './opts-in';
import { plainText, storableText } from './plain-text';
import { askedPrompt } from './prompts';
import { codeIn, refuse, register, registerIfValid } from './registration';
import { contentAt } from './repeats';
import { answerQuestion, isAnswer, takesWord } from './reply';
import { abandonRun } from './runs';
import { hasEmployer, languageIn, type DialogState } from './state';

/** A text as the rules hear it: as typed, as compared, and what it means if it is a keyword. */
type Heard = {
  readonly text: string;
  readonly plain: string;
  readonly meaning: Meaning | undefined;
  readonly media: number | undefined;
  readonly messageId: CommandId;
  /** What the carrier took the text for; it has acted on that, and answered it. */
  readonly carrierHeard: 'STOP' | 'START' | 'HELP' | undefined;
};

const hear = (
  { text, media, commandId, optOutType }: Command<'ReceiveSms'>,
  keywords: KeywordIndex,
): Heard => {
  const plain = plainText(text);
  const meaning = keywordIn(keywords, plain);
  return { text, plain, meaning, media, messageId: commandId, carrierHeard: optOutType };
};

/** A keyword as it is recorded: as typed, because how a person withdrew consent may matter one day. */
const wordIn = ({ text }: Heard): { readonly word: string } => ({ word: storableText(text) });

type Rule = (heard: Heard, state: DialogState, facts: Facts) => readonly DialogEvent[] | 'pass';

type Proof = { readonly word: string; readonly language: Language; readonly messageId: CommandId };

/** What proves a change of consent: the words, the language that its sender read, and which text it was. */
const proofIn = (heard: Heard, state: DialogState): Proof => ({
  ...wordIn(heard),
  language: languageIn(state),
  messageId: heard.messageId,
});

const withdrawn = (
  heard: Heard,
  state: DialogState,
  how: Pick<Event<'TraineeOptedOut'>, 'source' | 'detail'>,
): readonly DialogEvent[] => [
  { type: 'TraineeOptedOut', ...how, ...proofIn(heard, state) },
  ...abandonRun(state, 'optedOut'),
];

/** The carrier has confirmed it then, so that nothing is said twice. */
const optOutAtCarrier: Rule = (heard, state) => {
  if (heard.carrierHeard !== 'STOP') return 'pass';
  return state.trainee.optedOut ? [] : withdrawn(heard, state, { source: 'carrier', detail: 'OptOutType' });
};

const optOut: Rule = (heard, state) => {
  if (heard.meaning?.kind !== 'optOut') return 'pass';
  return state.trainee.optedOut ? [] : withdrawn(heard, state, { source: 'text' });
};

/** Who confirmed an opt-out with a yes, and says it again, still answers our question: they are told how to come back. */
const yesAgain: Rule = ({ text, carrierHeard }, state) =>
  confirmsAgain(state, { text, optOutType: carrierHeard })
    ? [{ type: 'TextNotUnderstood', text, afterOptOut: true }]
    : 'pass';

/** Whoever comes back soon goes on where they stopped, and else gets a drill from its beginning. */
const optIn: Rule = (heard, state, facts) => {
  const { optedOut, registration } = state.trainee;
  if (!optedOut || !optsIn({ text: heard.text, optOutType: heard.carrierHeard }, facts.keywords))
    return 'pass';
  const proof = proofIn(heard, state);
  const byCarrier = heard.carrierHeard === 'START' ? ({ confirmedBy: 'carrier' } as const) : {};
  const optedIn: Event<'TraineeOptedIn'> = { type: 'TraineeOptedIn', source: 'text', ...byCarrier, ...proof };
  if (registration === null) return [optedIn];
  const goesOn = goOn(state, facts);
  if (goesOn !== undefined) return [{ ...optedIn, cutOff: 'goesOn' }, goesOn];
  return [
    state.stopped === undefined ? optedIn : { ...optedIn, cutOff: 'anew' },
    { type: 'NextDrillRequested', word: proof.word },
  ];
};

/** What a phone or a network wrote is on record, changes nothing and is not answered. */
const writtenByMachine: Rule = ({ text }) =>
  isMachineText(text) ? [{ type: 'TextNotUnderstood', text, rule: 'MachineText' }] : 'pass';

/** By a rule whatever is open; by its sound alone only where it is no answer to what is open. */
const asksUsToStop = ({ text, meaning }: Heard, state: DialogState, facts: Facts): boolean => {
  if (asksToStop(text)) return true;
  if (meaning !== undefined || !soundsLikeStop(text)) return false;
  const { conversation } = state;
  return conversation.status !== 'AwaitingReply' || !isAnswer(conversation, { text, state }, facts);
};

/**
 * Whoever was asked back and says yes, or plainly asks again, means it. Also while a drill waits for an answer: ours was
 * the last question that they read, and who meant the other one may text START.
 */
const confirmOptOut: Rule = (heard, state, facts) =>
  state.optOutQuestioned === true && (saysYes(heard.plain) || asksUsToStop(heard, state, facts))
    ? withdrawn(heard, state, { source: 'text', detail: 'confirmed' })
    : 'pass';

const questionOptOut: Rule = (heard, state, facts) =>
  heard.meaning === undefined && asksUsToStop(heard, state, facts)
    ? [{ type: 'OptOutQuestioned', text: storableText(heard.text) }]
    : 'pass';

const helpFromCarrier: Rule = ({ carrierHeard }) => (carrierHeard === 'HELP' ? [] : 'pass');

const silence: Rule = (_heard, { trainee }) => (trainee.optedOut ? [] : 'pass');

/** The open question in the trainee's present language, to be put again after an answer to something else. */
const openQuestion = (state: DialogState, facts: Facts): { prompt?: AskedPrompt } => {
  const { conversation } = state;
  if (conversation.status !== 'AwaitingReply') return {};
  return { prompt: askedPrompt(contentAt(conversation.run, facts), conversation.prompt, languageIn(state)) };
};

/** The keywords that are answered in any situation: what each leads to is its row of the table of meanings. */
const answeringKeyword: Rule = (heard, state, facts) => {
  const row = heard.meaning && answeringRow(heard.meaning.kind);
  if (row === undefined) return 'pass';
  return [row.answer({ ...wordIn(heard), again: row.asksAgain ? openQuestion(state, facts) : {} })];
};

/** Somebody whom we have never written to has nothing to pause. */
const isStranger = ({ trainee, conversation }: DialogState): boolean =>
  trainee.registration === null && conversation.status === 'Idle';

/** Said again it is on record again: who texts it twice wants to be sure. */
const pause: Rule = (heard, state) =>
  heard.meaning?.kind === 'pause' && !isStranger(state)
    ? [{ type: 'SchedulePaused', reason: 'text', ...wordIn(heard) }]
    : 'pass';

/** Who is paused may also say so with a word that asks for a drill; during a question, with none that may answer it. */
const asksToResume = ({ meaning, plain }: Heard, state: DialogState, { optIn }: KeywordIndex): boolean => {
  if (meaning?.kind === 'resume') return !isStranger(state);
  if (meaning?.kind !== 'start' || state.trainee.schedulePaused === undefined) return false;
  return state.conversation.status === 'Idle' || optIn.has(plain);
};

const resume: Rule = (heard, state, facts) => {
  if (!asksToResume(heard, state, facts.keywords)) return 'pass';
  const word = wordIn(heard);
  const resumed: DialogEvent = {
    type: 'ScheduleResumed',
    source: 'text',
    ...word,
    ...openQuestion(state, facts),
  };
  const wantsDrill = heard.meaning?.kind === 'start' && state.conversation.status === 'Idle';
  return wantsDrill ? [resumed, { type: 'DrillRequested', ...word }] : [resumed];
};

/** Demo people try many codes; one that is not valid is heard as anything else would be. */
const reRegister: Rule = ({ text }, state, facts) => {
  if (state.trainee.registration?.demo !== true) return 'pass';
  return registerIfValid(codeIn(text, facts.keywords), state, facts);
};

/** A picture answers no question: its sender is told that we read text only, and no attempt is lost. */
const onlyMedia: Rule = ({ text, media = 0 }) =>
  media > 0 && text.trim() === '' ? [{ type: 'TextNotUnderstood', text, media }] : 'pass';

/** A word of our own menu is no answer where others are asked for: what it asks for comes after the open question. */
const askedFirst: Rule = (heard, { conversation, trainee }, facts) => {
  const { meaning, plain } = heard;
  if (conversation.status !== 'AwaitingReply' || meaning === undefined) return 'pass';
  if (!comesAfterAnswer(meaning.kind) || takesWord(conversation, plain, facts)) return 'pass';
  const { language } = trainee.profile;
  return [
    {
      type: 'DrillDeferred',
      ...wordIn(heard),
      ...(meaning.kind === 'drill' && { drill: meaning.drill }),
      prompt: askedPrompt(contentAt(conversation.run, facts), conversation.prompt, language),
    },
  ];
};

const answer: Rule = ({ text }, state, facts) =>
  state.conversation.status === 'AwaitingReply'
    ? answerQuestion(state.conversation, { text, state }, facts)
    : 'pass';

/**
 * Whoever is unknown registers; whoever has no employer may find one, but is not told off for other words. A greeting may
 * be a code, and else is none.
 */
const registerByCode: Rule = ({ text, plain }, state, facts) => {
  const code = codeIn(text, facts.keywords);
  const { registration } = state.trainee;
  if (registration !== null) return hasEmployer(state) ? 'pass' : registerIfValid(code, state, facts);
  if (code === undefined) return 'pass';
  const lookup = registrationFact(facts);
  const attempt = { code, source: 'text' };
  if (lookup.status === 'Valid') return register(state, attempt, lookup);
  return isGreeting(plain) ? 'pass' : refuse(attempt, lookup);
};

/** Whoever is not registered is asked for a code instead: drills belong to an account. */
const requestDrill: Rule = (heard, state) => {
  const { meaning } = heard;
  if (state.trainee.registration === null) return 'pass';
  if (meaning?.kind !== 'start' && meaning?.kind !== 'drill') return 'pass';
  const named = meaning.kind === 'drill' ? { drill: meaning.drill } : {};
  return [...abandonRun(state, 'keyword'), { type: 'DrillRequested', ...wordIn(heard), ...named }];
};

const more: Rule = (heard, state) =>
  heard.meaning?.kind === 'next' && state.trainee.registration !== null
    ? [...abandonRun(state, 'keyword'), { type: 'NextDrillRequested', ...wordIn(heard) }]
    : 'pass';

const thanks: Rule = ({ text, plain }, _state, { keywords }) =>
  keywords.thanks.test(plain) ? [{ type: 'ThanksReceived', text }] : 'pass';

const notUnderstood: Rule = ({ text, media }) => [
  { type: 'TextNotUnderstood', text, ...(media !== undefined && { media }) },
];

/** Tried top to bottom; the first rule that does not pass decides. The order is the product's behaviour. */
const rules: readonly Rule[] = [
  optOutAtCarrier,
  optOut,
  yesAgain,
  optIn,
  silence,
  writtenByMachine,
  confirmOptOut,
  questionOptOut,
  helpFromCarrier,
  answeringKeyword,
  pause,
  resume,
  reRegister,
  onlyMedia,
  askedFirst,
  answer,
  registerByCode,
  requestDrill,
  more,
  thanks,
  notUnderstood,
];

/** What a text leads to. */
export const receiveSms = (
  state: DialogState,
  command: Command<'ReceiveSms'>,
  facts: Facts,
): readonly DialogEvent[] => {
  const heard = hear(command, facts.keywords);
  for (const rule of rules) {
    const events = rule(heard, state, facts);
    if (events === 'pass') continue;
    const learnt = events.length > 0 ? learnLanguage(state, command, facts) : [];
    return [...channelOf(command, state), ...declined(state, events), ...events, ...learnt];
  }
  return [];
};

/** The trainee is answered where the last text came from. */
const channelOf = (
  { channel = 'sms', address }: Command<'ReceiveSms'>,
  { trainee }: DialogState,
): readonly DialogEvent[] =>
  channel === (trainee.channel ?? 'sms') && address === trainee.address
    ? []
    : [{ type: 'ChannelChanged', channel, ...(address !== undefined && { address }) }];

/** Consent is withdrawn, or nobody has answered yet. */
const isNoAnswer = (event: DialogEvent): boolean =>
  event.type === 'TraineeOptedOut' || (event.type === 'TextNotUnderstood' && event.rule !== undefined);

/** We ask once: whatever else comes back is heard as ever, and the question is forgotten. */
const declined = (state: DialogState, events: readonly DialogEvent[]): readonly DialogEvent[] =>
  state.optOutQuestioned === true && !events.some(isNoAnswer) ? [{ type: 'OptOutDeclined' }] : [];
