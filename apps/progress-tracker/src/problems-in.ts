import type { z } from 'zod';

/** What is wrong with what was given, each with the field that is meant. */
export const problemsIn = ({ issues }: z.ZodError): readonly string[] =>
  issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '));
