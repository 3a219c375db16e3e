import { ReadingProgress } from './reading-progress';
import type { LogRecord } from './log-record';

const record = (partition: number, offset: string): LogRecord => ({
  topic: 'letters',
  partition,
  offset,
  key: null,
  value: null,
  headers: {},
  timestamp: 0,
});

const offsetsOf = (records: readonly LogRecord[]): readonly string[] => records.map(({ offset }) => offset);

describe('how far a reading has come', () => {
  it('is at the end when there is nothing to read', () => {
    expect(new ReadingProgress([]).isDone).toBe(true);
    expect(new ReadingProgress([{ partition: 0, from: '7', end: '7' }]).isDone).toBe(true);
    expect(new ReadingProgress([{ partition: 0, from: '9', end: '7' }])).toMatchObject({ total: 0, read: 0 });
  });

  it('counts a hole as read once something behind it was', () => {
    const progress = new ReadingProgress([{ partition: 0, from: '2', end: '10' }]);
    expect(progress.advance(0, '7')).toBe(true);
    expect(progress).toMatchObject({ total: 8, read: 6, isDone: false });
    expect(progress.next(0)).toBe('8');
    progress.advance(0, '12');
    expect(progress).toMatchObject({ read: 8, isDone: true });
    expect(progress.next(0)).toBeUndefined();
  });

  it('takes each record once, and none beyond the end or of another partition', () => {
    const progress = new ReadingProgress([{ partition: 0, from: '2', end: '5' }]);
    const records = ['1', '2', '3', '4', '5'].map((offset) => record(0, offset));
    expect(offsetsOf(progress.wanted([...records, record(1, '3')]))).toEqual(['2', '3', '4']);
    progress.advance(0, '3');
    expect(offsetsOf(progress.wanted(records))).toEqual(['4']);
    expect(progress.advance(0, '2')).toBe(false);
  });

  it('tells offsets apart that a double cannot', () => {
    const progress = new ReadingProgress([
      { partition: 0, from: '9007199254740993', end: '9007199254740995' },
    ]);
    expect(
      offsetsOf(progress.wanted([record(0, '9007199254740992'), record(0, '9007199254740993')])),
    ).toEqual(['9007199254740993']);
  });
});
