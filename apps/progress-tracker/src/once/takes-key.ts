import { applyDecorators, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ApiHeader, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import { invalid, type Problem } from '../problems/problem';

const name = 'Idempotency-Key';
const declaration = Symbol('takes an idempotency key');

/** How a route takes a key: it may have to be there. */
type Taking = { readonly required: boolean };

/** Declares a route that takes an Idempotency-Key: under the same one it is carried out once. */
export const TakesKey = ({ required }: Taking = { required: false }): MethodDecorator =>
  applyDecorators(
    SetMetadata(declaration, { required } satisfies Taking),
    ApiHeader({
      name,
      required,
      description:
        'Of your choice, new for each thing that you ask for, with or without quotes. For 24 hours the same key and body have the same answer and are carried out once; while the first is being carried out a second one is a 409',
    }),
    ApiUnprocessableEntityResponse({ description: 'The key stood for something else before' }),
  );

/** How a handler takes a key; undefined where it takes none. */
export const takingOf = (context: ExecutionContext): Taking | undefined =>
  Reflect.getMetadata(declaration, context.getHandler()) as Taking | undefined;

const refused = (detail: string): Problem => invalid([{ detail, header: name }]);

/** Of a request without a key, where there must be one. */
export const keyMissing = (): Problem =>
  refused(`${name} must be there: a key of your choice, new for each thing that you ask for`);

/** The key of a request. Throws 400 for what can be none. */
export const keyIn = (headers: Readonly<Record<string, string | undefined>>): string | undefined => {
  const header = headers[name.toLowerCase()];
  if (header === undefined) return undefined;
  /* The draft writes the key as a quoted string; who leaves the quotes out means the same. */
  const [, quoted, plain] =
    /^(?:"([\x21\x23-\x7e]{1,255})"|([\x21\x23-\x7e]{1,255}))$/.exec(header.trim()) ?? [];
  const key = quoted ?? plain;
  if (key === undefined) throw refused(`${name} must be 1 to 255 visible characters without blanks`);
  return key;
};
