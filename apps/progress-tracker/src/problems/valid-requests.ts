import { ValidationPipe, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { invalid, pointerTo, type RequestError } from './problem';

/** Requests say what they mean or are refused: a misspelt field is an error, not silence. */
const rules = {
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
};

type Named = (path: readonly string[]) => Omit<RequestError, 'detail'>;

const places: Readonly<Record<'body' | 'parameter', Named>> = {
  body: (path) => ({ pointer: pointerTo(path) }),
  parameter: (path) => ({ parameter: path.join('.') }),
};

const errorsIn = (
  found: readonly ValidationError[],
  named: Named,
  above: readonly string[] = [],
): readonly RequestError[] =>
  found.flatMap(({ property, constraints = {}, children = [] }) => {
    const path = [...above, property];
    const own = Object.values(constraints).map((detail) => ({ detail, ...named(path) }));
    return [...own, ...errorsIn(children, named, path)];
  });

const pipeOf = (named: Named): ValidationPipe =>
  new ValidationPipe({ ...rules, exceptionFactory: (found) => invalid(errorsIn(found, named)) });

/** Lets no request through that is not as its class says, and names each field that is wrong where it stands. */
export class ValidRequests implements PipeTransform {
  readonly #body = pipeOf(places.body);
  readonly #parameters = pipeOf(places.parameter);

  transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const pipe = metadata.type === 'body' ? this.#body : this.#parameters;
    return pipe.transform(value, metadata);
  }
}

/** What a query of a class says, given in a body under these names. Throws 400, naming each field that is wrong. */
export const validQuery = async <Query extends object>(
  type: Type<Query>,
  query: Readonly<Record<string, string>>,
  above: readonly string[],
): Promise<Query> => {
  const pipe = pipeOf((path) => places.body([...above, ...path]));
  return (await pipe.transform(query, { type: 'body', metatype: type })) as Query;
};
