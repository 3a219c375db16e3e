import { Readable } from 'node:stream';
import { phoneSchema } from '@stopcovid/contracts';
import type { ConsentChange } from '@stopcovid/progress-tracker';
import { consent, type ConsentOptions } from './consent';

const phone = phoneSchema.parse('+12025550143');
const changes: readonly ConsentChange[] = [
  {
    phone,
    sequence: 4,
    index: 0,
    at: new Date('2026-03-01T10:00:00Z'),
    consent: 'out',
    source: 'text',
    word: 'STOP',
    language: 'en',
    messageId: 'SM4',
    commandId: 'SM4',
  },
  {
    phone,
    sequence: 9,
    index: 0,
    at: new Date('2026-03-02T10:00:00Z'),
    consent: 'out',
    source: 'operator',
    detail: '=by letter',
    commandId: 'operator-1',
  },
];

const print = async (known: readonly ConsentChange[], form: ConsentOptions['form']) => {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = {
    input: Readable.from([]),
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
  };
  const exit = await consent({ of: () => Promise.resolve(known) }, { phone, form }, terminal);
  return { exit, out, err };
};

describe('the consent of a phone', () => {
  it('is printed change by change', async () => {
    const { exit, out } = await print(changes, 'text');
    expect(exit).toBe(0);
    expect(out[1]).toMatch(/^2026-03-01T10:00:00\.000Z +out +text +STOP +en +SM4 /);
    expect(out).toHaveLength(3);
  });

  it('is one object a line for programs', async () => {
    const { out } = await print(changes, 'json');
    expect(out.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ word: 'STOP', messageId: 'SM4' }),
      expect.objectContaining({ source: 'operator' }),
    ]);
  });

  it('runs no formula in a spreadsheet', async () => {
    const { out } = await print(changes, 'csv');
    expect(out[0]).toBe('at,consent,source,word,language,messageId,detail,sequence,commandId');
    expect(out[2]).not.toContain(',=by');
  });

  it('that was never changed is said so', async () => {
    await expect(print([], 'text')).resolves.toMatchObject({ exit: 1, out: [], err: [expect.any(String)] });
  });
});
