import {
  asksToStop,
  type Verdict,
  type gradeReply,
  languageOf,
  reservedAnswer,
  type KeywordIndex,
} from '@stopcovid/dialog-core';
import {
  languageSchema,
  type DrillContent,
  type Language,
  type Prompt,
  type PromptOption,
} from '@stopcovid/contracts';
import type { Finding, Path } from '../problem';

/** More than these nobody reads in a text message; it also bounds the self-check, which tries all against all. */
const mostOptions = 20;

type Spelling = { readonly reply: string; readonly language: Language; readonly path: Path };
type OptionPlace = { readonly option: PromptOption; readonly path: Path };

const languagesOf = (values: Readonly<Record<string, unknown>> | undefined): readonly Language[] =>
  Object.keys(values ?? {}).map((language) => languageSchema.parse(language));

const optionsOf = (prompt: Prompt, path: Path): readonly OptionPlace[] =>
  (prompt.options ?? []).map((option, index) => ({ option, path: [...path, 'options', index] }));

/** The texts of an option, each in its language: what it says, and the other spellings that mean it. */
const wordingsOf = ({ option, path }: OptionPlace): readonly Spelling[] => [
  ...languagesOf(option.text).map((language) => ({
    reply: option.text[language] ?? '',
    language,
    path: [...path, 'text', language],
  })),
  ...languagesOf(option.accept).flatMap((language) =>
    (option.accept?.[language] ?? []).map((reply, index) => ({
      reply,
      language,
      path: [...path, 'accept', language, index],
    })),
  ),
];

/** Every way in which somebody may give an option: its mark, its mark and text, its text, its other spellings. */
const spellingsOf = (place: OptionPlace): readonly Spelling[] =>
  wordingsOf(place).flatMap(({ reply, ...where }) => {
    const id: string = place.option.id;
    const forms = new Set([reply, reply.toUpperCase(), id, id.toUpperCase(), `${id}.`, `${id}) ${reply}`]);
    return [...forms].map((form) => ({ ...where, reply: form }));
  });

type Grade = (...reply: Parameters<typeof gradeReply>) => Verdict;
type Asked = { readonly prompt: Prompt; readonly grade: Grade };

const optionVerdict = (
  { prompt, grade }: Asked,
  option: PromptOption,
  spelling: Spelling,
): readonly Finding[] => {
  const { reply, language, path } = spelling;
  const verdict = grade(prompt, language, reply);
  const means = `'${reply}' is graded ${verdict.verdict} by the rule ${verdict.rule}`;
  const finding = (code: Finding['code'], message: string): Finding[] => [{ code, path, language, message }];
  if (prompt.key === undefined)
    return verdict.option === option.id
      ? []
      : finding(
          'option-misread',
          `'${reply}' is taken for ${verdict.option ?? 'no option'} by the rule ${verdict.rule}`,
        );
  if (option.id === prompt.key)
    return verdict.verdict === 'right' ? [] : finding('right-option-fails', `${means}, but it is the key`);
  return verdict.verdict === 'right'
    ? finding('wrong-option-passes', `${means}, but the key is '${prompt.key}'`)
    : [];
};

/** One finding for each text is enough: the forms of one wording fail together. */
const firstByPath = (findings: readonly Finding[]): readonly Finding[] =>
  [
    ...new Map([...findings].reverse().map((finding) => [finding.path.join('/'), finding])).values(),
  ].reverse();

const selfCheck = (asked: Asked, path: Path): readonly Finding[] => {
  const { prompt, grade } = asked;
  if ((prompt.options ?? []).length > mostOptions)
    return [
      {
        code: 'too-many-options',
        path: [...path, 'options'],
        message: `there are over ${mostOptions} options`,
      },
    ];
  const ofOptions = optionsOf(prompt, path).flatMap((place) =>
    spellingsOf(place).flatMap((spelling) => optionVerdict(asked, place.option, spelling)),
  );
  const ofAnswers = acceptedAnswers(prompt, path).flatMap((spelling): Finding[] => {
    const { verdict, rule } = grade(prompt, spelling.language, spelling.reply);
    const message = `'${spelling.reply}' is graded ${verdict} by the rule ${rule}, but it is an accepted answer`;
    return verdict === 'right'
      ? []
      : [{ code: 'right-option-fails', path: spelling.path, language: spelling.language, message }];
  });
  return firstByPath([...ofOptions, ...ofAnswers]);
};

const acceptedAnswers = (prompt: Prompt, path: Path): readonly Spelling[] =>
  languagesOf(prompt.answers).flatMap((language) =>
    (prompt.answers?.[language] ?? []).map((reply, index) => ({
      reply,
      language,
      path: [...path, 'answers', language, index],
    })),
  );

/** What Twilio takes as consent, whatever a drill asks. START and UNSTOP give it to people who never meant to. */
const carrierOptIn: ReadonlySet<string> = new Set(['start', 'unstop']);

const reservedWord = (keywords: KeywordIndex, { reply, language, path }: Spelling): readonly Finding[] => {
  const word = reply.trim().toLowerCase();
  const meaning = carrierOptIn.has(word) ? 'opt-in' : reservedAnswer(keywords, reply);
  if (meaning !== undefined) {
    const message = `'${reply}' is a word of consent, help or the menu (${meaning}): it never arrives as an answer`;
    return [{ code: 'reserved-word', path, language, message }];
  }
  if (asksToStop(reply)) {
    const message = `'${reply}' asks us to stop texting: it is asked back instead of graded, and said again it is an opt-out`;
    return [{ code: 'reserved-word', path, language, message }];
  }
  if (word !== 'yes') return [];
  const message = `carriers take 'YES' as consent; from a trainee who opted out it subscribes again instead of answering`;
  return [{ code: 'opt-in-word', path, language, message }];
};

const reservedWords = (prompt: Prompt, path: Path, keywords: KeywordIndex): readonly Finding[] => {
  const marks = optionsOf(prompt, path).flatMap(({ option, path: at }) =>
    languagesOf(option.text)
      .slice(0, 1)
      .map((language): Spelling => ({ reply: option.id, language, path: [...at, 'id'] })),
  );
  const texts = [...optionsOf(prompt, path).flatMap(wordingsOf), ...acceptedAnswers(prompt, path), ...marks];
  return texts.flatMap((spelling) => reservedWord(keywords, spelling));
};

const blank = (prompt: Prompt, path: Path): readonly Finding[] =>
  [...optionsOf(prompt, path).flatMap(wordingsOf), ...acceptedAnswers(prompt, path)]
    .filter(({ reply }) => !/[\p{L}\p{N}]/u.test(reply))
    .map((spelling) => ({
      code: 'empty-text',
      path: spelling.path,
      language: spelling.language,
      message: `'${spelling.reply}' has neither letter nor number: nobody could give it`,
    }));

const plain = (text: string): string => text.trim().toLowerCase().normalize('NFC');

const repeatedOptions = (prompt: Prompt, path: Path): readonly Finding[] => {
  const seen = new Set<string>();
  const already = (key: string): boolean => seen.has(key) || !seen.add(key);
  return optionsOf(prompt, path).flatMap(({ option, path: at }) => {
    const ids: Finding[] = already(`id ${plain(option.id)}`)
      ? [{ code: 'duplicate-option', path: [...at, 'id'], message: `there are two options '${option.id}'` }]
      : [];
    const texts = languagesOf(option.text).flatMap((language): Finding[] => {
      const text = option.text[language] ?? '';
      const message = `two options say '${text}'`;
      return already(`${language} ${plain(text)}`)
        ? [{ code: 'duplicate-option', path: [...at, 'text', language], language, message }]
        : [];
    });
    return [...ids, ...texts];
  });
};

const keyFindings = ({ key, answers, options, store }: Prompt, path: Path): readonly Finding[] => {
  const at = [...path, 'key'];
  const ids = (options ?? []).map(({ id }) => id);
  const unknown = ids.length > 0 ? `is not one of the options ${ids.join(', ')}` : 'needs options';
  return [
    ...(key !== undefined && !ids.includes(key)
      ? [{ code: 'key-unknown', path: at, message: `the key '${key}' ${unknown}` } as const]
      : []),
    ...(key !== undefined && answers
      ? [{ code: 'key-and-answers', path: at, message: `give either 'key' or 'answers'` } as const]
      : []),
    ...(options && answers && key === undefined
      ? [
          {
            code: 'key-and-answers',
            path: [...path, 'answers'],
            message: `with options, give 'key'`,
          } as const,
        ]
      : []),
    ...languageValues(options, store, path),
  ];
};

const otherFindings = ({ other, options, key, store }: Prompt, path: Path): readonly Finding[] => {
  if (other === undefined || (options && key === undefined && store?.type === 'text')) return [];
  const message = "'other' takes other answers than the options where one is stored as a text, without a key";
  return [{ code: 'other-answers', path: [...path, 'other'], message }];
};

const languageValues = (options: Prompt['options'], store: Prompt['store'], path: Path): readonly Finding[] =>
  store?.field !== 'language'
    ? []
    : (options ?? []).flatMap(({ value, text }, index): Finding[] => {
        const said = value ?? Object.values(text)[0] ?? '';
        const message = `'${said}' is not a language that we know: set 'value' to its two letters`;
        return languageOf(said)
          ? []
          : [{ code: 'language-value', path: [...path, 'options', index], message }];
      });

const hiddenOptions = (prompt: Prompt, path: Path): readonly Finding[] => {
  const shown = prompt.messages.some(({ text }) =>
    Object.values(text ?? {}).some((said) => said.includes('options}}') || said.includes('options }}')),
  );
  return prompt.options && !shown
    ? [
        {
          code: 'options-not-shown',
          path: [...path, 'options'],
          message: 'no message of this prompt has {{options}}',
        },
      ]
    : [];
};

/** What answers are tried on: the words that are heard before them, and the grader. */
export type Judges = { readonly keywords: KeywordIndex; readonly grade: Grade };

/** Whether the real grader gives every answer the verdict that the author meant, and lets each arrive. */
export const checkAnswers = (content: DrillContent, { keywords, grade }: Judges): readonly Finding[] =>
  content.prompts.flatMap((prompt, index) => {
    const path: Path = ['prompts', index];
    const structure = [
      ...keyFindings(prompt, path),
      ...otherFindings(prompt, path),
      ...repeatedOptions(prompt, path),
      ...blank(prompt, path),
    ];
    // What is contradictory in itself cannot be graded: that would only repeat the same fault in other words.
    const graded = structure.length > 0 ? [] : selfCheck({ prompt, grade }, path);
    return [
      ...structure,
      ...graded,
      ...reservedWords(prompt, path, keywords),
      ...hiddenOptions(prompt, path),
    ];
  });
