import type { Provider } from '@nestjs/common';
import type { Change } from '@stopcovid/projections';
import { allowancesOf, maskPhone, type Secret } from '@stopcovid/runtime';
import { recordVoice } from '@stopcovid/sms-copy';
import type { ProgressTrackerSettings } from '../config';
import { COURSE, type CourseSource } from '../course-source';
import type { ProgressTrackerSetting } from '../parts';
import { hoursFrom } from '../operations/hours';
import type { PhoneProgress } from '../progress/phone-progress';
import type { Issuer } from './credential';
import { keepRecords } from './keep-records';
import { makeRecord, recordStanding, type MakeParts } from './make-record';
import { languageOf } from './record';
import { RECORD_DESK, type RecordDesk } from './record-desk';
import { nameRecords, signerOf } from './signing';
import { textRecord } from './text-record';

/* A page is asked for by the phone of whoever looks; behind a balancer all of these may have one address. */
const strangers = { perSecond: 20, burstSeconds: 10 };

type SwitchedOn = { readonly key: Secret; readonly earlier: readonly string[]; readonly issuer: Issuer };

const switchedOn = (config: ProgressTrackerSettings): SwitchedOn | undefined => {
  const { RECORDS_KEY: key, RECORDS_ISSUER_NAME: name, RECORDS_URL: url } = config;
  if (key === undefined && name === undefined && url === undefined) return undefined;
  if (key === undefined || name === undefined || url === undefined)
    throw new Error('RECORDS_KEY, RECORDS_ISSUER_NAME and RECORDS_URL go together: set all or none');
  return {
    key,
    earlier: config.RECORDS_EARLIER_KEYS,
    issuer: { name, url: url.href.endsWith('/') ? url.href.slice(0, -1) : url.href },
  };
};

/* What records are made with, by batches and by operators. */
const makingOf = (
  { parts, runtime: { clock } }: ProgressTrackerSetting,
  on: SwitchedOn,
  course: CourseSource,
): MakeParts => ({
  ...{
    records: parts.records,
    store: parts.store,
    course: () => course.current(),
    nameRecord: nameRecords(on.key),
  },
  tell: textRecord({
    issuer: on.issuer,
    publisher: parts.publisher,
    hoursOf: hoursFrom({
      phones: parts.kept.phoneSchedules,
      schedules: parts.schedules,
      organisation: () => course.current().schedule,
    }),
    copy: () => course.current().copy,
    now: () => new Date(clock.now()),
  }),
});

/** Keeps the records of what batches change; nothing where records are not switched on. */
export const recordKeeper = (
  setting: ProgressTrackerSetting,
  course: CourseSource,
): ((changes: readonly Change<PhoneProgress>[]) => Promise<void>) | undefined => {
  const on = switchedOn(setting.config);
  if (on === undefined) return undefined;
  const { logger } = setting.runtime;
  return keepRecords({
    ...makingOf(setting, on, course),
    onUnreadable: (phones) =>
      logger.error(
        { alarm: 'record-unreadable', phones: phones.map(maskPhone) },
        'completion records cannot be read, and stay as they are',
      ),
  });
};

/** What the routes of records are made of. */
export const recordProviders = (setting: ProgressTrackerSetting): readonly Provider[] => {
  const { config, runtime, parts } = setting;
  const on = switchedOn(config);
  const { records, store } = parts;
  const { now } = runtime.clock;
  const deskOf = (course: CourseSource): RecordDesk => ({
    parts: on && {
      standingOf: recordStanding(makingOf(setting, on, course)),
      make: makeRecord(makingOf(setting, on, course)),
      ...{ records, store, issuer: on.issuer, now: () => new Date(now()) },
      signer: signerOf(on.key, on.earlier, on.issuer.url),
      voiceOf: (record) =>
        recordVoice({ language: languageOf(record), employerId: record.employerId }, course.current().copy),
      allowances: allowancesOf(strangers, now),
    },
  });
  return [{ provide: RECORD_DESK, inject: [COURSE], useFactory: deskOf }];
};
