import type { Account, Phone } from '@stopcovid/contracts';
import type { PersonsPhone, ProgressStore } from '../progress/progress-store';

/** A phone, and whose it is. */
export type OwnedPhone = {
  readonly phone: Phone;
  readonly trainee: { readonly account: Pick<Account, 'employerId' | 'personId'> };
};

/** Two employers may use one id for two people. */
const personOf = (personId: string, employerId: string | undefined): string =>
  JSON.stringify([employerId ?? null, personId]);

/* Timestamps come with milliseconds or without, so they are compared as times; the phone settles a tie. */
const isLater = (one: PersonsPhone, other: PersonsPhone): boolean => {
  const ahead = Date.parse(one.registeredAt) - Date.parse(other.registeredAt);
  return ahead === 0 ? one.phone > other.phone : ahead > 0;
};

const latestOf = (phones: readonly PersonsPhone[]): ReadonlyMap<string, Phone> => {
  const latest = new Map<string, PersonsPhone>();
  for (const candidate of phones) {
    const person = personOf(candidate.personId, candidate.employerId);
    const before = latest.get(person);
    if (before === undefined || isLater(candidate, before)) latest.set(person, candidate);
  }
  return new Map([...latest].map(([person, { phone }]) => [person, phone]));
};

/**
 * Which of these phones are the one that their person registered last. A phone that nobody's id is known of is a
 * person of its own. Asked at reading, since a registration of one phone never touches the document of another.
 */
export const activePhones = async (
  store: Pick<ProgressStore, 'phonesOfPersons'>,
  shown: readonly OwnedPhone[],
): Promise<ReadonlySet<Phone>> => {
  const ids = new Set(shown.flatMap(({ trainee }) => trainee.account.personId ?? []));
  const latest = latestOf(ids.size === 0 ? [] : await store.phonesOfPersons([...ids]));
  const isActive = ({ phone, trainee: { account } }: OwnedPhone): boolean => {
    if (account.personId === undefined) return true;
    return (latest.get(personOf(account.personId, account.employerId)) ?? phone) === phone;
  };
  return new Set(shown.filter(isActive).map(({ phone }) => phone));
};
