import { decodeCommand, type Language, type Trainee } from '@stopcovid/contracts';
import { InMemoryLog, inMemoryPublisher } from '@stopcovid/kafka';
import { copyLanguages } from '@stopcovid/sms-copy';
import type { Hours, HoursOf } from '../operations/hours';
import { registered } from '../tracker.testkit';
import { issuerUrl, recordOf } from './records.testkit';
import { textRecord, type TextParts } from './text-record';

const hour = 3_600_000;
const noon = Date.parse('2026-06-10T12:00:00.000Z');
const iso = (at: number): string => new Date(at).toISOString();

/** Open for four hours each day, from two hours after midnight UTC on. */
const morning: HoursOf = (_progress, at) => {
  const midnight = Math.floor(at.getTime() / (24 * hour)) * 24 * hour;
  const window = { from: midnight + 2 * hour, to: midnight + 6 * hour };
  const [now, next] = [at.getTime(), window.from + 24 * hour];
  if (now >= window.from && now < window.to) return Promise.resolve({ kind: 'open', window } as Hours);
  const opensAt = now < window.from ? window.from : next;
  return Promise.resolve({ kind: 'closed', opensAt, zone: null } as Hours);
};

const told = async (changes: Partial<Trainee> = {}, parts: Partial<TextParts> = {}) => {
  const log = new InMemoryLog(1);
  const tell = textRecord({
    issuer: { name: 'Acme', url: issuerUrl },
    hoursOf: morning,
    copy: () => undefined,
    publisher: inMemoryPublisher(log),
    now: () => new Date(noon),
    ...parts,
  });
  await tell(recordOf(), { trainee: { ...registered, ...changes } } as never);
  return log.records('dialog.commands.v1').map(({ value }) => {
    const command = decodeCommand(value ?? '');
    return command.ok ? command.value : command.error;
  });
};
const speaking = (language: string): Partial<Trainee> => ({
  profile: { ...registered.profile, language: language as Language },
});

describe('a trainee who passed the course', () => {
  it.each(copyLanguages)('is told the address of the record, in their language: %s', async (language) => {
    const [command] = await told(speaking(language));
    expect(command).toMatchObject({ type: 'SendMessage', commandId: `record:${recordOf().id}` });
    const [english] = await told(speaking('en'));
    const text = String(command && 'text' in command && command.text);
    expect(text).toMatch(new RegExp(`Clean hands.* ${issuerUrl}/records/${recordOf().id}$`));
    expect(text === String(english && 'text' in english && english.text)).toBe(language === 'en');
  });

  it('is told as the organisation says it', async () => {
    const copy = () => ({ sentences: { coursePassed: { en: 'Well done, {{name}}: {{address}}' } } });
    expect(await told({}, { copy })).toMatchObject([
      { text: `Well done, Maria: ${issuerUrl}/records/${recordOf().id}` },
    ]);
  });

  it('is told inside their hours: in the rest of a window, or in the next', async () => {
    const tomorrow = Date.parse('2026-06-11T00:00:00.000Z');
    const windows = [
      { opens: iso(tomorrow + 2 * hour), closes: iso(tomorrow + 6 * hour) },
      { opens: iso(tomorrow + 26 * hour), closes: iso(tomorrow + 30 * hour) },
    ];
    const delivery = { notAfter: windows[1]?.closes, windows };
    expect(await told()).toMatchObject([{ delivery }]);
    expect(await told({}, { now: () => new Date(tomorrow + 5 * hour) })).toMatchObject([{ delivery }]);
  });

  it('is told nothing after an opt-out, and where nobody knows their hours', async () => {
    expect(await told({ optedOut: true })).toEqual([]);
    for (const hours of [
      { kind: 'noZone' },
      { kind: 'closed', opensAt: null, next: null, zone: null },
    ] as const)
      expect(await told({}, { hoursOf: () => Promise.resolve(hours) })).toEqual([]);
  });
});
