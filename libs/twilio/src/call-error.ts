/** The call did not come through. `reached`: whether the other side may have got it. */
export class CarrierUnreachable extends Error {
  override readonly name = 'CarrierUnreachable';

  constructor(
    readonly reached: boolean,
    readonly code: string,
  ) {
    super(`the carrier cannot be reached: ${code}`);
  }
}

/** The carrier asks for patience (429), in milliseconds where it says how much. Nothing was processed. */
export class CarrierBusy extends Error {
  override readonly name = 'CarrierBusy';
  readonly status = 429;

  constructor(
    readonly retryAfterMs: number | undefined,
    /** Twilio's own, where it gave one. */
    readonly code?: number,
  ) {
    super('the carrier asks for patience');
  }
}

/** An answer of success that is not Twilio's. */
export class NotTwiliosAnswer extends Error {
  override readonly name = 'NotTwiliosAnswer';
}

/** What Twilio said when it refused a call: the HTTP status, and its own code where it gave one. */
export type Refusal = { readonly status: number; readonly code?: string; readonly message: string };

const fieldOf = (error: unknown, name: 'status' | 'code' | 'message'): unknown =>
  typeof error === 'object' && error !== null && name in error
    ? (error as Record<string, unknown>)[name]
    : undefined;

/** The refusal in an error of the twilio package's; undefined where the error is something else. */
export const refusalIn = (error: unknown): Refusal | undefined => {
  const status = Number(fieldOf(error, 'status') ?? Number.NaN);
  if (!(status >= 300)) return undefined;
  const code = fieldOf(error, 'code');
  return {
    status,
    ...(code === undefined || code === null ? {} : { code: String(code) }),
    message: String(fieldOf(error, 'message') ?? 'refused'),
  };
};
