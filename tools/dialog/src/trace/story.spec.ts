import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeBatch, decodeLogRecord, topics } from '@stopcovid/contracts';
import { contextOf, traceparentOf } from '@stopcovid/runtime';
import type { OutboxItem } from '@stopcovid/sms-sender';
import { commandNamed, linesOf, storyOf, type Reached } from './story';

const examples = join(__dirname, '../../../../libs/contracts/examples');
const example = (name: string, changes: object): string =>
  JSON.stringify({
    ...(JSON.parse(readFileSync(join(examples, `${name}.json`), 'utf8')) as object),
    ...changes,
  });

const recordIn = (topic: string, headers: Readonly<Record<string, string>> = {}) => ({
  topic,
  partition: 0,
  offset: '7',
  key: null,
  value: null,
  headers,
  timestamp: Date.parse('2026-03-01T17:05:01.000Z'),
});

const batchOf = (commandId: string, version: number, at: string) => {
  const decoded = decodeBatch(example('batch-registered', { commandId, version, at }));
  if (!decoded.ok) throw new Error(decoded.error.reason);
  return { record: recordIn(topics.dialogEvents), content: decoded.value };
};

const sentAt = (at: string, headers?: Readonly<Record<string, string>>) => {
  const decoded = decodeLogRecord(example('SmsSent', { messageId: 'm1', sid: 'SMout', at }));
  if (!decoded.ok) throw new Error(decoded.error.reason);
  return { record: recordIn(topics.smsLog, headers), content: decoded.value };
};

const batches = [
  batchOf('SM1', 1, '2026-03-01T17:05:00.000Z'),
  batchOf('SM2', 2, '2026-03-01T17:06:00.000Z'),
];
const nowhere: Reached = {
  items: [],
  versions: { 'dialog-engine': 2, 'sms-sender': 1, 'progress-tracker': undefined },
};
const item = { id: 'm1', commandId: 'SM1', attempts: 1, delivery: { status: 'READY' } } as OutboxItem;
const late = '2026-03-01T17:07:00.000Z';

describe('which command a text is of', () => {
  const records = { commands: [], batches, log: [sentAt(late)] };

  it('is what its outbox says', () =>
    expect(commandNamed('m1', records, { ...nowhere, items: [item] })).toBe('SM1'));

  it('is what its trace says, once the outbox has forgotten it', () => {
    const traceparent = traceparentOf(contextOf({ command: 'SM1', steps: ['log'] }), true);
    const traced = { ...records, log: [sentAt(late, { traceparent })] };
    expect(commandNamed('SMout', traced, nowhere)).toBe('SM1');
    expect(linesOf(storyOf('SM1', traced, nowhere)).join('\n')).not.toContain('by time');
  });

  it('is the last one decided before it, where nothing says it, and then that is said', () => {
    expect(commandNamed('m1', records, nowhere)).toBe('SM2');
    expect(linesOf(storyOf('SM2', records, nowhere)).join('\n')).toContain('(its, by time)');
  });

  it('is nobody’s when nothing names it', () =>
    expect(commandNamed('SM9', records, nowhere)).toBeUndefined());
});

describe('the story of a command', () => {
  it('says which text waits, and who has not reached it', () => {
    const story = storyOf('SM1', { commands: [], batches, log: [] }, { ...nowhere, items: [item] });
    const said = linesOf(story).join('\n');
    expect(said).toContain('text m1 is READY in the outbox, handed over 1 times');
    expect(said).toContain('sms-sender has it');
    expect(said).toContain('progress-tracker has not reached it: 0 of 1');
  });

  it('says when nothing was decided', () =>
    expect(linesOf(storyOf('SM9', { commands: [], batches, log: [] }, nowhere)).join()).toContain(
      'not decided yet',
    ));
});
