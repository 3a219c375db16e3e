import { BatchContext } from './batch-context';
import type { LogRecord } from './log-record';
import { done, retry, type Outcome } from './outcome';
import { workSlice } from './work-slice';

const record = (offset: number): LogRecord => ({
  topic: 'letters',
  partition: 0,
  offset: String(offset),
  key: null,
  value: null,
  headers: {},
  timestamp: 0,
});

describe('a slice whose partition is lost while its commit waits', () => {
  it.each<readonly [string, readonly Outcome[]]>([
    ['done', [done, done]],
    ['in part to be tried again', [done, retry('not yet')]],
  ])('stops, where it was %s: the next owner sees to what was not committed', async (_what, outcomes) => {
    let isCurrent = true;
    const context = new BatchContext({
      topic: 'letters',
      partition: 0,
      group: 'readers',
      signal: new AbortController().signal,
      committedOffset: () => undefined,
      isCurrent: () => isCurrent,
      heartbeat: () => Promise.resolve(),
      seek: () => undefined,
    });
    const end = await workSlice([record(0), record(1)], {
      context,
      handle: () => Promise.resolve(outcomes),
      writeDeadLetters: () => Promise.resolve(),
      commit: () => {
        isCurrent = false;
        return Promise.resolve();
      },
      hasSeeked: () => false,
      pauseBeforeTry: () => Promise.resolve(),
      tries: 1,
      observe: () => undefined,
      alarm: () => undefined,
    });
    expect(end).toEqual({ kind: 'stopped' });
  });
});
