import { phoneSchema } from '@stopcovid/contracts';
import { usageOf } from './idle';
import { crashesIn } from './logs';
import { tableOf, violationLine } from './report';

describe('what a run says', () => {
  it('names no phone', () => {
    const phone = phoneSchema.parse('+12025550143');
    const line = violationLine({ invariant: 'I7', phone, detail: 'a text of +12025550143 was lost' });
    expect(line).toBe('I7 +•••••••••43 a text of +•••••••••43 was lost');
  });

  it('lines its measures up', () => {
    const measure = {
      recipe: 'zombie',
      accepted: 10,
      decided: 12,
      sent: 9,
      workedAgainMs: undefined,
      longestSilenceMs: 6_100,
      silentPlace: 'sms-sender/3',
    };
    const [head, row] = tableOf([measure]);
    expect(row).toContain('zombie');
    expect(row?.indexOf('6100 ms')).toBe(head?.indexOf('longest silence'));
  });
});

describe('what a run looks for', () => {
  it('is a line of a process that crashed', () => {
    const crash = '{"level":"fatal","msg":"a rejection escaped"}';
    expect(crashesIn('engine', ['{"level":"warn","msg":"retry"}', crash])).toEqual([
      `engine logged: ${crash}`,
    ]);
  });

  it('is the time and memory of a process, whatever its name', () => {
    const fields = [
      'S',
      ...Array.from({ length: 10 }, () => '0'),
      '70',
      '30',
      ...Array(8).fill('0'),
      '25600',
    ];
    expect(usageOf(`12 (node (x) y) ${fields.join(' ')}`)).toEqual({ ticks: 100, megabytes: 100 });
  });
});
