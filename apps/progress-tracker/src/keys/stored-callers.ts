import { heldKey, type Caller, type Callers } from '@stopcovid/runtime';
import { given } from '../given';
import { holdsAt, type ApiKey } from './api-key';
import { notedEveryMs, type ApiKeys } from './api-keys';

/** How long what was read of the keys is gone by, in milliseconds: so long a key that is revoked may still hold. */
export const freshForMs = 5_000;

/** What tells keys apart at every request. */
type Parts = {
  readonly keys: Pick<ApiKeys, 'holding' | 'used'>;
  readonly now: () => number;
  /** Told of keys that cannot be read, each time that there are others. */
  readonly onUnreadable: (names: readonly string[]) => void;
  /** Told when it could not be put on record that a key was used. */
  readonly onFailure: (error: unknown) => void;
};

type Held = { readonly key: ApiKey; readonly sha256: Buffer };

/** The keys that hold, read again when they are no longer fresh: one reading, whoever waits for it. */
const freshKeys = ({ keys, now, onUnreadable }: Parts): (() => Promise<readonly Held[]>) => {
  let known: { readonly at: number; readonly held: readonly Held[] } | undefined;
  let reading: Promise<readonly Held[]> | undefined;
  let told = '';

  const read = async (): Promise<readonly Held[]> => {
    const at = now();
    const list = await keys.holding(new Date(at));
    const names = list.unreadable.join();
    if (names !== told) onUnreadable(list.unreadable);
    told = names;
    const held = list.keys.map((key) => ({ key, sha256: Buffer.from(key.sha256, 'hex') }));
    known = { at, held };
    return held;
  };

  return () => {
    if (known !== undefined && now() - known.at < freshForMs) return Promise.resolve(known.held);
    reading ??= read().finally(() => (reading = undefined));
    return reading;
  };
};

/** Puts on record that keys are used; nobody waits for it. */
const noteUse = ({ keys, onFailure }: Parts): ((name: string, at: number) => void) => {
  const noted = new Map<string, number>();
  return (name, at) => {
    if (at - (noted.get(name) ?? -Infinity) < notedEveryMs) return;
    noted.set(name, at);
    keys.used(name, new Date(at)).catch(onFailure);
  };
};

/**
 * Those whose keys admins gave, and before them those of the setting, who get in also when the store is away. A key costs
 * no query, known or not: the store is read every few seconds at the most. Rejects when it cannot be read.
 */
export const storedCallers = (ofSetting: Callers, parts: Parts): Callers => {
  const fresh = freshKeys(parts);
  const note = noteUse(parts);
  const stored = async (authorization: string): Promise<Caller | undefined> => {
    const key = heldKey(await fresh(), authorization)?.key;
    const at = parts.now();
    if (key === undefined || !holdsAt(key, new Date(at))) return undefined;
    note(key.name, at);
    const { name, role, employers } = key;
    return { name, role, ...given({ employers }) };
  };
  return {
    of: async (authorization) => {
      if (authorization === undefined) return undefined;
      return (await ofSetting.of(authorization)) ?? (await stored(authorization));
    },
  };
};
