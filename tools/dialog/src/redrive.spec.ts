import { deadLetterHeaders, type LogRecord } from '@stopcovid/kafka';
import { letterId, rowOf } from './dead-letter-row';
import { planRedrive, toOrigin } from './redrive';

const letter = (offset: string, headers: LogRecord['headers'] = {}): LogRecord => ({
  topic: 'dialog.commands.v1.dead',
  partition: 1,
  offset,
  key: null,
  value: Buffer.from([0xff]),
  headers: {
    [deadLetterHeaders.partition]: '5',
    [deadLetterHeaders.attempts]: '2',
    trace: 'abc',
    ...headers,
  },
  timestamp: 7,
});

describe('a redrive', () => {
  const rows = ['1', '2', '3'].map((offset) => rowOf(letter(offset)));
  const done = new Set([letterId(rows[1]!)]);

  it('leaves out what went back before, and counts it', () => {
    expect(planRedrive(rows, done, false)).toMatchObject({ rows: [rows[0], rows[2]], left: 1 });
    expect(planRedrive(rows, done, true)).toMatchObject({ rows, left: 0 });
  });

  it('takes a letter of a topic made anew for another one', () => {
    expect(letterId({ ...rows[1]!, at: 8 })).not.toBe(letterId(rows[1]!));
  });

  it('sends the same bytes and all headers to where they came from', () => {
    const record = letter('1');
    expect(toOrigin(record)).toEqual({
      topic: 'dialog.commands.v1',
      key: null,
      value: record.value,
      headers: record.headers,
      partition: 5,
    });
  });

  it('sends a letter whose story is broken to its topic all the same', () => {
    const sent = toOrigin(
      letter('1', { [deadLetterHeaders.partition]: '-1', [deadLetterHeaders.topic]: 'evil' }),
    );
    expect(sent.topic).toBe('dialog.commands.v1');
    expect(sent).not.toHaveProperty('partition');
  });
});
