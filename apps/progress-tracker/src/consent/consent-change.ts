import type { EventBatch, Phone } from '@stopcovid/contracts';
import { given } from '../given';

/** One opt-in or opt-out, as the event says it. */
export type ConsentChange = {
  readonly phone: Phone;
  /** The version of the batch: 1, 2, 3 … per phone. */
  readonly sequence: number;
  /** The place of the event in its batch, from 0 on. */
  readonly index: number;
  readonly at: Date;
  readonly consent: 'in' | 'out';
  /** `text`, `operator`, `carrier`, `erasure` of an opt-out that outlasts one, or what a later writer names. */
  readonly source: string;
  readonly word?: string;
  readonly detail?: string;
  readonly language?: string;
  /** The text that changed it: the carrier's id of the trainee's, or our id of the one that the carrier refused. */
  readonly messageId?: string;
  /** The command that was decided. */
  readonly commandId: string;
};

/* How an opt-out came about goes with the person; that it holds is what keeps the phone from being texted. */
const staysOut = ({ phone, version, at, commandId, trainee }: EventBatch, index: number) =>
  trainee.optedOut
    ? [
        {
          ...{ phone, sequence: version, index, at: new Date(at), commandId },
          ...{ consent: 'out' as const, source: 'erasure' },
        },
      ]
    : [];

/** What a batch says of consent, in the order of its events. */
export const consentChangesIn = (batch: EventBatch): readonly ConsentChange[] =>
  batch.events.flatMap((event, index): readonly ConsentChange[] => {
    if (event.type === 'TraineeErased') return staysOut(batch, index);
    if (event.type !== 'TraineeOptedOut' && event.type !== 'TraineeOptedIn') return [];
    const { type, source, ...said } = event;
    const { phone, version, at, commandId } = batch;
    const place = { phone, sequence: version, index, at: new Date(at), commandId };
    return [{ ...place, consent: type === 'TraineeOptedIn' ? 'in' : 'out', source, ...given(said) }];
  });
