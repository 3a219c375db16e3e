import type { DecodeError } from '@stopcovid/contracts';

/** `alarm`: somebody must look, and by which name. */
type FailureRow = { readonly then: 'put aside' | 'waits' | 'comes again'; readonly alarm?: string };

/** Why a command is not decided now, each once, and what becomes of it. `docs/errors.md` has the same ones. */
const ownFailures = {
  DRILL_UNKNOWN: { then: 'put aside' },
  REVISION_UNKNOWN: { then: 'put aside' },
  DRILL_CONTENT_INVALID: { then: 'put aside' },
  DECISION_FAILED: { then: 'put aside' },
  STATE_UNREADABLE: { then: 'waits', alarm: 'dialog-unreadable' },
  REVISION_UNREADABLE: { then: 'waits', alarm: 'revision-unreadable' },
  HELD_UNREADABLE: { then: 'waits', alarm: 'held-command-unreadable' },
  BEHIND_HELD: { then: 'waits' },
  NOT_DECIDED: { then: 'comes again' },
} as const satisfies Readonly<Record<string, FailureRow>>;

type Own = typeof ownFailures;
type CodeThat<Then> = { [Code in keyof Own]: Own[Code]['then'] extends Then ? Code : never }[keyof Own];

/** Of a command that can never be decided. */
export type AsideCode = CodeThat<'put aside'>;
/** Of a command that is held; a record of a later release is held under the code of the reader. */
export type WaitCode = CodeThat<'waits'> | DecodeError['code'];
/** Of a command that was read and that somebody else decides now. */
export const notDecided: CodeThat<'comes again'> = 'NOT_DECIDED';

const rows: Readonly<Record<string, FailureRow>> = ownFailures;

/** By which name somebody is told that a command waits. */
export const alarmOf = (code: WaitCode): string => rows[code]?.alarm ?? 'command-from-the-future';
