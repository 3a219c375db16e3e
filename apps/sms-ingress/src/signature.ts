import { isSignedWith } from '@stopcovid/twilio';
import type { FormParameters } from './webhook-form';

export type SignedRequest = {
  /** Path and query exactly as they arrived. */
  readonly path: string;
  readonly parameters: FormParameters;
  readonly signature: string | undefined;
};

/** Longer than any address that Twilio calls: what is longer is not worth the work of six spellings. */
const longestPath = 2_048;

/**
 * Checks Twilio's signature over the URL that Twilio called: the public address from the settings, since a proxy may
 * change host and scheme, and the path and query as they came. Any one of the tokens will do, so that they can be
 * rotated.
 */
export const signatureCheck = (publicUrl: URL, tokens: readonly string[]) => {
  const base = publicUrl.href.replace(/(?<![/?#])[/?#]*$/, '');
  return ({ path, parameters, signature }: SignedRequest): boolean =>
    signature !== undefined &&
    signature.length <= 64 &&
    path.length <= longestPath &&
    URL.canParse(base + path) &&
    tokens.some((token) => isSignedWith(token, { url: base + path, parameters, signature }));
};
export type SignatureCheck = ReturnType<typeof signatureCheck>;
