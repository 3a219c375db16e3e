import type { DrillContent } from '@stopcovid/contracts';
import type { DrillReading } from './drill-file';
import type { Finding, Problem } from './problem';
import { problemCodes } from './problem-codes';
import { positionOf } from './reader';
import type { SourceProblem } from './source';

/** What a file held, as far as it goes, and all that is wrong with it. */
export type Read<T> = { readonly value?: T; readonly problems: readonly Problem[] };

/** What keeps a file from being read at all. */
export const fromSource = (file: string, { code, at, message }: SourceProblem): Problem => ({
  severity: problemCodes[code].severity,
  file,
  ...at,
  code,
  message,
});

const promptAt = (content: DrillContent | undefined, [root, index]: Finding['path']): string | undefined =>
  root === 'prompts' && typeof index === 'number'
    ? (content?.prompts[index]?.slug ?? `#${index + 1}`)
    : undefined;

/** A finding, at its place in the file. */
export const located = (
  file: string,
  reading: Pick<DrillReading, 'spots' | 'content'>,
  finding: Finding,
): Problem => {
  const prompt = promptAt(reading.content, finding.path);
  return {
    severity: finding.severity ?? problemCodes[finding.code].severity,
    file,
    ...positionOf(reading.spots, finding.path),
    ...(prompt !== undefined && { prompt }),
    ...(finding.language !== undefined && { language: finding.language }),
    code: finding.code,
    message: finding.message,
  };
};
