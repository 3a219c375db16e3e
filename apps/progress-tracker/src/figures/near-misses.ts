import type { JudgedReply } from '../progress/judged-reply';
import type { AnsweredRun } from './run-figures';

/** A reply that several trainees gave alike, and that was not right: what to look at to mend a drill. */
export type NearMiss = {
  readonly revision: string;
  readonly language: string;
  readonly prompt: string;
  /** As it was compared: in lower case, with single spaces, without marks around it, and with no long numbers. */
  readonly text: string;
  readonly count: number;
  readonly trainees: number;
  readonly verdicts: { readonly wrong: number; readonly unclear: number };
  /** The option that it was taken for, where it was taken for one. */
  readonly option?: string;
};

/** `shared` is how many there are of these, shown or not. */
export type NearMisses = { readonly shared: number; readonly items: readonly NearMiss[] };

type Missed = JudgedReply & { readonly verdict: 'wrong' | 'unclear' };

const isMissed = (reply: JudgedReply): reply is Missed =>
  reply.repeatOf === undefined && (reply.verdict === 'wrong' || reply.verdict === 'unclear');

const saysSomething = /[^\p{P}\p{S}\s]/u;
const longNumber = /\+?\d(?:[\s().-]*\d){6,}/g;

/** Without the marks around it; an expression for both ends would look at each mark many times. */
const withoutMarks = (text: string): string => {
  const signs = [...text];
  const isSign = (sign: string): boolean => saysSomething.test(sign);
  return signs.slice(Math.max(0, signs.findIndex(isSign)), signs.findLastIndex(isSign) + 1).join('');
};

/** A text without what may be a phone number. */
export const withoutLongNumbers = (text: string): string => text.replace(longNumber, '…');

/** What two replies have in common that read the same. */
export const normalText = (response: string | null): string => {
  const plain = (response ?? '').normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  return withoutLongNumbers(withoutMarks(plain) || plain);
};

type Tally = Omit<NearMiss, 'trainees'> & { readonly phones: Set<string> };

const startOf = (run: AnsweredRun, { prompt, option }: Missed, text: string): Tally => ({
  revision: run.revision,
  language: run.groups?.language ?? '',
  prompt,
  text,
  count: 0,
  verdicts: { wrong: 0, unclear: 0 },
  ...(option === undefined ? {} : { option }),
  phones: new Set(),
});

const withReply = (tally: Tally, { phone }: AnsweredRun, { verdict }: Missed): Tally => ({
  ...tally,
  count: tally.count + 1,
  verdicts: { ...tally.verdicts, [verdict]: tally.verdicts[verdict] + 1 },
  phones: tally.phones.add(phone),
});

const toNearMiss = ({ phones, ...tally }: Tally): NearMiss => ({ ...tally, trainees: phones.size });

const mostFirst = (one: NearMiss, other: NearMiss): number =>
  other.trainees - one.trainees || other.count - one.count || (one.text < other.text ? -1 : 1);

/** What one trainee alone wrote is theirs, and says little of a drill. */
const leastTrainees = 2;

/** The replies that several trainees gave alike to a prompt and that were wrong or unclear, the most frequent first. */
export const nearMisses = async (runs: AsyncIterable<AnsweredRun>, limit: number): Promise<NearMisses> => {
  const tallies = new Map<string, Tally>();
  for await (const run of runs)
    for (const reply of (run.replies ?? []).filter(isMissed)) {
      const text = normalText(reply.response);
      const key = JSON.stringify([run.revision, run.groups?.language, reply.prompt, text, reply.option]);
      tallies.set(key, withReply(tallies.get(key) ?? startOf(run, reply, text), run, reply));
    }
  const all = [...tallies.values()].map(toNearMiss).filter(({ trainees }) => trainees >= leastTrainees);
  return { shared: all.length, items: all.sort(mostFirst).slice(0, limit) };
};
