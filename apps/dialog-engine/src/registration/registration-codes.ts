import type { Account } from '@stopcovid/contracts';
import type { Stored } from '@stopcovid/mongo';
import { looksLikeCode, type RegistrationAnswer } from '@stopcovid/dialog-core';

/** A code of our own. A disabled one registers nobody any more; who registered by it stays registered. */
export type RegistrationCode = {
  /** In the normal form that `looksLikeCode` gives. */
  readonly code: string;
  /** People of a demo code may register again with another one at any time. */
  readonly demo: boolean;
  readonly account: Account;
  readonly createdAt: Date;
  readonly disabledAt?: Date;
};

/** The codes that can be read, and of the others why not. */
export type ListedCodes = {
  readonly codes: readonly RegistrationCode[];
  readonly unreadable: readonly { readonly code: string; readonly reason: string }[];
};

/** Where our own codes are kept. All methods throw when the store cannot be reached. */
export interface RegistrationCodes {
  /** Unreadable: somebody else's hand was in it, or a later release wrote it. */
  find(code: string): Promise<Stored<RegistrationCode> | undefined>;
  /** False when the code is there already; it stays as it is. */
  add(code: RegistrationCode): Promise<boolean>;
  /** All of them, by code. */
  list(): Promise<ListedCodes>;
  /** False when there is no such code. */
  disable(code: string, at: Date): Promise<boolean>;
}

/** What adding or disabling a code came to. */
export type CodeChange = 'done' | 'notACode' | 'alreadyThere' | 'unknown';

/** What an operator says of a new code. */
export type NewCode = { readonly code: string; readonly demo: boolean; readonly account: Account };

/** Adds a code under its normal form. A text that no trainee could send as a code is refused. */
export const addCode = async (
  codes: RegistrationCodes,
  { code, ...rest }: NewCode,
  now: Date,
): Promise<CodeChange> => {
  const normalised = looksLikeCode(code);
  if (normalised === undefined) return 'notACode';
  return (await codes.add({ code: normalised, ...rest, createdAt: now })) ? 'done' : 'alreadyThere';
};

/** All codes, disabled ones too. */
export const listCodes = (codes: RegistrationCodes): Promise<ListedCodes> => codes.list();

/** Ends a code. Nothing is forgotten, so that the record still says whose it was. */
export const disableCode = async (codes: RegistrationCodes, code: string, now: Date): Promise<CodeChange> => {
  const normalised = looksLikeCode(code);
  if (normalised === undefined) return 'notACode';
  return (await codes.disable(normalised, now)) ? 'done' : 'unknown';
};

/**
 * Looks codes up among our own, freshly each time: a disabled code is refused from the next text on.
 * Who sends one that cannot be read is told to try again.
 */
export const builtInRegistration = (
  codes: Pick<RegistrationCodes, 'find'>,
  onUnreadable: (reason: string) => void = () => undefined,
): { lookup(code: string): Promise<RegistrationAnswer> } => ({
  async lookup(code) {
    const found = await codes.find(code);
    if (found?.kind === 'unreadable') {
      onUnreadable(found.reason);
      return { status: 'Unavailable' };
    }
    if (found === undefined || found.value.disabledAt !== undefined) return { status: 'Unknown' };
    return { status: 'Valid', demo: found.value.demo, account: found.value.account };
  },
});

/** Codes that nothing outlives: for the playground and for tests. */
export const inMemoryRegistrationCodes = (initial: readonly RegistrationCode[] = []): RegistrationCodes => {
  const kept = new Map(initial.map((code) => [code.code, code]));
  return {
    async find(code) {
      const value = kept.get(code);
      return value && { kind: 'readable', value };
    },
    async add(code) {
      if (kept.has(code.code)) return false;
      kept.set(code.code, code);
      return true;
    },
    async list() {
      return { codes: [...kept.values()].sort((a, b) => (a.code < b.code ? -1 : 1)), unreadable: [] };
    },
    async disable(code, at) {
      const found = kept.get(code);
      if (found === undefined) return false;
      kept.set(code, { ...found, disabledAt: found.disabledAt ?? at });
      return true;
    },
  };
};
