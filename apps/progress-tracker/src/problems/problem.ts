import { HttpException } from '@nestjs/common';
import { catalogue, type ProblemKind } from './catalogue';

/** One thing that is wrong: where, and what would be right. `pointer` is a JSON pointer into the body. */
export type RequestError = {
  readonly detail: string;
  readonly parameter?: string;
  readonly header?: string;
  readonly pointer?: string;
};

/** What a kind of problem says beside the members that all have. */
export type ProblemMembers = { readonly errors?: readonly RequestError[] } & Readonly<
  Record<string, unknown>
>;

/** An answer from the catalogue: throw it, and `AnswerProblems` writes it. */
export class Problem extends HttpException {
  constructor(
    readonly kind: ProblemKind,
    readonly detail: string,
    readonly members: ProblemMembers = {},
  ) {
    super(detail, catalogue[kind].status);
  }
}

const detailed = 3;

/** All that is wrong with a request, in its errors; the first of them in words. */
export const invalid = (errors: readonly RequestError[]): Problem => {
  const first = errors.slice(0, detailed).map(({ detail }) => detail);
  const more = errors.length > detailed ? [`and ${errors.length - detailed} more`] : [];
  return new Problem('invalid-request', [...first, ...more].join('; '), { errors });
};

/** A parameter of the address that is wrong. */
export const invalidParameter = (parameter: string, detail: string): Problem =>
  invalid([{ detail, parameter }]);

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** Where in the body a field is, as a JSON pointer in the fragment of an address (RFC 6901, 6). */
export const pointerTo = (path: readonly string[]): string =>
  `#${path.map((name) => `/${encodeURI(escaped(name))}`).join('')}`;

const errorIn = (problem: string, parameters: readonly string[]): RequestError => {
  const [, path, detail] = /^([\w-]+(?:\.[\w-]+)*): (.+)$/s.exec(problem) ?? [];
  if (path === undefined || detail === undefined) return { detail: problem };
  if (parameters.includes(path)) return { detail, parameter: path };
  return { detail: problem, pointer: pointerTo(path.split('.')) };
};

/** What `problemsIn` a body says, as an answer. `parameters` are those of the address that stand among its fields. */
export const invalidBody = (problems: readonly string[], parameters: readonly string[] = []): Problem =>
  invalid(problems.map((problem) => errorIn(problem, parameters)));
