import { isFinal, isGraded } from '@stopcovid/dialog-core';
import type { DrillContent, NextTarget, Prompt } from '@stopcovid/contracts';
import type { Finding, Path } from '../problem';
import { suggestion } from '../reader';

type Jump = { readonly target: NextTarget; readonly path: Path };

const jumpsOf = (prompt: Prompt, path: Path): readonly Jump[] => {
  const { next } = prompt;
  if (next === undefined) return [];
  if (typeof next === 'string') return [{ target: next, path }];
  const { options, ...outcomes } = next;
  const jump = (name: string, target: NextTarget | undefined, ...above: string[]): Jump[] =>
    target === undefined ? [] : [{ target, path: [...path, ...above, name] }];
  return [
    ...Object.entries(outcomes).flatMap(([name, target]) => jump(name, target)),
    ...Object.entries(options ?? {}).flatMap(([name, target]) => jump(name, target, 'options')),
  ];
};

const outcomesOf = (prompt: Prompt): readonly ('right' | 'wrong' | 'answered')[] =>
  isGraded(prompt) ? ['right', 'wrong'] : ['answered'];

/** Whether some reply leads to the prompt that follows in the file. */
const fallsThrough = ({ next }: Prompt, outcomes: readonly ('right' | 'wrong' | 'answered')[]): boolean =>
  next === undefined || (typeof next === 'object' && outcomes.some((outcome) => next[outcome] === undefined));

const outcomeFindings = (prompt: Prompt, path: Path): readonly Finding[] => {
  const { next } = prompt;
  if (next === undefined || typeof next === 'string') return [];
  const possible = outcomesOf(prompt);
  const kind = possible.includes('right') ? 'is graded: use right and wrong' : 'is not graded: use answered';
  const impossible = (['right', 'wrong', 'answered'] as const).filter(
    (outcome) => next[outcome] !== undefined && !possible.includes(outcome),
  );
  const ids = (prompt.options ?? []).map(({ id }) => id);
  const strangers = Object.keys(next.options ?? {}).filter((id) => !ids.some((known) => known === id));
  return [
    ...impossible.map((outcome): Finding => ({
      code: 'next-outcome',
      path: [...path, outcome],
      message: `'${outcome}' cannot happen: the prompt ${kind}`,
    })),
    ...strangers.map((id): Finding => ({
      code: 'next-unknown',
      path: [...path, 'options', id],
      message: `'${id}' is not an option of this prompt`,
    })),
  ];
};

const jumpFinding = (content: DrillContent, from: number, { target, path }: Jump): readonly Finding[] => {
  if (target === 'end') return [];
  const slugs = content.prompts.map(({ slug }) => slug);
  const to = slugs.findIndex((slug) => slug === target);
  const unknown = `there is no prompt '${target}'${suggestion(target, slugs)}`;
  if (to < 0) return [{ code: 'next-unknown', path, message: unknown }];
  const backwards = `'${target}' is not after this prompt: the drill might never end`;
  return to <= from ? [{ code: 'next-backwards', path, message: backwards }] : [];
};

const reachable = (content: DrillContent): ReadonlySet<string> => {
  const reached = new Set<string>(content.prompts.slice(0, 1).map(({ slug }) => slug));
  for (const [index, prompt] of content.prompts.entries()) {
    if (!reached.has(prompt.slug)) continue;
    for (const { target } of jumpsOf(prompt, [])) reached.add(target);
    const following = content.prompts[index + 1];
    if (following && fallsThrough(prompt, outcomesOf(prompt))) reached.add(following.slug);
  }
  return reached;
};

const repeated = (content: DrillContent): readonly Finding[] =>
  content.prompts.flatMap(({ slug }, index): Finding[] =>
    content.prompts.findIndex((prompt) => prompt.slug === slug) === index
      ? []
      : [
          {
            code: 'duplicate-prompt',
            path: ['prompts', index, 'slug'],
            message: `'${slug}' is already the name of a prompt`,
          },
        ],
  );

const unreachable = (content: DrillContent): readonly Finding[] => {
  const reached = reachable(content);
  return content.prompts.flatMap(({ slug }, index): Finding[] =>
    reached.has(slug)
      ? []
      : [{ code: 'prompt-unreachable', path: ['prompts', index], message: `no reply leads to '${slug}'` }],
  );
};

/** A last prompt is sent as the drill ends. Only in a drill of one prompt is its reply awaited. */
const askingLast = (content: DrillContent): readonly Finding[] =>
  content.prompts.flatMap((prompt, index): Finding[] => {
    const asks = isGraded(prompt) || prompt.store !== undefined;
    if (content.prompts.length === 1 || !asks || !isFinal(content, prompt)) return [];
    const message = `nothing follows '${prompt.slug}', so its ${prompt.store ? 'reply is not stored' : 'reply is not graded'}`;
    return [
      { code: 'last-prompt-asks', path: ['prompts', index], message: `${message}: add a closing prompt` },
    ];
  });

/** A drill that ends quietly has no words but its last prompt's, so no reply may end it without one. */
const unanswered = (content: DrillContent): readonly Finding[] => {
  if (content.ending !== 'quiet') return [];
  const message = `a reply ends this drill, which is quiet then: nothing would be said to it`;
  const alone: readonly Path[] = content.prompts.length === 1 ? [['prompts', 0]] : [];
  const jumps = content.prompts.flatMap((prompt, index) =>
    isFinal(content, prompt)
      ? []
      : jumpsOf(prompt, ['prompts', index, 'next']).filter(({ target }) => target === 'end'),
  );
  return [...alone, ...jumps.map(({ path }) => path)].map((path) => ({ code: 'quiet-end', path, message }));
};

/** Whether the prompts follow each other so that every one can come and every run ends. */
export const checkOrder = (content: DrillContent): readonly Finding[] => [
  ...repeated(content),
  ...content.prompts.flatMap((prompt, index) => {
    const path: Path = ['prompts', index, 'next'];
    return [
      ...outcomeFindings(prompt, path),
      ...jumpsOf(prompt, path).flatMap((jump) => jumpFinding(content, index, jump)),
    ];
  }),
  ...unreachable(content),
  ...askingLast(content),
  ...unanswered(content),
];
