import type {
  Account,
  AccountChanges,
  AnswerValue,
  Event,
  Profile,
  ProfileChanges,
} from '@stopcovid/contracts';
import { english, languageOf } from './languages/names';

const fieldPattern = /^[a-z][A-Za-z0-9]{0,63}$/;

const withAnswers = (
  answers: Profile['answers'],
  changes: NonNullable<ProfileChanges['answers']>,
): Profile['answers'] =>
  Object.fromEntries(
    Object.entries({ ...answers, ...changes }).filter(
      (entry): entry is [string, AnswerValue] => entry[1] !== null && fieldPattern.test(entry[0]),
    ),
  );

type Known<T> = { readonly [K in keyof T]: Exclude<T[K], null | undefined> };

/** What is left of fields once those that are unknown, or forgotten, are gone. */
const known = <T extends object>(fields: T): Partial<Known<T>> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  ) as Partial<Known<T>>;

const either = <T>(told: T | null | undefined, before: T | undefined): T | null | undefined =>
  told === undefined ? before : told;

/** Another zone is from whoever tells it now; of none, nobody is the source. */
const zoneOf = (profile: Profile, changes: ProfileChanges) => {
  const timeZone = either(changes.timeZone, profile.timeZone);
  if (timeZone === null || timeZone === undefined) return {};
  const before = timeZone === profile.timeZone ? profile.timeZoneSource : undefined;
  return { timeZone, timeZoneSource: either(changes.timeZoneSource, before) };
};

/** A profile after changes: what is named is replaced, `null` forgets, all else stays. */
export const mergeProfile = (profile: Profile, changes: ProfileChanges): Profile => ({
  ...known({
    name: either(changes.name, profile.name),
    ...zoneOf(profile, changes),
    deliveryDays: either(changes.deliveryDays, profile.deliveryDays),
    preferredTime: either(changes.preferredTime, profile.preferredTime),
  }),
  language: changes.language ?? profile.language,
  answers: changes.answers === undefined ? profile.answers : withAnswers(profile.answers, changes.answers),
});

/**
 * A profile after a drill stored an answer. `name` and `language` are the trainee's own, and so is what was understood of
 * an answer about the schedule; every other field, whatever it is called, is an answer among answers and cannot reach a
 * field of ours.
 */
export const storeAnswer = (
  profile: Profile,
  { field, value, profile: understood }: NonNullable<Event<'PromptCompleted'>['stored']>,
): Profile => {
  if (understood !== undefined) return mergeProfile(profile, understood);
  if (field === 'name') return { ...profile, name: String(value) };
  if (field === 'language') return { ...profile, language: languageOf(String(value)) ?? english };
  return fieldPattern.test(field) ? { ...profile, answers: { ...profile.answers, [field]: value } } : profile;
};

/** An account after an update: field by field, the new one wins, and what is forgotten is gone. */
export const mergeAccount = (
  account: Account,
  { account: told, forgotten = [] }: Pick<Event<'TraineeUpdated'>, 'account' | 'forgotten'>,
): Account => only({ ...account, ...told }, ([field]) => !forgotten.includes(field));

const only = (account: Account, keeps: (entry: [string, unknown]) => boolean): Account =>
  Object.fromEntries(Object.entries(account).filter(keeps));

const isBlank = (value: unknown): boolean => typeof value === 'string' && value.trim() === '';

/** An account without blank fields: whoever registers people by an empty form knows nothing of them. */
export const withoutBlanks = (account: Account): Account => only(account, ([, value]) => !isBlank(value));

/** Changes of an account as they go on record: what was told anew, and which known fields are forgotten. */
export const recordedChanges = (
  account: Account,
  changes: AccountChanges,
): Pick<Event<'TraineeUpdated'>, 'account' | 'forgotten'> => {
  const fields = Object.entries(changes);
  const forgotten = fields.filter(([field, value]) => value === null && field in account);
  const told: Account = Object.fromEntries(fields.filter(([, value]) => value !== null));
  return { account: told, ...(forgotten.length > 0 && { forgotten: forgotten.map(([field]) => field) }) };
};

/**
 * An account after a registration: employer and unit come from the new code alone, lest a person belong to one
 * employer and another's unit; what else we know stays unless the code says it anew.
 */
export const registerAccount = (
  { labels, personId, messagingServiceSid, dates }: Account,
  registered: Account,
): Account => ({
  ...(labels !== undefined && { labels }),
  ...(personId !== undefined && { personId }),
  ...(messagingServiceSid !== undefined && { messagingServiceSid }),
  ...(dates !== undefined && { dates }),
  ...registered,
});

/** Labels without repeats, in order of first mention, as many as an account holds. */
export const joinLabels = (...lists: readonly (readonly string[] | undefined)[]): string[] =>
  [...new Set(lists.flatMap((labels) => labels ?? []))].slice(0, 32);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const changesAnswers = (profile: Profile, answers: ProfileChanges['answers'] = {}): boolean =>
  Object.entries(answers).some(([field, value]) => !same(profile.answers[field] ?? null, value));

/** Whether these changes would leave the profile other than it is. */
export const changesProfile = (profile: Profile, changes: ProfileChanges): boolean =>
  !same(withoutAnswers(mergeProfile(profile, changes)), withoutAnswers(mergeProfile(profile, {}))) ||
  changesAnswers(profile, changes.answers);

const withoutAnswers = (profile: Profile): Profile => ({ ...profile, answers: {} });

/** Whether these changes would leave the account other than it is. */
export const changesAccount = (account: Account, changes: AccountChanges): boolean => {
  const before: Readonly<Record<string, unknown>> = account;
  return Object.entries(changes).some(([field, value]) => !same(before[field] ?? null, value));
};
