import { IsOptional, Matches, MaxLength, validateSync } from 'class-validator';

/** The parameters of a form as they came: flat, untrimmed, unknown ones included. A repeated name has a list. */
export type FormParameters = Readonly<Record<string, string | readonly string[]>>;

/** Far more than Twilio sends: a text with ten pictures has under sixty. */
export const mostFields = 1_000;

const ampersand = '&'.charCodeAt(0);

const hasTooManyFields = (body: Buffer): boolean => {
  let fields = 1;
  for (const byte of body) if (byte === ampersand && (fields += 1) > mostFields) return true;
  return false;
};

/**
 * Reads a form's bytes, in time that grows with their number alone: it runs before the signature is checked. What is
 * not UTF-8 becomes U+FFFD. Undefined for a form of more than `mostFields`.
 */
export const parseForm = (body: Buffer): FormParameters | undefined => {
  if (hasTooManyFields(body)) return undefined;
  const parameters = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) {
    const known = parameters[name];
    if (known === undefined) parameters[name] = value;
    else if (typeof known === 'string') parameters[name] = [known, value];
    else known.push(value);
  }
  return parameters;
};

const mostMedia = 10;

/** A text that came in, as Twilio's form gives it: what a text must have. `MaxLength` takes strings alone. */
export class InboundForm {
  @Matches(/^[A-Za-z0-9]{1,64}$/)
  readonly MessageSid!: string;

  @MaxLength(64)
  readonly From!: string;

  @MaxLength(64)
  readonly To!: string;

  @IsOptional()
  @MaxLength(6_400)
  readonly Body?: string;

  @IsOptional()
  @Matches(/^\d{1,2}$/)
  readonly NumMedia?: string;
}

/** What became of a text that went out. */
export class StatusForm {
  @Matches(/^[A-Za-z0-9]{1,64}$/)
  readonly MessageSid!: string;

  @MaxLength(64)
  readonly To!: string;

  @MaxLength(64)
  readonly MessageStatus!: string;

  @IsOptional()
  @Matches(/^\d{0,6}$/)
  readonly ErrorCode?: string;
}

type FormClass<T extends object> = new () => T;
export type CheckedForm<T> =
  | { readonly ok: true; readonly form: T }
  | { readonly ok: false; readonly reason: string };

/** Takes the class's own fields out of the parameters and checks them. The reason names fields, never values. */
export const checkForm = <T extends object>(
  type: FormClass<T>,
  fields: readonly (keyof T & string)[],
  parameters: FormParameters,
): CheckedForm<T> => {
  const form = new type();
  for (const field of fields) Reflect.set(form, field, parameters[field]);
  const errors = validateSync(form, { forbidUnknownValues: false });
  if (errors.length === 0) return { ok: true, form };
  return {
    ok: false,
    reason: `not a webhook of Twilio's: ${errors.map(({ property }) => property).join(', ')}`,
  };
};

/** The links to what was attached, at most ten. Nobody fetches them. */
export const mediaUrlsOf = (parameters: FormParameters, count: number): readonly string[] =>
  Array.from({ length: Math.min(count, mostMedia) }, (_, index) => parameters[`MediaUrl${index}`]).filter(
    (url): url is string => typeof url === 'string' && url.length <= 2_048,
  );
