/** How people behave. Chances go from 0 (never) to 1 (always) and are drawn for each text. */
export type Behaviour = {
  /** What they text first: a registration code. */
  readonly code: string;
  /** How long they take to answer, in milliseconds; quick answers are likelier than slow ones. */
  readonly thinkFromMs: number;
  readonly thinkToMs: number;
  /** The chance of a slip in what they write. */
  readonly typo: number;
  /** The chance of something that is no answer. */
  readonly wrongWord: number;
  /** The chance that a question is never answered. */
  readonly ignore: number;
  /** The chance of a STOP instead of an answer. */
  readonly stop: number;
  /** The chance that who has stopped texts START, once asked or answered again. */
  readonly comeBack: number;
  /** The chance of asking for more when nothing was asked. */
  readonly more: number;
  /** The chance of being somebody who answers with five texts at once; drawn once for each person. */
  readonly hasty: number;
  /** The chance of being somebody who never writes; drawn once for each person. */
  readonly silent: number;
};

const sampleCode = 'HYGIENE';

/** People as they may be met: mostly attentive, now and then wrong, rarely gone. */
export const usualBehaviour: Behaviour = {
  code: sampleCode,
  thinkFromMs: 1_500,
  thinkToMs: 20_000,
  typo: 0.05,
  wrongWord: 0.05,
  ignore: 0.03,
  stop: 0.005,
  comeBack: 0.3,
  more: 0.8,
  hasty: 0,
  silent: 0,
};

/** What a load is asked to be. */
export type LoadPlan = {
  readonly seed: number;
  /** How many people there are. */
  readonly phones: number;
  /** Who they are: places among the numbers of a crowd, each once; without it the first so many. */
  readonly places?: readonly number[];
  /** Texts per second from all together, whether or not they are answered; without it people go at their own pace. */
  readonly messagesPerSecond?: number;
  /** When it ends by itself. */
  readonly durationSeconds: number;
  /** At their own pace, people begin one after the other over so many seconds. */
  readonly rampSeconds: number;
  /** It ends after so many texts, if that is sooner. */
  readonly texts?: number;
  /** Whether people are registered already: then they wait for a text, and have no code to begin with. */
  readonly registered: boolean;
  readonly behaviour: Behaviour;
};
