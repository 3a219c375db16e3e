import { IsOptional, Matches, MaxLength, validateSync } from 'class-validator';

/** The parameters of a form as they came: flat, untrimmed, unknown ones included. A repeated name has a list. */
export type FormParameters = Readonly<Record<string, string | readonly string[]>>;

/** Reads a form's bytes. Any bytes give something: what is not UTF-8 becomes U+FFFD. */
export const parseForm = (body: Buffer): FormParameters => {
  const parameters = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) {
    const known = parameters[name];
    parameters[name] = known === undefined ? value : [known, value].flat();
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
  { readonly ok: true; readonly form: T } | { readonly ok: false; readonly reason: string };

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
