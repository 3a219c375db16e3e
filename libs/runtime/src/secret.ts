import { inspect } from 'node:util';

const masked = '***';

/** A value that must not be read by accident: it prints as `***` wherever it is logged, joined or serialised. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself; call it where the value is used and keep the result nowhere. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return masked;
  }

  toJSON(): string {
    return masked;
  }

  [inspect.custom](): string {
    return masked;
  }
}
