import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Violation } from '../invariants';
import type { LogRecord } from '@stopcovid/kafka';
import type { Leftovers } from './leftovers';

const readable = ({ partition, offset, timestamp, value, headers }: LogRecord): object => ({
  partition,
  offset,
  at: new Date(timestamp).toISOString(),
  value: value?.toString() ?? null,
  headers,
});

type Evidence = {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly left: Leftovers;
  readonly violations: readonly Violation[];
};

/** Keeps all that is left of the phones that were wronged, beside the logs: the servers' data goes. Answers where. */
export const keepEvidence = (logDirectory: string, { name, left, violations }: Evidence): string => {
  const phones = new Set<string | null>(violations.flatMap(({ phone }) => phone ?? []));
  const recordsOf = (records: readonly LogRecord[]): readonly object[] =>
    records.filter(({ key }) => phones.has(key)).map(readable);
  const ofPhone = <T extends { readonly phone: string }>(items: readonly T[]): readonly T[] =>
    items.filter(({ phone }) => phones.has(phone));
  const file = join(logDirectory, `${name}.json`);
  const evidence = {
    violations,
    accepted: ofPhone(left.accepted),
    listed: left.listed.filter(({ from }) => phones.has(from)),
    commands: recordsOf(left.commands),
    events: recordsOf(left.events),
    smsLog: recordsOf(left.smsLog),
    deadLetters: recordsOf(left.deadLetters),
    carrier: left.carrier.filter(({ to }) => phones.has(to)),
    dialogs: ofPhone(left.dialogs),
    trainees: ofPhone(left.trainees),
    runs: ofPhone(left.runs),
  };
  writeFileSync(file, JSON.stringify(evidence, null, 1));
  return file;
};
