import type { DrillContent } from '@stopcovid/contracts';
import { compileKeywords, defaultKeywords, gradeReply } from '@stopcovid/dialog-core';
import { checkAnswers } from './checks/answers';
import { checkFields, checkLanguages } from './checks/fields';
import { checkInvisible } from './checks/invisible';
import { checkMedia } from './checks/media';
import { checkOrder } from './checks/order';
import { checkRatings } from './checks/ratings';
import { checkSchedule } from './checks/schedule';
import { checkTexts } from './checks/texts';
import type { DrillReading } from './drill-file';
import { checkPassMark } from './pass-mark';
import type { Finding } from './problem';

/** What lint may know beside the files' texts. */
export type LintOptions = {
  /** Files below `assets`, relative to it. Without them, pictures are not looked for. */
  readonly assets?: ReadonlySet<string>;
};

const judges = { keywords: compileKeywords(defaultKeywords), grade: gradeReply };

/** What can be said of each prompt by itself. */
const checkPrompts = (content: DrillContent, { assets }: LintOptions): readonly Finding[] => [
  ...checkTexts(content),
  ...checkInvisible(content),
  ...checkAnswers(content, judges),
  ...checkFields(content),
  ...checkMedia(content, assets),
];

const inFile = (finding: Finding, indexes: readonly number[]): Finding => {
  const [root, index, ...rest] = finding.path;
  return root === 'prompts' && typeof index === 'number'
    ? { ...finding, path: [root, indexes[index] ?? index, ...rest] }
    : finding;
};

/** All that is to be said of a drill, or of those of its prompts that could be read. */
export const checkDrill = ({ content, others }: DrillReading, options: LintOptions): readonly Finding[] => {
  if (content)
    return [
      ...checkLanguages(content),
      ...checkOrder(content),
      ...checkSchedule(content),
      ...checkPassMark(content),
      ...checkRatings(content),
      ...checkPrompts(content, options),
    ];
  return others
    ? checkPrompts(others.content, options).map((finding) => inFile(finding, others.indexes))
    : [];
};
