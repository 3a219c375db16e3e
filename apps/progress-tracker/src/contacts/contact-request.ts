import type { EventBatch, Phone } from '@stopcovid/contracts';
import type { Erasure } from '../erasure/erasure';
import { given } from '../given';

/** What somebody wants of a person: an answer, or to be shown what we do. */
export const contactKinds = ['support', 'demo'] as const;
export type ContactKind = (typeof contactKinds)[number];

/** Somebody asked to hear from a person. */
export type ContactRequest = {
  readonly phone: Phone;
  /** The version of the batch: 1, 2, 3 … per phone. */
  readonly sequence: number;
  /** The place of the event in its batch, from 0 on. */
  readonly index: number;
  readonly at: Date;
  readonly kind: ContactKind;
  /** Of whoever asked, as they were then. */
  readonly employerId?: string;
  readonly name?: string;
  readonly language?: string;
  /** What was asked when they wrote, for `support`: the drill's question. */
  readonly prompt?: string;
  /** The word that they wrote, for `demo`. */
  readonly word?: string;
};

/** The name that a request is asked for by. */
export const idOfContact = ({
  phone,
  sequence,
  index,
}: Pick<ContactRequest, 'phone' | 'sequence' | 'index'>): string => `${phone}:${sequence}:${index}`;

/** Whether a request of this id is of the phone, from before it was erased. */
export const isBeforeErasure = (
  id: string,
  { phone, sequence }: Pick<Erasure, 'phone' | 'sequence'>,
): boolean => id.startsWith(`${phone}:`) && Number(id.split(':')[1]) < sequence;

/** Who asked in a batch to hear from a person, in the order of its events. */
export const contactRequestsIn = (batch: EventBatch): readonly ContactRequest[] =>
  batch.events.flatMap((event, index): readonly ContactRequest[] => {
    if (event.type !== 'SupportRequested' && event.type !== 'DemoRequested') return [];
    const { phone, version, at, trainee } = batch;
    const place = { phone, sequence: version, index, at: new Date(at) };
    const { name, language } = trainee.profile;
    const who = given({ language, name, employerId: trainee.account.employerId });
    return event.type === 'DemoRequested'
      ? [{ ...place, kind: 'demo', ...who, word: event.word }]
      : [{ ...place, kind: 'support', ...who, ...given({ prompt: event.prompt?.slug }) }];
  });
