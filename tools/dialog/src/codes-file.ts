import { readFile } from 'node:fs/promises';
import { accountSchema } from '@stopcovid/contracts';
import type { RegistrationAnswer } from '@stopcovid/dialog-core';
import { parse } from 'yaml';
import { z } from 'zod';
import { UsageError } from './exit';

/** What is known of registration codes, by their normal form. */
export type Codes = ReadonlyMap<string, RegistrationAnswer>;

const codesSchema = z.record(
  z.string().min(3).max(32),
  z.strictObject({ demo: z.boolean().default(false), account: accountSchema.strict().default({}) }),
);

/** Codes from a YAML or JSON file: `CODE: { demo: false, account: { employerName: … } }`. */
export const readCodes = async (path: string): Promise<Codes> => {
  const codes = codesSchema.safeParse(parse(await readText(path)));
  if (!codes.success) throw new UsageError(`${path}: ${z.prettifyError(codes.error)}`);
  return new Map(
    Object.entries(codes.data).map(([code, { demo, account }]) => [
      code.toUpperCase(),
      { status: 'Valid', demo, account },
    ]),
  );
};

const readText = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
};

export const codesOption = [
  '--codes <file>',
  'YAML or JSON file of registration codes (default: HYGIENE and, to try out, TRYOUT)',
] as const;

/** The codes that are good where no file was named. */
const sampleCodes: Codes = new Map([
  [
    'HYGIENE',
    { status: 'Valid', demo: false, account: { employerId: 'acme', employerName: 'Acme Kitchens' } },
  ],
  ['TRYOUT', { status: 'Valid', demo: true, account: {} }],
]);

/** The codes of a file, or those of the samples. */
export const codesFrom = (file: string | undefined): Promise<Codes> | Codes =>
  file === undefined ? sampleCodes : readCodes(file);
