/** Why a text of ours failed that the carrier never refused. `alarm`: somebody must look, and by which name. */
type FailureRow = { readonly message: string; readonly alarm?: 'loop' | 'text-not-sent' };

const row = (message: string, alarm?: FailureRow['alarm']): FailureRow => ({
  message,
  ...(alarm === undefined ? {} : { alarm }),
});

/** Our own codes, each once. `docs/errors.md` has the same ones; a number beside them is the carrier's. */
export const ownFailures = {
  OUTBOX_FULL: row('too many texts pending'),
  STALE: row('too old to be of use'),
  EXPIRED: row('the hours in which it was to reach the phone are over'),
  ERASED: row('whom it was for was erased'),
  LOOP: row('the same text went to this phone too often lately', 'loop'),
  UNDECIDED: row('the carrier may have it', 'text-not-sent'),
} as const;

export type OwnCode = keyof typeof ownFailures;

export const isOwnCode = (code: string): code is OwnCode => Object.hasOwn(ownFailures, code);

/** What a failed text says of itself. */
export const failureOf = (code: OwnCode, detail?: string): { code: OwnCode; message: string } => {
  const { message } = ownFailures[code];
  return { code, message: detail === undefined ? message : `${message}: ${detail}` };
};
