import type { Phone } from '@stopcovid/contracts';
import { shareCalls } from '@stopcovid/runtime';
import type { Arrivals, Change, Documents, Known } from './fold';

/** How calls for some phones each become one for all of them. */
type Meeting<I, O> = {
  readonly phonesOf: (input: I) => Iterable<Phone>;
  readonly together: (inputs: readonly I[]) => I;
  /** What these phones have of an answer. */
  readonly ownOf: (output: O, phones: ReadonlySet<Phone>) => O;
};

/* So many phones are read or written by one call that slices share: as many as a full slice may have. */
const mostPhones = 500;

/** A write of one phone that was lost and one that was not would have the same name. */
const mayMeet = (phones: readonly Phone[]): boolean =>
  phones.length <= mostPhones && new Set(phones).size === phones.length;

const callAll = async <I, O>(
  call: (input: I) => Promise<O>,
  inputs: readonly I[],
  { phonesOf, together, ownOf }: Meeting<I, O>,
): Promise<readonly O[]> => {
  if (!mayMeet(inputs.flatMap((input) => [...phonesOf(input)]))) {
    const calls = inputs.map(call);
    await Promise.allSettled(calls);
    return Promise.all(calls);
  }
  const output = await call(together(inputs));
  return inputs.map((input) => ownOf(output, new Set(phonesOf(input))));
};

/**
 * Documents for slices that are handled at the same time: those that come while a call is on its way are loaded by one
 * call, and written by one. `isEverybodys` says which errors are not of one slice's phones; after others each is called
 * alone. A phone that comes in two slices meets none, nor does a slice of many phones.
 */
export const sharedDocuments = <D>(
  documents: Documents<D>,
  isEverybodys: (error: unknown) => boolean,
): Documents<D> => {
  const share = <I, O>(call: (input: I) => Promise<O>, meeting: Meeting<I, O>): ((input: I) => Promise<O>) =>
    shareCalls((inputs: readonly I[]) => callAll(call, inputs, meeting), {
      isEverybodys,
      sizeOf: (input) => [...meeting.phonesOf(input)].length,
    });
  return {
    load: share<Arrivals, ReadonlyMap<Phone, Known<D>>>((arrivals) => documents.load(arrivals), {
      phonesOf: (arrivals) => arrivals.keys(),
      together: (all) => new Map(all.flatMap((arrivals) => [...arrivals])),
      ownOf: (known, phones) => new Map([...known].filter(([phone]) => phones.has(phone))),
    }),
    save: share<readonly Change<D>[], ReadonlySet<Phone>>((changes) => documents.save(changes), {
      phonesOf: (changes) => changes.map(({ phone }) => phone),
      together: (all) => all.flat(),
      ownOf: (lost, phones) => new Set([...lost].filter((phone) => phones.has(phone))),
    }),
  };
};
