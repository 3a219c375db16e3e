import { phoneSchema, type Phone } from '@stopcovid/contracts';
import type { Arrivals, Change, Documents, Known } from './fold';
import { sharedDocuments } from './shared-documents';

const [maria, sokha, lupe] = ['+12025550143', '+12025550180', '+12025550191'].map((phone) =>
  phoneSchema.parse(phone),
) as [Phone, Phone, Phone];

class Away extends Error {}

const changeOf = (phone: Phone): Change<number> => ({ phone, before: undefined, next: 1, included: [] });
const arrivalsOf = (...phones: readonly Phone[]): Arrivals => new Map(phones.map((phone) => [phone, []]));

/** Documents that are numbers; `wrong` phones fail whichever call they are in, `taken` ones are lost. */
const watched = (trouble: { readonly wrong?: Error; readonly taken?: readonly Phone[] } = {}) => {
  const calls: (readonly Phone[])[] = [];
  const called = (phones: readonly Phone[]): void => {
    calls.push(phones);
    if (trouble.wrong !== undefined && phones.includes(maria)) throw trouble.wrong;
  };
  const documents: Documents<number> = {
    load: async (arrivals) => {
      called([...arrivals.keys()]);
      return new Map([...arrivals.keys()].map((phone): [Phone, Known<number>] => [phone, { kind: 'none' }]));
    },
    save: async (changes) => {
      called(changes.map(({ phone }) => phone));
      return new Set(trouble.taken);
    },
  };
  return { calls, documents: sharedDocuments(documents, (error) => error instanceof Away) };
};

describe('documents of slices that come at once', () => {
  it('are loaded by one call, and each slice gets those of its own phones', async () => {
    const { calls, documents } = watched();
    const known = await Promise.all([
      documents.load(arrivalsOf(maria, sokha)),
      documents.load(arrivalsOf(lupe)),
    ]);
    expect(known.map((each) => [...each.keys()])).toEqual([[maria, sokha], [lupe]]);
    expect(calls).toEqual([[maria, sokha, lupe]]);
  });

  it('are written by one call, and each slice hears of its own losses alone', async () => {
    const { calls, documents } = watched({ taken: [maria] });
    const lost = await Promise.all([maria, sokha].map((phone) => documents.save([changeOf(phone)])));
    expect(lost).toEqual([new Set([maria]), new Set()]);
    expect(calls).toEqual([[maria, sokha]]);
  });

  it('are written by themselves where a phone is in two of the slices', async () => {
    const { calls, documents } = watched({ taken: [maria] });
    const lost = await Promise.all(
      [[maria], [sokha, maria]].map((phones) => documents.save(phones.map(changeOf))),
    );
    expect(calls).toEqual([[maria], [sokha, maria]]);
    expect(lost).toEqual([new Set([maria]), new Set([maria])]);
  });

  const many = (count: number, from: number): readonly Change<number>[] =>
    Array.from({ length: count }, (_, index) => changeOf(`+1202555${from + index}` as Phone));

  it('are written by themselves where they are many together', async () => {
    const { calls, documents } = watched();
    await Promise.all([1, 2, 3, 4, 5, 6].map((slice) => documents.save(many(100, slice * 1_000))));
    expect(calls.map(({ length }) => length)).toEqual([100, 100, 100, 100, 100, 100]);
  });

  it('wait for nobody where one slice has many', async () => {
    const { calls, documents } = watched();
    await Promise.all([documents.save(many(1, 1_000)), documents.save(many(101, 2_000))]);
    expect(calls.map(({ length }) => length)).toEqual([101, 1]);
  });

  it('fail for the slice alone that they fail for', async () => {
    const { calls, documents } = watched({ wrong: new TypeError('x is not a function') });
    const all = await Promise.allSettled([maria, sokha].map((phone) => documents.save([changeOf(phone)])));
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(calls).toEqual([[maria, sokha], [maria], [sokha]]);
  });

  it('fail for all of them in an outage, which is not made worse by calls for each', async () => {
    const { calls, documents } = watched({ wrong: new Away() });
    const all = await Promise.allSettled([maria, sokha].map((phone) => documents.load(arrivalsOf(phone))));
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(calls).toEqual([[maria, sokha]]);
  });
});
