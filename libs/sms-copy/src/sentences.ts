/** What each sentence may ask for besides `commonVariables`. The words that a trainee may text back ask for nothing. */
export const sentences = {
  /** Stands in for the employer's name where it is not known. */
  yourCompany: [],
  /** How a schedule is told: on all seven days, at no certain time, and where the trainee has no wish of their own. */
  everyDay: [],
  anyTime: [],
  asUsual: [],
  moreWord: [],
  menuWord: [],
  supportWord: [],
  infoWord: [],
  helpWord: [],
  stopWord: [],
  startWord: [],
  resumeWord: [],
  praise: [],
  tryAgain: [],
  /** Stands between the last two choices: a, b or c. */
  or: [],
  /** After a reply that means no one answer, or none that was asked for. */
  unclearOption: ['choices'],
  unclearNumber: [],
  unclearYesNo: [],
  unclearAnswer: [],
  /** After the last wrong answer: what would have been right. */
  reveal: ['correctAnswer'],
  /** After the last wrong answer, where there is no right one to tell. */
  moveOn: [],
  /** After a reply that says neither days nor a time: that we did not understand, with an example. */
  sayWhen: [],
  /** After a reply that is none of the places. */
  sayZone: [],
  /** When a question is given up to which no answer is right. */
  skipped: [],
  welcome: [],
  registrationRefused: [],
  registrationUnavailable: [],
  /** Before a question of an earlier drill, which was not answered rightly then. */
  onceMore: [],
  /** After the last of such questions, on a day that has no new lesson. */
  repeatsDone: [],
  /** When a person has ruled that an answer, which is quoted, was right after all. */
  regradedRight: ['response'],
  /** Before the open question, when its answer was to be another lesson. */
  firstThis: [],
  /** Before a question that has been open for long. */
  reminder: [],
  drillCompleted: [],
  drillScore: ['right', 'graded'],
  askForMore: [],
  noMoreDrills: [],
  /** When the course is passed and there is a record of that. */
  coursePassed: ['course', 'address'],
  /** What stands on the page of a record, and in the record itself: see `onPage`. */
  recordKind: [],
  recordValid: [],
  recordWithdrawn: [],
  recordHoldsNoMore: [],
  recordErased: [],
  recordGivenBy: [],
  recordPassedBy: [],
  recordPassedOn: [],
  recordWithdrawnOn: [],
  recordScore: [],
  recordScored: ['right', 'graded', 'passMark'],
  recordDownload: [],
  recordQrCode: [],
  recordLookHere: [],
  recordDescription: ['course'],
  recordCriteria: ['passMark'],
  menu: [],
  support: [],
  info: [],
  help: [],
  demo: [],
  thanks: [],
  notUnderstood: [],
  textOnly: [],
  askForCode: [],
  /** After a text that plainly asks to stop, but is no keyword. */
  stopOrNot: [],
  optedOut: [],
  optedIn: [],
  /** After an opt-in, where a lesson had been cut off: that it goes on, or that it was too long ago. */
  goesOn: [],
  anew: [],
  /** After a text that asks for a break. */
  paused: [],
  /** When reminders were left unanswered: what has been done about it, and how to come back. */
  pausedUnanswered: [],
  resumed: [],
} as const satisfies Record<string, readonly string[]>;

/** The name of one of our own sentences or words. */
export type SentenceKey = keyof typeof sentences;

/** A sentence that is read on a page: it travels in no text, so that its letters cost nothing. */
export type PageSentenceKey = Extract<SentenceKey, `record${string}`>;

/** Whether a sentence is read on a page. */
export const onPage = (key: SentenceKey): key is PageSentenceKey => key.startsWith('record');

/** Every sentence that a trainee may read from us, in one language; each is a template. */
export type Copy = Readonly<Record<SentenceKey, string>>;

/** What every sentence may ask for: the trainee's name and company, and the words that may be texted back. */
export const commonVariables: readonly string[] = [
  'name',
  'company',
  'more',
  'menu',
  'support',
  'info',
  'help',
  'stop',
  'start',
  'resume',
];
