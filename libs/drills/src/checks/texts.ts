import { languageSchema, type DrillContent, type Language, type Prompt } from '@stopcovid/contracts';
import { placeholdersOf, segmentsOf, templateVariables } from '@stopcovid/sms-copy';
import type { Finding, Path } from '../problem';
import { suggestion } from '../reader';
import { renderedText } from '../rendered-text';
import { nameOfInvisible } from './invisible';

/** The most characters that a carrier takes in one text. */
const longest = 1_600;

/** A text in a file, wherever it stands. */
export type Written = { readonly text: string; readonly language: Language; readonly path: Path };

type Text = Written & { readonly prompt: Prompt };

const textsOf = (content: DrillContent): readonly Text[] =>
  content.prompts.flatMap((prompt, p) =>
    prompt.messages.flatMap((message, m) =>
      Object.entries(message.text ?? {}).map(([language, text]) => ({
        text,
        language: languageSchema.parse(language),
        path: ['prompts', p, 'messages', m, 'text', language],
        prompt,
      })),
    ),
  );

const quoted = (text: string): string => `'${text.slice(0, 40)}'`;

/** The placeholders of a text that are none of the variables that it may ask for. */
export const unknownPlaceholders = (
  { text, path, language }: Written,
  variables: readonly string[],
): readonly Finding[] =>
  placeholdersOf(text)
    .filter((name) => !variables.includes(name))
    .map((name) =>
      /^\w*$/.test(name)
        ? {
            code: 'placeholder-unknown',
            path,
            language,
            message: `{{${name}}} is never filled in${suggestion(name, variables)}; there are ${variables.join(', ') || 'none here'}`,
          }
        : malformed({ path, language }, `{{${name}}}`),
    );

const malformed = (place: Pick<Finding, 'path' | 'language'>, found: string): Finding => ({
  ...place,
  code: 'placeholder-malformed',
  message: `${quoted(found)} is not a placeholder: write {{name}}, or no braces at all`,
});

/** What looks like a template of some other kind, or like one that was cut short, once the good ones are taken out. */
export const strayBraces = ({ text, path, language }: Written): readonly Finding[] => {
  const rest = text.replace(/\{\{[^{}]*\}\}/g, '');
  const stray = /[{}]|%%|\$\{|<%|%>/.exec(rest);
  return stray ? [malformed({ path, language }, rest.slice(stray.index, stray.index + 20))] : [];
};

const length = ({ text, prompt, language, path }: Text): readonly Finding[] => {
  const { length: characters } = renderedText(text, prompt, language);
  const message = `the text has ${characters} characters, of which a carrier takes ${longest}`;
  return characters > longest ? [{ code: 'text-too-long', path, language, message }] : [];
};

const empty = ({ text, language, path }: Text): readonly Finding[] =>
  text.trim() === '' ? [{ code: 'empty-text', path, language, message: 'the text is empty' }] : [];

/** Letters that a language is written with, although GSM-7 lacks them: they cost, but nobody is surprised. */
const ownLetters: Readonly<Record<string, RegExp>> = { en: /$^/u };
const anyLetter = /[\p{L}\p{M}]/u;

const replacements: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201c': '"',
  '\u201d': '"',
  '«': '"',
  '»': '"',
  '\u2013': '-',
  '\u2014': '-',
  '\u2026': '...',
  '\u2022': '-',
  '\u00a0': 'a plain space',
  '\u202f': 'a plain space',
  '\u200b': 'nothing',
  '`': "'",
  '\t': 'spaces',
};

/** More kinds of them than this are not an oversight: the text is in another script, or means its pictures. */
const fewKinds = 3;

const named = (character: string): string => {
  const name = nameOfInvisible(character);
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const instead = replacements[character];
  return `${name ?? `'${character}'`} (${code})${instead === undefined ? '' : `, for which ${instead} would do`}`;
};

/** Says of a text, as it is sent, that a few characters make it cost more. */
export const surprise = ({ text: whole, language, path }: Written): readonly Finding[] => {
  const counted = segmentsOf(whole);
  const kinds = [...new Set(counted.costly.map(({ character }) => character))];
  const own = ownLetters[language] ?? anyLetter;
  if (kinds.length === 0 || kinds.length > fewKinds || kinds.some((character) => own.test(character)))
    return [];
  const without = segmentsOf([...whole].filter((character) => !kinds.includes(character)).join(''));
  const cost = `${counted.segments} segments instead of ${without.segments}`;
  const message = `${kinds.map(named).join('; ')}: the only characters outside GSM-7, ${cost}`;
  return [{ code: 'ucs2-surprise', path, language, message }];
};

const emptyMessages = (content: DrillContent): readonly Finding[] =>
  content.prompts.flatMap((prompt, p) =>
    prompt.messages.flatMap((message, m): Finding[] =>
      message.text || message.media
        ? []
        : [
            {
              code: 'empty-text',
              path: ['prompts', p, 'messages', m],
              message: 'the message has neither text nor media',
            },
          ],
    ),
  );

const optionPlaceholders = (content: DrillContent): readonly Finding[] =>
  content.prompts.flatMap((prompt, p) =>
    (prompt.options ?? []).flatMap((option, o) =>
      Object.entries(option.text)
        .filter(([, text]) => /[{}]/.test(text))
        .map(([language, text]) => malformed({ path: ['prompts', p, 'options', o, 'text', language] }, text)),
    ),
  );

/** Whether every text can be sent as it is meant: filled in, short enough, and without characters that cost by accident. */
export const checkTexts = (content: DrillContent): readonly Finding[] => [
  ...emptyMessages(content),
  ...optionPlaceholders(content),
  ...textsOf(content).flatMap((text) => [
    ...empty(text),
    ...unknownPlaceholders(text, templateVariables),
    ...strayBraces(text),
    ...length(text),
    ...surprise({ ...text, text: renderedText(text.text, text.prompt, text.language) }),
  ]),
];
