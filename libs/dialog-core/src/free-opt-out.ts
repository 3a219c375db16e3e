import { spoken } from './languages/spoken';

const all = Object.values(spoken);
const apart = all.filter(({ isWrittenWithoutSpaces }) => isWrittenWithoutSpaces !== true);
const joined = all.filter(({ isWrittenWithoutSpaces }) => isWrittenWithoutSpaces === true);

const courtesy = `(?:${all.flatMap(({ stopping }) => stopping.courtesy).join('|')})`;
const stopping = `(?:${all.flatMap((language) => language.stopping.words).join('|')})`;
const sentencesOf = (languages: typeof all): string =>
  languages.flatMap((language) => language.stopping.sentences).join('|');

/** Nothing but a word of stopping and courtesy. Two words at least, since one alone is a keyword or an answer. */
const bare = `^(?=\\S+ )(?:${courtesy} )*${stopping}(?: ${courtesy})*$`;
const wordByWord = new RegExp(`${bare}|(?<= |^)(?:${sentencesOf(apart)})`);
const anywhere = new RegExp(joined.length > 0 ? sentencesOf(joined) : '(?!)');

/** Does this text, which is no keyword, plainly ask us to stop? `plain` is as `plainText` makes it. */
export const asksToStop = (plain: string): boolean => wordByWord.test(plain) || anywhere.test(plain);

const yes: ReadonlySet<string> = new Set(all.flatMap((language) => language.yes));

/** The answer that confirms it. */
export const saysYes = (plain: string): boolean => yes.has(plain);
