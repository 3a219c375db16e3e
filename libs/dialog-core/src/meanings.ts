import type { AskedPrompt, DialogEvent } from '@stopcovid/contracts';

/** What an answering keyword has at hand: the word as typed, and the open question where it is to be put again. */
type Said = { readonly word: string; readonly again: { readonly prompt?: AskedPrompt } };

/** A keyword that is answered whatever is going on; `asksAgain` puts an open question again after the answer. */
type Answering = {
  readonly beforeAnswers: true;
  readonly asksAgain: boolean;
  readonly answer: (said: Said) => DialogEvent;
};
/** A keyword with a rule of its own in `inbound-sms.ts`; `beforeAnswers` when no answer to a question may be that word. */
type Ruled = {
  readonly beforeAnswers: boolean;
  readonly asksAgain?: true;
  /** Asks for another drill: a question that takes other answers comes first. */
  readonly afterAnswer?: true;
};

/**
 * Everything that a word can mean, apart from naming a drill, one row each. The words are in the languages. `start` asks
 * for a drill, `next` for the course's next one; `optIn` is heard from those who opted out alone; `pause` and `resume` are
 * about what comes unasked.
 */
export const meanings = {
  optOut: { beforeAnswers: true },
  optIn: { beforeAnswers: false },
  help: {
    beforeAnswers: true,
    asksAgain: true,
    answer: ({ word, again }) => ({ type: 'HelpRequested', word, ...again }),
  },
  menu: {
    beforeAnswers: true,
    asksAgain: true,
    answer: ({ again }) => ({ type: 'MenuRequested', ...again }),
  },
  support: {
    beforeAnswers: true,
    asksAgain: true,
    answer: ({ again }) => ({ type: 'SupportRequested', ...again }),
  },
  info: {
    beforeAnswers: true,
    asksAgain: true,
    answer: ({ again }) => ({ type: 'InfoRequested', ...again }),
  },
  demo: { beforeAnswers: true, asksAgain: false, answer: ({ word }) => ({ type: 'DemoRequested', word }) },
  pause: { beforeAnswers: true },
  resume: { beforeAnswers: true, asksAgain: true },
  start: { beforeAnswers: false, afterAnswer: true },
  next: { beforeAnswers: false, afterAnswer: true },
  thanks: { beforeAnswers: false },
} as const satisfies Readonly<Record<string, Answering | Ruled>>;

/** What a word can mean, apart from naming a drill. */
export type WordKind = keyof typeof meanings;

/** Whether a word asks for another drill, which comes after the open question. */
export const comesAfterAnswer = (kind: WordKind | 'drill'): boolean => {
  const row = rowOf(kind);
  return 'afterAnswer' in row && row.afterAnswer === true;
};

/** The row of a meaning; a drill's own word has none. */
export const rowOf = (kind: WordKind | 'drill'): Answering | Ruled =>
  kind === 'drill' ? { beforeAnswers: false, afterAnswer: true } : meanings[kind];

/** The answer that a meaning has, where it has one. */
export const answeringRow = (kind: WordKind | 'drill'): Answering | undefined => {
  const row = rowOf(kind);
  return 'answer' in row ? row : undefined;
};
