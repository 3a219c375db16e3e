import type { Account, AnswerValue, Profile, ProfileChanges } from '@stopcovid/contracts';
import { english, languageOf } from './languages';

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

/** A profile after changes: what is named is replaced, `null` forgets, all else stays. */
export const mergeProfile = (profile: Profile, changes: ProfileChanges): Profile => {
  const { name, timeZone, ...kept } = profile;
  const newName = changes.name === undefined ? name : changes.name;
  const newTimeZone = changes.timeZone === undefined ? timeZone : changes.timeZone;
  return {
    ...kept,
    ...(newName !== undefined && newName !== null && { name: newName }),
    ...(newTimeZone !== undefined && newTimeZone !== null && { timeZone: newTimeZone }),
    language: changes.language ?? profile.language,
    answers: changes.answers === undefined ? profile.answers : withAnswers(profile.answers, changes.answers),
  };
};

/**
 * A profile after a drill stored an answer. `name` and `language` are the trainee's own; every other field, whatever
 * it is called, is an answer among answers and cannot reach a field of ours.
 */
export const storeAnswer = (profile: Profile, field: string, value: AnswerValue): Profile => {
  if (field === 'name') return { ...profile, name: String(value) };
  if (field === 'language') return { ...profile, language: languageOf(String(value)) ?? english };
  return fieldPattern.test(field) ? { ...profile, answers: { ...profile.answers, [field]: value } } : profile;
};

/** An account after an update: field by field, the new one wins. */
export const mergeAccount = (account: Account, changes: Account): Account => ({ ...account, ...changes });

/**
 * An account after a registration: employer and unit come from the new code alone, lest a person belong to one
 * employer and another's unit; what else we know stays unless the code says it anew.
 */
export const registerAccount = (
  { labels, personId, messagingServiceSid }: Account,
  registered: Account,
): Account => ({
  ...(labels !== undefined && { labels }),
  ...(personId !== undefined && { personId }),
  ...(messagingServiceSid !== undefined && { messagingServiceSid }),
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
  (changes.name !== undefined && changes.name !== (profile.name ?? null)) ||
  (changes.timeZone !== undefined && changes.timeZone !== (profile.timeZone ?? null)) ||
  (changes.language !== undefined && changes.language !== profile.language) ||
  changesAnswers(profile, changes.answers);

/** Whether these changes would leave the account other than it is. */
export const changesAccount = (account: Account, changes: Account): boolean => {
  const before: Readonly<Record<string, unknown>> = account;
  return Object.entries(changes).some(([field, value]) => !same(before[field], value));
};
