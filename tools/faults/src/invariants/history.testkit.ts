import {
  commandIdSchema,
  encodeBatch,
  encodeCommand,
  phoneSchema,
  runIdSchema,
  timestampSchema,
  topics,
  type DialogCommand,
  type EventBatch,
  type Phone,
} from '@stopcovid/contracts';
import { compileKeywords, defaultKeywords, initialState, step, toBatch } from '@stopcovid/dialog-core';
import type { Dialog } from '@stopcovid/dialog-engine';
import type { LogRecord } from '@stopcovid/kafka';
import { foldBatches } from '@stopcovid/progress-tracker';
import type { History } from './history';

export const ann: Phone = phoneSchema.parse('+12025550143');
export const bob: Phone = phoneSchema.parse('+12025550144');
const at = timestampSchema.parse('2026-03-01T17:05:00.000Z');

const textFrom = (phone: Phone, id: string, said: string): DialogCommand => ({
  type: 'ReceiveSms',
  schemaVersion: 1,
  commandId: commandIdSchema.parse(id),
  phone,
  at,
  text: said,
});

const record = (topic: string, offset: number, written: { key: string; value: string }): LogRecord => ({
  topic,
  partition: 0,
  offset: String(offset),
  key: written.key,
  value: Buffer.from(written.value),
  headers: {},
  timestamp: 0,
});

const said = [
  textFrom(ann, 'a1', 'hello'),
  textFrom(bob, 'b1', 'hello'),
  textFrom(ann, 'a2', 'HELP'),
  textFrom(ann, 'a3', 'STOP'),
  textFrom(ann, 'a4', 'hello again'),
  textFrom(bob, 'b2', 'thanks'),
];

const facts = {
  at,
  runId: runIdSchema.parse('run-1'),
  keywords: compileKeywords(defaultKeywords),
  registration: { status: 'Unknown' as const },
};

/** What a sound system leaves behind after six texts of two phones; one of them opts out. */
export const soundHistory = (): History => {
  const dialogs = new Map<Phone, Dialog>();
  const batches: EventBatch[] = [];
  for (const command of said) {
    const before = dialogs.get(command.phone);
    const { events, state } = step(before?.state ?? initialState(), command, facts);
    const version = (before?.version ?? 0) + 1;
    batches.push(toBatch({ command, version, at, events, state }));
    dialogs.set(command.phone, { phone: command.phone, version, state, outbox: [], recentCommandIds: [] });
  }
  const events = batches.map((batch, offset) =>
    record(topics.dialogEvents, offset, { key: batch.phone, value: encodeBatch(batch) }),
  );
  const reads = batches.map((batch, index) => ({
    index,
    batch,
    position: { partition: 0, offset: String(index) },
  }));
  const folded = foldBatches({ trainees: new Map(), runs: new Map() }, reads, { slug: 'none', drills: [] });
  const textsOf = ({ phone, version, events: told }: EventBatch) =>
    told.map((event, index) => ({
      messageId: `${phone}:${version}:${index}`,
      isConsent: event.type === 'TraineeOptedOut',
    }));
  return {
    accepted: said,
    listed: said.map(({ commandId, phone }) => ({ sid: commandId, from: phone, untold: true })),
    commands: said.map((command, offset) =>
      record(topics.dialogCommands, offset, { key: command.phone, value: encodeCommand(command) }),
    ),
    events,
    smsLog: [],
    deadLetters: [],
    poison: new Set(),
    dialogs: [...dialogs.values()],
    held: new Set(),
    trainees: folded.trainees.map(({ next }) => next),
    runs: folded.runs.map(({ next }) => next),
    carrier: batches.flatMap((batch) =>
      textsOf(batch).map(({ messageId }, index) => ({
        sid: `SM${messageId}`,
        to: batch.phone,
        body: 'a text',
        messageId,
        at: index,
        calledAt: index,
      })),
    ),
    slowness: [],
    scheduled: null,
    forged: new Set(),
    textsOf,
  };
};
