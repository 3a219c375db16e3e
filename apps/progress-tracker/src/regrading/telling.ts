import { deliverySchema, type Command, type Delivery } from '@stopcovid/contracts';
import { deliveryIn } from '../clock/to-command';
import type { Hours, HoursOf } from '../operations/hours';
import { DocumentUnreadable, type ProgressStore } from '../progress/progress-store';

/** When a trainee may be told of a ruling; undefined where they are not to be. */
export type Telling = (
  ruled: Pick<Command<'RegradeReply'>, 'phone' | 'drill'>,
  at: Date,
) => Promise<Delivery | undefined>;

/** What is asked to know that. */
export type TellingParts = {
  readonly store: Pick<ProgressStore, 'trainee'>;
  readonly hoursOf: HoursOf;
  /** Whether the drill says that its trainees are told. */
  readonly isTold: (drill: string) => boolean;
};

const windowOf = (hours: Hours) => {
  switch (hours.kind) {
    case 'open':
      return hours.window;
    case 'closed':
      return hours.next;
    case 'noZone':
      return null;
  }
};

const traineeOf = ({ store }: TellingParts, phone: Command<'RegradeReply'>['phone']) =>
  store.trainee(phone).catch((error: unknown) => {
    /* Their reply is regraded all the same. */
    if (error instanceof DocumentUnreadable) return undefined;
    throw error;
  });

/** Tells in the hours that go on, or the next ones, and in no later ones: it is of something that has long been. */
export const tellingFrom =
  (parts: TellingParts): Telling =>
  async ({ phone, drill }, at) => {
    if (!parts.isTold(drill)) return undefined;
    const progress = await traineeOf(parts, phone);
    if (progress === undefined || progress.trainee.optedOut) return undefined;
    const window = windowOf(await parts.hoursOf(progress, at));
    return window === null ? undefined : deliverySchema.parse(deliveryIn([window], window.to));
  };
