import type {
  Account,
  AccountChanges,
  Command,
  Consent,
  DialogEvent,
  ProfileChanges,
} from '@stopcovid/contracts';
import { registrationFact, type Facts, type RegistrationAnswer } from './facts';
import type { KeywordIndex } from './keywords';
import { plainText } from './plain-text';
import { abandonRun } from './runs';
import { hasEmployer, type DialogState } from './state';
import { changesAccount, changesProfile, joinLabels, recordedChanges, withoutBlanks } from './trainee';
import { unreachable } from './unreachable';

const lettersAndDigits = /[\p{L}\p{N}]\p{M}*/gu;
const codePattern = /^(?=.{3,32}$)(?:\p{L}\p{M}*|\p{N}|-)+$/u;
const asciiCode = /^[A-Za-z0-9][A-Za-z0-9-]{1,30}[A-Za-z0-9]$/;

/** From the first letter or digit to the last. */
const betweenLetters = (text: string): string => {
  const all = [...text.matchAll(lettersAndDigits)];
  const [first, last] = [all[0], all.at(-1)];
  return first && last ? text.slice(first.index, last.index + last[0].length) : '';
};

/**
 * The registration code that a text may be, in its normal form: one word of 3 to 32 letters, digits or hyphens, upper
 * case, composed. Quotes and full stops around it do not count. Whether anybody issued it is not known here.
 */
export const looksLikeCode = (text: string): string | undefined => {
  const trimmed = text.trim();
  if (asciiCode.test(trimmed)) return trimmed.toUpperCase();
  const code = betweenLetters(trimmed).normalize('NFC').toUpperCase();
  return codePattern.test(code) ? code : undefined;
};

/** The code in a text of somebody unsettled. A keyword or a word of thanks is no attempt to register. */
export const codeIn = (text: string, keywords: KeywordIndex): string | undefined => {
  const code = looksLikeCode(text);
  return code === undefined || isSpokenFor(plainText(code), keywords) ? undefined : code;
};

const isSpokenFor = (plain: string, { exact, optIn, thanks }: KeywordIndex): boolean =>
  exact.has(plain) || optIn.has(plain) || thanks.test(plain);

type Attempt = { readonly code: string; readonly source: string };
type Extras = {
  readonly profile?: ProfileChanges | undefined;
  readonly labels?: readonly string[] | undefined;
  readonly consent?: Consent | undefined;
};

/** What a good code leads to. A drill that was going on belongs to the old registration and ends first. */
export const register = (
  state: DialogState,
  { code, source }: Attempt,
  {
    demo,
    account: given,
    profile,
    labels,
    consent,
  }: Extract<RegistrationAnswer, { status: 'Valid' }> & Extras,
): readonly DialogEvent[] => {
  const account = withoutBlanks(given);
  const all = joinLabels(account.labels, labels);
  return [
    ...abandonRun(state, 'registered'),
    {
      type: 'TraineeRegistered',
      code,
      demo,
      source,
      account: all.length > 0 ? { ...account, labels: all } : account,
      ...(profile !== undefined && { profile }),
      ...(consent !== undefined && { consent }),
    },
  ];
};

/** Registers by a text's code if it is good; every other text is left to the rules that follow. */
export const registerIfValid = (
  code: string | undefined,
  state: DialogState,
  facts: Facts,
): readonly DialogEvent[] | 'pass' => {
  if (code === undefined) return 'pass';
  const lookup = registrationFact(facts);
  return lookup.status === 'Valid' ? register(state, { code, source: 'text' }, lookup) : 'pass';
};

/** What a code led to that did not register anybody. */
export const refuse = (
  { code, source }: Attempt,
  { status }: Extract<RegistrationAnswer, { status: 'Unknown' | 'Unavailable' }>,
): readonly DialogEvent[] => {
  switch (status) {
    case 'Unknown':
      return [{ type: 'RegistrationRefused', code, source }];
    case 'Unavailable':
      return [{ type: 'RegistrationUnavailable', code, source }];
    default:
      return unreachable(status);
  }
};

/** Whether a code may (again) say whose phone this is. A demo, or a person without an employer, is not settled. */
export const isUnsettled = (state: DialogState): boolean => {
  const { registration } = state.trainee;
  return registration === null || registration.demo || !hasEmployer(state);
};

/** Codes that come as data are given as they are, so only their spelling is evened out. */
export const enrolmentCode = (code: string): string => looksLikeCode(code) ?? code.trim();

/** Registers a phone from elsewhere. It tells who opted out nothing, and who is settled only what is new. */
export const enrol = (
  state: DialogState,
  command: Command<'EnrolTrainee'>,
  facts: Facts,
): readonly DialogEvent[] => {
  if (state.trainee.optedOut) return [];
  const { profile, labels, source, consent, account } = command;
  if (!isUnsettled(state))
    return update(state, profile, {
      ...withoutBlanks(account ?? {}),
      ...newLabels(state, account?.labels, labels),
    });
  const attempt = { code: enrolmentCode(command.code), source };
  const answer = account === undefined ? registrationFact(facts) : vouched(account);
  return answer.status === 'Valid'
    ? register(state, attempt, { ...answer, profile, labels, consent })
    : refuse(attempt, answer);
};

/** Who enrols somebody with an account says of their own knowledge what a lookup would. */
const vouched = (account: Account): RegistrationAnswer => ({ status: 'Valid', demo: false, account });

const newLabels = ({ trainee }: DialogState, ...lists: readonly (readonly string[] | undefined)[]) =>
  lists.every((labels) => labels === undefined)
    ? {}
    : { labels: joinLabels(trainee.account.labels, ...lists) };

/** Merges changes into profile and account; changes that change nothing are no event. */
export const update = (
  { trainee }: DialogState,
  profile: ProfileChanges = {},
  account: AccountChanges = {},
): readonly DialogEvent[] =>
  changesProfile(trainee.profile, profile) || changesAccount(trainee.account, account)
    ? [{ type: 'TraineeUpdated', profile, ...recordedChanges(trainee.account, account) }]
    : [];
