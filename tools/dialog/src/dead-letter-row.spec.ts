import { deadLetterHeaders, type LogRecord } from '@stopcovid/kafka';
import { countsSaid, inOrderOfTime, isMeant, rowOf, tableOfRows, type Selection } from './dead-letter-row';
import { ageOf, tableOf } from './table';
import { boundTyped, deadTopicTyped, offsetTyped, originOf, partitionTyped } from './typed';

const letter = (changes: Partial<LogRecord> = {}): LogRecord => ({
  topic: 'dialog.commands.v1.dead',
  partition: 3,
  offset: '9007199254740993',
  key: '+12025550143',
  value: Buffer.from('{}'),
  headers: {
    [deadLetterHeaders.topic]: 'dialog.commands.v1',
    [deadLetterHeaders.partition]: '3',
    [deadLetterHeaders.offset]: '17',
    [deadLetterHeaders.group]: 'dialog-engine',
    [deadLetterHeaders.code]: 'DRILL_UNKNOWN',
    [deadLetterHeaders.reason]: 'no such drill',
    [deadLetterHeaders.attempts]: '2',
  },
  timestamp: Date.parse('2026-03-01T12:00:00Z'),
  ...changes,
});
const row = (changes: Partial<LogRecord> = {}) => rowOf(letter(changes));
const print = { now: Date.parse('2026-03-01T15:00:00Z'), full: false, done: new Set<string>() };

describe('a dead letter in a list', () => {
  it('says where it came from, why it was put aside and how often', () => {
    expect(row()).toMatchObject({
      origin: { topic: 'dialog.commands.v1', partition: 3, offset: '17' },
      code: 'DRILL_UNKNOWN',
      attempts: 2,
    });
  });

  it('that somebody wrote by hand lacks its story and is listed all the same', () => {
    expect(row({ headers: {} })).toMatchObject({
      origin: { topic: 'dialog.commands.v1' },
      code: 'NO_CODE',
      attempts: 0,
    });
  });

  it('shows its phone masked, unless all is asked for', () => {
    expect(tableOfRows([row()], print)[1]).toContain('+•••••••••43');
    expect(tableOfRows([row()], { ...print, full: true })[1]).toContain('+12025550143');
    expect(tableOfRows([row({ key: null })], print)[1]).toContain('(none)');
  });

  it.each<[string, Selection, boolean]>([
    ['nothing', {}, true],
    ['its partition', { partition: 3 }, true],
    ['another partition', { partition: 4 }, false],
    ['its own offset as the first', { from: boundTyped('9007199254740993') }, true],
    ['the next offset as the first', { from: boundTyped('9007199254740994') }, false],
    ['its own offset as the last', { to: boundTyped('9007199254740993') }, true],
    ['the offset before as the last', { to: boundTyped('9007199254740992') }, false],
    ['a time before it', { from: boundTyped('2026-03-01') }, true],
    ['a time after it', { from: boundTyped('2026-03-01T12:01Z') }, false],
    ['an end before it', { to: boundTyped('2026-03-01T11:59:59Z') }, false],
    ['its code in small letters', { code: 'drill_unknown' }, true],
    ['another code', { code: 'INVALID' }, false],
    ['its phone', { phone: '+12025550143' }, true],
    ['another phone', { phone: '+12025550144' }, false],
  ])('is chosen by %s: %#', (_what, selection, chosen) => {
    expect(isMeant(row(), selection)).toBe(chosen);
  });

  it('stands in the order of time, then of place', () => {
    const rows = [row({ offset: '10' }), row({ offset: '9' }), row({ timestamp: 5, offset: '11' })];
    expect(inOrderOfTime(rows).map(({ offset }) => offset)).toEqual(['11', '9', '10']);
  });

  it('is counted by its code', () => {
    expect(countsSaid([])).toBe('0 dead letters');
    expect(countsSaid([row({ headers: {} }), row(), row()])).toBe(
      '3 dead letters: 2 DRILL_UNKNOWN, 1 NO_CODE',
    );
  });
});

describe('what is typed', () => {
  it.each(['x', '-1', '1.5', '', '1e3'])('%j is neither a partition nor an offset', (text) => {
    expect(() => partitionTyped(text)).toThrow('partition');
    expect(() => offsetTyped(text)).toThrow('offset');
  });

  it.each(['yesterday', '2026-03-01T17:05', '2026-13-01', '-4'])('%j is no end of a range', (text) => {
    expect(() => boundTyped(text)).toThrow('such as');
  });

  it('names dead letters by their topic or their own', () => {
    expect(deadTopicTyped('sms.log.v1')).toBe('sms.log.v1.dead');
    expect(deadTopicTyped('sms.log.v1.dead')).toBe('sms.log.v1.dead');
    expect(originOf('sms.log.v1.dead')).toBe('sms.log.v1');
  });
});

describe('a table', () => {
  it('has columns as wide as their widest cell', () => {
    expect(tableOf(['a', 'b'], [['long', 'x']])).toEqual(['a     b', 'long  x']);
  });

  it.each([
    [0, '0 s'],
    [-5_000, '0 s'],
    [59_999, '59 s'],
    [3_599_000, '59 min'],
    [90_000_000, '1 d'],
  ])('says that %i ms ago is %s ago', (ms, said) => {
    expect(ageOf(ms)).toBe(said);
  });
});
