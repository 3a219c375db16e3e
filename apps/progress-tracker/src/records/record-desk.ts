import type { Allowances } from '@stopcovid/runtime';
import type { RecordVoice } from '@stopcovid/sms-copy';
import { Problem } from '../problems/problem';
import type { ProgressStore } from '../progress/progress-store';
import type { Issuer } from './credential';
import type { makeRecord, recordStanding } from './make-record';
import type { CompletionRecord } from './record';
import type { Records } from './records';
import type { Signer } from './signing';

/** What is there once records are switched on. */
export type RecordParts = {
  readonly records: Records;
  readonly store: Pick<ProgressStore, 'trainee' | 'trainees'>;
  readonly standingOf: ReturnType<typeof recordStanding>;
  readonly make: ReturnType<typeof makeRecord>;
  readonly issuer: Issuer;
  readonly signer: Signer;
  /** How a record is shown and signed: in the language of its run, as the organisation says it. */
  readonly voiceOf: (record: CompletionRecord) => RecordVoice;
  /** How often those without a key may ask. */
  readonly allowances: Allowances;
  readonly now: () => Date;
};

/** What the routes of records work with; without `parts` they are switched off. */
export type RecordDesk = { readonly parts: RecordParts | undefined };
/** Its token. */
export const RECORD_DESK = Symbol('RECORD_DESK');

/** The parts of a desk that is switched on. Throws a problem that names the settings of one that is not. */
export const openDesk = ({ parts }: RecordDesk): RecordParts => {
  if (parts === undefined)
    throw new Problem(
      'switched-off',
      'Completion records need the settings RECORDS_KEY, RECORDS_ISSUER_NAME and RECORDS_URL.',
    );
  return parts;
};
