import type { Provider } from '@nestjs/common';
import type { Runtime } from '@stopcovid/runtime';
import { AUDIENCE_DESK, AudiencesController, type AudienceDesk } from './audiences/audiences.controller';
import { BROADCAST_DESK, BroadcastsController, type BroadcastDesk } from './broadcasts/broadcasts.controller';
import type { ProgressTrackerSettings } from './config';
import { KeysController } from './keys/keys.controller';
import { ActionsController } from './operations/actions.controller';
import { DESK, type Desk } from './operations/answer';
import { MISSED_TEXTS, MissedTextsController } from './operations/missed-texts.controller';
import { SchedulesController } from './operations/schedules.controller';
import type { MissedParts } from './operations/missed-texts';
import { CONTACT_DESK, ContactsController, type ContactDesk } from './contacts/contacts.controller';
import { COMMAND_RECORDS, CommandsController } from './operations/commands.controller';
import { DeadLettersController, HANDLE_DEAD_LETTERS } from './operations/dead-letters.controller';
import { hoursFrom } from './operations/hours';
import { IMPORT_DESK, ImportsController, type ImportDesk } from './operations/imports.controller';
import { handleDeadLetters } from './operations/handle-dead-letters';
import { knowsDrill } from './progress/offer';
import { REGRADING_DESK, RegradingController, type RegradingDesk } from './regrading/regrading.controller';
import { questionWords } from './regrading/question-words';
import type { DrillsAsTaught } from './regrading/regrading-views';
import { tellingFrom } from './regrading/telling';
import { TIMETABLES, TimetablesController, type TimetablesDesk } from './timetable/timetables.controller';
import { COURSE, type CourseSource } from './course-source';
import type { ProgressTrackerParts, ProgressTrackerSetting } from './parts';

/** What operators do. */
export const operatorRoutes = [
  ActionsController,
  AudiencesController,
  BroadcastsController,
  CommandsController,
  ContactsController,
  DeadLettersController,
  ImportsController,
  KeysController,
  MissedTextsController,
  RegradingController,
  SchedulesController,
  TimetablesController,
];

const hoursOf = (parts: ProgressTrackerParts, course: CourseSource) =>
  hoursFrom({
    phones: parts.kept.phoneSchedules,
    schedules: parts.schedules,
    organisation: () => course.current().schedule,
  });

const taughtBy = (course: CourseSource): DrillsAsTaught => ({
  questionOf: (group) => {
    const content = course.current().contents?.get(group.revision);
    return content && questionWords(content, group);
  },
  isTold: (drill) => course.current().tellRegraded?.has(drill) === true,
});

/** What the routes of regrading are made of. */
const regradingOf = (parts: ProgressTrackerParts, clock: Runtime['clock']): Provider => ({
  provide: REGRADING_DESK,
  inject: [COURSE],
  useFactory: (course: CourseSource): RegradingDesk => {
    const taught = taughtBy(course);
    return {
      figures: parts.figures,
      rulings: parts.replyRulings,
      publisher: parts.publisher,
      telling: tellingFrom({
        store: parts.store,
        hoursOf: hoursOf(parts, course),
        isTold: taught.isTold,
      }),
      taught,
      now: () => new Date(clock.now()),
    };
  },
});

/** What the routes of one trainee, one text and one file are made of. */
const operationsOf = (parts: ProgressTrackerParts, mostBytes: number, { clock }: Runtime): Provider[] => [
  {
    provide: IMPORT_DESK,
    useValue: {
      store: parts.store,
      publisher: parts.publisher,
      now: () => new Date(clock.now()),
      mostBytes,
    } satisfies ImportDesk,
  },
  {
    provide: MISSED_TEXTS,
    useValue: { messages: parts.messages, rulings: parts.rulings } satisfies MissedParts,
  },
  {
    provide: CONTACT_DESK,
    useValue: {
      requests: parts.kept.contacts,
      answers: parts.contactAnswers,
      now: () => new Date(clock.now()),
    } satisfies ContactDesk,
  },
  regradingOf(parts, clock),
  { provide: COMMAND_RECORDS, useValue: parts.commands },
  { provide: HANDLE_DEAD_LETTERS, useValue: handleDeadLetters(parts.commands) },
  {
    provide: DESK,
    inject: [COURSE],
    useFactory: (course: CourseSource): Desk => ({
      parts: {
        records: parts.commands,
        store: parts.store,
        hoursOf: hoursOf(parts, course),
        publisher: parts.publisher,
        knowsDrill: (drill) => knowsDrill(course.current(), drill),
        now: () => new Date(clock.now()),
      },
    }),
  },
];

/** What the routes of audiences and broadcasts are made of. */
const broadcastingOf = (
  parts: ProgressTrackerParts,
  config: ProgressTrackerSettings,
  { clock }: Runtime,
): Provider[] => [
  { provide: AUDIENCE_DESK, useValue: { audiences: parts.audiences } satisfies AudienceDesk },
  {
    provide: BROADCAST_DESK,
    inject: [COURSE],
    useFactory: (course: CourseSource): BroadcastDesk => ({
      parts: {
        store: parts.store,
        phones: parts.kept.phoneSchedules,
        schedules: parts.schedules,
        offer: () => course.current(),
        broadcasts: parts.broadcasts,
        audiences: parts.audiences,
        tariff: {
          perSecond: config.SMS_PER_SECOND,
          segmentsPerSecond: config.SMS_SEGMENTS_PER_SECOND,
          segmentPrice: config.SMS_SEGMENT_PRICE,
        },
        now: () => new Date(clock.now()),
      },
    }),
  },
];

/** What the routes of timetables are made of. */
const timetablesOf = (parts: ProgressTrackerParts): Provider => ({
  provide: TIMETABLES,
  inject: [COURSE],
  useFactory: (course: CourseSource): TimetablesDesk => ({
    store: parts.store,
    phones: parts.kept.phoneSchedules,
    schedules: parts.schedules,
    messages: parts.broadcasts,
    audiences: parts.audiences,
    offer: () => course.current(),
  }),
});

/** What operators' routes are made of. */
export const operatorDesks = ({ parts, config, runtime }: ProgressTrackerSetting): Provider[] => [
  ...operationsOf(parts, config.IMPORT_MAX_BYTES, runtime),
  ...broadcastingOf(parts, config, runtime),
  timetablesOf(parts),
];
