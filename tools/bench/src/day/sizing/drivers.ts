import { topicSettings, type Topic } from '@stopcovid/contracts';

/** What a deployment is for: all that its sizes follow from. */
export type Drivers = {
  /** Trainees who get drills. */
  readonly trainees: number;
  /** The share of them, 0 to 1, to whom a drill comes on a delivery day. */
  readonly dueShare: number;
  readonly deliveryDaysPerYear: number;
  readonly textsPerDrill: { readonly in: number; readonly out: number };
  /** Within how many minutes after nine those who got a drill have done it: the peak. */
  readonly answerMinutes: number;
  /** Parts of equal size whose nine o'clock is an hour apart. */
  readonly zones: number;
  readonly segmentsPerText: number;
  /** In US dollars, of a segment in or out. */
  readonly pricePerSegment: number;
  /** How many segments a second the account may send. */
  readonly accountRate: number;
  /** For how many days records stay, by topic; Infinity is for ever. */
  readonly topicDays: Readonly<Record<Topic, number>>;
  /** For how many days documents of past drills stay; Infinity is for ever. */
  readonly documentDays: number;
  /** How many copies the broker keeps of a record, and the database of a document. */
  readonly copies: { readonly topics: number; readonly documents: number };
};

const dayMs = 86_400_000;

/** For how many days records stay on topics as the system makes them. */
export const topicDays = Object.fromEntries(
  topicSettings().map(({ topic, retentionMs }) => [
    topic,
    retentionMs === -1 ? Infinity : retentionMs / dayMs,
  ]),
) as Drivers['topicDays'];
