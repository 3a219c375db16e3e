import type { Drips } from '@stopcovid/drills';
import { completed, event, maria, started } from '../tracker.testkit';
import { clockWorld, dripsOf, profileIn } from './clock.testkit';

const nine = {
  time: '09:00',
  window: { opens: '08:00', closes: '21:00' },
  reminders: [],
  unfinished: { expireAfterDays: 1 },
};

const welcome = dripsOf({
  welcome: {
    from: 'hired',
    time: '10:00',
    steps: {
      eve: { days: -1, message: { en: 'Tomorrow is your first day.' } },
      first: { days: 1, message: { es: 'Hola', en: 'Hello' } },
      masks: { days: 2, message: { en: 'Now masks.' }, drill: 'masks' },
      month: { months: 1, message: { en: 'A month.' } },
    },
  },
});

const hired = (date: string | null, more: object = {}) => ({
  ...profileIn('America/New_York'),
  account: { employerId: 'acme', ...(date === null ? {} : { dates: { hired: date } }) },
  ...more,
});

/** Maria in New York (UTC-4 in June) registered on Tuesday at 10:00 and finished her first drill then. */
const world = async (drips: Drips | undefined = welcome, date: string | null = '2026-06-09') => {
  const made = clockWorld(nine, '2026-06-09T14:00Z', { drips });
  await made.hears([event('TraineeRegistered'), started('one')], hired(date));
  await made.hears([completed('one')], hired(date));
  return made;
};

const texts = (commands: readonly object[]) =>
  commands.flatMap((command) => ('text' in command ? [command.text] : []));
const drills = (commands: readonly object[]) =>
  commands.flatMap((command) => ('drill' in command ? [command.drill] : []));
const last = async ({ stored }: Awaited<ReturnType<typeof world>>) =>
  (await stored())?.clock.last.map(({ nominal, outcome, reason }) => [nominal, outcome, reason]);

describe('a drip', () => {
  it('sends its step at its local time, so many days after the date, once, in the words of all languages', async () => {
    const { ticksAt } = await world();
    await ticksAt('2026-06-10T13:00Z');
    await expect(ticksAt('2026-06-10T13:59:59Z')).resolves.toEqual([]);
    await expect(ticksAt('2026-06-10T14:00Z')).resolves.toMatchObject([
      {
        type: 'SendMessage',
        phone: maria,
        texts: { es: 'Hola', en: 'Hello' },
        text: 'Hola',
        delivery: {
          notAfter: '2026-06-11T01:00:00.000Z',
          windows: [{ opens: '2026-06-10T12:00:00.000Z', closes: '2026-06-11T01:00:00.000Z' }],
        },
      },
    ]);
    await expect(ticksAt('2026-06-10T14:05Z')).resolves.toEqual([]);
  });

  it('leaves out what was past at enrolment, and shows it', async () => {
    const made = await world();
    await made.ticksAt('2026-06-09T14:01Z');
    expect(await last(made)).toContainEqual(['welcome/eve', 'passed', 'beforeEnrolment']);
  });

  it('gives its drill as the one of its day, at its own time, and the course goes on the day after', async () => {
    const { ticksAt, hears } = await world();
    await ticksAt('2026-06-10T14:00Z');
    await ticksAt('2026-06-11T04:00Z');
    await expect(ticksAt('2026-06-11T13:30Z')).resolves.toEqual([]);
    const day = await ticksAt('2026-06-11T14:00Z');
    expect([texts(day), drills(day)]).toEqual([['Now masks.'], ['masks']]);
    await hears([started('masks')], hired('2026-06-09'));
    await hears([completed('masks')], hired('2026-06-09'));
    expect(drills(await ticksAt('2026-06-11T20:00Z'))).toEqual([]);
    expect(drills(await ticksAt('2026-06-12T13:00Z'))).toEqual(['two']);
  });

  it('moves what has not gone out with an edited date, and leaves alone what has', async () => {
    const { ticksAt, hears } = await world();
    expect(texts(await ticksAt('2026-06-10T14:00Z'))).toEqual(['Hola']);
    await hears([event('TraineeUpdated')], hired('2026-06-20'));
    expect(texts(await ticksAt('2026-06-11T15:00Z'))).toEqual([]);
    expect(texts(await ticksAt('2026-06-19T14:00Z'))).toEqual(['Tomorrow is your first day.']);
    expect(texts(await ticksAt('2026-06-21T14:00Z'))).toEqual([]);
    expect(texts(await ticksAt('2026-06-22T14:00Z'))).toEqual(['Now masks.']);
    expect(texts(await ticksAt('2026-07-20T14:00Z'))).toEqual(['A month.']);
  });

  it('comes also behind steps on a date that their zone leaves out, when nothing else is to be done', async () => {
    const skipped = ['09:00', '10:00', '11:00', '12:00'].map(
      (time) => [`at-${time.slice(0, 2)}`, { days: 4, time, message: { en: 'Never.' } }] as const,
    );
    const steps = {
      ...Object.fromEntries(skipped),
      after: { days: 5, message: { en: 'Welcome to the east.' } },
    };
    const drips = dripsOf({ welcome: { from: 'hired', time: '10:00', steps } });
    const { hears, ticksAt } = clockWorld({ ...nine, unfinished: 'wait' }, '2011-12-26T20:00Z', { drips });
    const inApia = { ...profileIn('Pacific/Apia'), account: { dates: { hired: '2011-12-26' } } };
    await hears([event('TraineeRegistered'), started('one')], inApia);
    await ticksAt('2011-12-26T20:01Z');
    expect(texts(await ticksAt('2011-12-30T19:59Z'))).toEqual([]);
    expect(texts(await ticksAt('2011-12-30T20:00Z'))).toEqual(['Welcome to the east.']);
  });

  it('counts a month after 31 January to the end of February', async () => {
    const { ticksAt, hears } = await world(welcome, null);
    await hears([event('TraineeUpdated')], hired('2027-01-31'));
    await ticksAt('2027-02-28T14:59Z');
    expect(texts(await ticksAt('2027-02-28T15:00Z'))).toEqual(['A month.']);
  });

  it('is not sent again by who lost what the clock had done, and knows it by the events', async () => {
    const made = await world();
    const [sent] = await made.ticksAt('2026-06-10T14:00Z').then((all) => all.slice(-1));
    await made.hears(
      [event('MessageRequested', { texts: { en: 'Hello' } })],
      hired('2026-06-09'),
      sent?.commandId,
    );
    await made.forgets();
    expect(texts(await made.ticksAt('2026-06-10T14:10Z'))).toEqual([]);
  });

  it('says nothing to who has stopped or paused, and leaves the day out that passed meanwhile', async () => {
    const made = await world();
    await made.hears([event('TraineeOptedOut')], hired('2026-06-09', { optedOut: true }));
    await expect(made.ticksAt('2026-06-10T14:00Z')).resolves.toEqual([]);
    made.at('2026-06-10T14:01Z');
    await made.hears([event('TraineeOptedIn')], hired('2026-06-09'));
    expect(texts(await made.ticksAt('2026-06-10T14:01Z'))).toEqual([]);
    const paused = await world();
    const schedulePaused = { since: '2026-06-10T12:00:00.000Z', reason: 'text', until: '2026-06-13' };
    await paused.hears([event('SchedulePaused')], hired('2026-06-09', { schedulePaused }));
    expect(texts(await paused.ticksAt('2026-06-12T20:00Z'))).toEqual([]);
    expect(texts(await paused.ticksAt('2026-06-13T20:00Z'))).toEqual([]);
  });

  it('leaves out what an outage made late, and keeps it where the drip says so', async () => {
    const late = await world();
    expect(texts(await late.ticksAt('2026-06-11T12:30Z'))).toEqual([]);
    expect(await last(late)).toContainEqual(['welcome/first', 'passed', 'tooLate']);
    const kept = await world({ ...welcome, welcome: { ...welcome['welcome'], keepDays: 2 } } as Drips);
    expect(texts(await kept.ticksAt('2026-06-11T12:30Z'))).toEqual(['Hola']);
  });

  it('leaves its drill out on a day that had one, and keeps it for the next where the drip says so', async () => {
    const busy = async (drips: Drips) => {
      const made = await world(drips);
      made.at('2026-06-11T12:10Z');
      await made.hears([started('three')], hired('2026-06-09'));
      await made.hears([completed('three')], hired('2026-06-09'));
      const day = await made.ticksAt('2026-06-11T16:00Z');
      await made.ticksAt('2026-06-12T03:00Z');
      await made.ticksAt('2026-06-12T13:00Z');
      return { made, day, next: drills(made.commands).slice(-1) };
    };
    const left = await busy(welcome);
    expect([drills(left.day), left.next]).toEqual([[], ['two']]);
    expect(await last(left.made)).toContainEqual(['welcome/masks/drill', 'passed', 'oneADay']);
    const kept = await busy({ ...welcome, welcome: { ...welcome['welcome'], keepDays: 2 } } as Drips);
    expect(drills([...kept.day, ...(await kept.made.ticksAt('2026-06-12T14:00Z'))])).toEqual(['masks']);
  });

  it('tries its drill again that the engine held back, under another id', async () => {
    const { ticksAt, hears } = await world();
    await ticksAt('2026-06-10T14:00Z');
    await ticksAt('2026-06-11T04:00Z');
    const day = await ticksAt('2026-06-11T14:00Z');
    const start = day.find(({ type }) => type === 'StartDrill');
    await hears(
      [event('DrillPostponed', { drill: 'masks', occurrence: start?.commandId })],
      hired('2026-06-09'),
    );
    await expect(ticksAt('2026-06-11T14:04Z')).resolves.toEqual([]);
    const [again] = await ticksAt('2026-06-11T14:30Z');
    expect(again).toMatchObject({ type: 'StartDrill', drill: 'masks' });
    expect(again?.commandId).not.toBe(start?.commandId);
    expect(drills(await ticksAt('2026-06-11T16:00Z'))).toEqual([]);
  });

  it('is for the people of its employers alone, and for nobody without the date', async () => {
    const other = { ...welcome, welcome: { ...welcome['welcome'], employers: ['other'] } } as Drips;
    for (const made of [await world(other), await world(welcome, null)])
      expect(texts(await made.ticksAt('2026-06-10T14:00Z'))).toEqual([]);
  });

  it('publishes the same id again after a crash between publishing and writing', async () => {
    const { phones, clockWith, commands, ticksAt, at } = await world();
    await ticksAt('2026-06-10T13:00Z');
    const known = commands.length;
    const crashed = clockWith({ phones: { ...phones, save: () => Promise.reject(new Error('killed')) } });
    at('2026-06-10T14:00Z');
    await expect(crashed.tick()).rejects.toThrow('killed');
    await ticksAt('2026-06-10T14:01Z');
    const sent = commands.slice(known).map(({ commandId }) => commandId);
    expect([sent.length, new Set(sent).size]).toEqual([2, 1]);
  });

  it('that comes to be, or changes, is planned at once for everybody', async () => {
    const made = await world(undefined);
    await made.ticksAt('2026-06-10T13:30Z');
    made.drips(welcome);
    expect(texts(await made.ticksAt('2026-06-10T14:00Z'))).toEqual(['Hola']);
  });
});
