import { completed, event, offering, started } from '../tracker.testkit';
import { broadcastWorld, phoneOf, type Person } from '../broadcasts/broadcasts.testkit';
import { problemsIn } from '../problems-in';
import { audienceSchema, membersOf } from './audience';

const world = async () => {
  const made = broadcastWorld('2026-03-10T10:00Z');
  const people: readonly Person[] = [
    { account: { employerId: 'acme', unitId: 'north', labels: ['night'] } },
    { account: { employerId: 'acme', unitId: 'south' }, language: 'es' },
    { account: { employerId: 'other', unitId: 'north' } },
  ];
  for (const [index, person] of people.entries()) await made.hires(phoneOf(index), person);
  return made;
};

const named = async ({ parts }: Awaited<ReturnType<typeof world>>, audience: object) => {
  const phones: string[] = [];
  for await (const { members } of membersOf(audienceSchema.parse(audience), parts.store, offering('one')))
    phones.push(...members.map(({ phone }) => phone.slice(-1)));
  return phones;
};

describe('an audience', () => {
  it.each([
    [{ everybody: true }, ['0', '1', '2']],
    [{ employerId: 'acme' }, ['0', '1']],
    [{ employerId: 'acme', unitId: 'north' }, ['0']],
    [{ label: 'night' }, ['0']],
    [{ language: 'es' }, ['1']],
    [{ employerId: 'other', language: 'es' }, []],
    [{ registeredSince: '2026-03-01' }, ['0', '1', '2']],
    [{ registeredSince: '2026-03-02' }, []],
    [{ standing: 'notBegun' }, ['0', '1', '2']],
    [{ notHeardSince: '2026-03-11' }, ['0', '1', '2']],
  ])('of %j is who fits all of it', async (audience, phones) =>
    expect(await named(await world(), audience)).toEqual(phones),
  );

  it('follows the standing in the course', async () => {
    const made = await world();
    await made.hears(phoneOf(0), {}, [started('one')]);
    await made.hears(phoneOf(1), {}, [started('one'), completed('one')]);
    await expect(named(made, { standing: 'inDrill' })).resolves.toEqual(['0']);
    await expect(named(made, { standing: 'finished' })).resolves.toEqual(['1']);
    await expect(named(made, { standing: 'notBegun' })).resolves.toEqual(['2']);
  });

  it('is asked of who has written since a date, and who has not', async () => {
    const made = await world();
    made.at('2026-03-12T10:00Z');
    await made.hears(phoneOf(0), {}, [event('HelpRequested')]);
    await expect(named(made, { heardSince: '2026-03-12' })).resolves.toEqual(['0']);
    await expect(named(made, { notHeardSince: '2026-03-12' })).resolves.toEqual(['1', '2']);
  });

  it.each([
    [{}, 'names nobody'],
    [{ employer: 'acme' }, 'employer'],
    [{ language: 'Spanish' }, 'language: '],
    [{ registeredSince: '2026-02-30' }, 'registeredSince: '],
    [{ standing: 'lazy' }, 'standing: '],
    [{ unitId: 'north' }, 'unitId: needs an employerId'],
    [{ everybody: true, language: 'es' }, 'everybody: stands alone'],
    [{ employerId: { $ne: '' } }, 'employerId: '],
  ])('that says %j is refused, naming the field', (audience, problem) => {
    const read = audienceSchema.safeParse(audience);
    expect(read.success ? [] : problemsIn(read.error)).toContainEqual(expect.stringContaining(problem));
  });
});
