import type { LoggedMessage, MessageStore } from '@stopcovid/progress-tracker';
import type { CarrierMessage } from '@stopcovid/twilio';
import { judgeSlice, ourEndOf, unseenIn } from './audit';
import type { AuditFacts, AuditRules, AuditSlice, Claims, Finding } from './audit';
import { headingOf, lineOf, summaryText, type AuditForm, type AuditSummary } from './audit-report';
import type { CarrierMessages } from './carrier-messages';
import { exitCodes, type ExitCode } from './exit';
import { newestFirst, type Stretch } from './newest-first';
import { progressLine } from './progress-line';
import type { Terminal } from './terminal';

type AuditStore = Pick<MessageStore, 'messages' | 'load'>;

/** Both logs, and where to print. */
export type AuditParts = {
  readonly store: AuditStore;
  readonly carrier: CarrierMessages;
  readonly terminal: Terminal;
};

export type AuditOptions = AuditForm & {
  readonly range: Stretch;
  readonly now: Date;
  /** A message without a last status after this time, in milliseconds, is a finding. */
  readonly finalAfterMs: number;
  /** Our numbers and messaging services; when both are empty, all of the account is ours. */
  readonly numbers: readonly string[];
  readonly services: readonly string[];
  /** A text's words as both sides write them. */
  readonly comparable: (body: string) => string;
  /** Can this sender be a trainee? The texts of others are nobody's loss. */
  readonly canBeTrainee: (from: string) => boolean;
};

/** Short, so that little is held of a busy account; what an hour brings there would fill a gigabyte. */
const sliceMs = 5 * 60_000;
/** Our time and the carrier's differ by seconds, by minutes when a message waited. */
const overlapMs = 10 * 60_000;
const pageSize = 1_000;
const minuteMs = 60_000;

async function* pagesOf(store: AuditStore, { from, to }: Stretch): AsyncGenerator<readonly LoggedMessage[]> {
  const filter = { from: new Date(from), to: new Date(to) };
  let page = await store.messages(filter, { limit: pageSize });
  for (;;) {
    yield page.items;
    if (page.next === undefined) return;
    page = await store.messages(filter, { limit: pageSize, after: page.next });
  }
}

const rulesOf = (options: AuditOptions): AuditRules => {
  const { now, finalAfterMs, numbers, services, comparable, canBeTrainee } = options;
  const ours = new Set([...numbers, ...services]);
  return {
    now,
    finalAfterMs,
    apartMs: overlapMs,
    comparable,
    concernsUs: (message) =>
      (message.direction !== 'inbound' || canBeTrainee(message.from)) &&
      (ours.size === 0 || ours.has(ourEndOf(message)) || ours.has(message.messagingServiceSid ?? '')),
  };
};

/** The stretches of a range, the latest first. */
function* slicesOf({ from, to }: Stretch): Generator<Stretch> {
  for (let end = to; end > from; end -= sliceMs) yield { from: Math.max(from, end - sliceMs), to: end };
}

const readersOf = ({ store, carrier }: AuditParts, range: Stretch) => {
  const wide = { from: range.from - overlapMs, to: range.to + overlapMs };
  const common = { range, overlapMs };
  const ours = newestFirst({
    ...common,
    pages: pagesOf(store, wide),
    atOf: (message: LoggedMessage) => message.content.at.getTime(),
  });
  const theirs = newestFirst({
    ...common,
    pages: carrier.list(wide),
    atOf: (message: CarrierMessage) => message.at.getTime(),
  });
  return async (stretch: Stretch): Promise<AuditSlice> => {
    const [one, other] = await Promise.all([ours(stretch), theirs(stretch)]);
    return { ours: one, theirs: other };
  };
};

const factsOf = async ({ store, carrier }: AuditParts, slice: AuditSlice): Promise<AuditFacts> => {
  const { atCarrier, inLog } = unseenIn(slice);
  const loaded: LoggedMessage[] = [];
  for (let at = 0; at < inLog.length; at += pageSize) {
    const { messages, unreadable } = await store.load([], inLog.slice(at, at + pageSize));
    const [first] = unreadable;
    if (first) throw new Error(`a message in the log cannot be read: ${first.reason}`);
    for (const { message } of messages) loaded.push(message);
  }
  return { loaded, fetched: await carrier.fetch(atCarrier) };
};

const isAnswer = ({ direction }: CarrierMessage): boolean => direction === 'answer';

const added = (summary: AuditSummary, slice: AuditSlice, findings: readonly Finding[]): AuditSummary => {
  const count = (kind: Finding['kind']): number =>
    summary[kind] + findings.filter((finding) => finding.kind === kind).length;
  const answers = slice.theirs.fresh.filter(isAnswer).length;
  return {
    ...summary,
    ours: summary.ours + slice.ours.fresh.length,
    theirs: summary.theirs + slice.theirs.fresh.length - answers,
    carrierAnswers: summary.carrierAnswers + answers,
    lost: count('lost'),
    doubled: count('doubled'),
    unknown: count('unknown'),
    neverFinal: count('neverFinal'),
    disagreement: count('disagreement'),
  };
};

const nothingYet = ({ from, to }: Stretch): AuditSummary => ({
  since: new Date(from).toISOString(),
  until: new Date(to).toISOString(),
  ours: 0,
  theirs: 0,
  carrierAnswers: 0,
  lost: 0,
  doubled: 0,
  unknown: 0,
  neverFinal: 0,
  disagreement: 0,
});

const printSummary = (summary: AuditSummary, { form }: AuditOptions, terminal: Terminal): void => {
  if (form === 'json') terminal.out(JSON.stringify({ summary }));
  else if (form === 'csv') terminal.err(summaryText(summary));
  else terminal.out(summaryText(summary));
};

const problemsIn = ({ lost, doubled, unknown, neverFinal, disagreement }: AuditSummary): number =>
  lost + doubled + unknown + neverFinal + disagreement;

/**
 * Compares our message log with the carrier's, some minutes at a time, latest first, and prints what is wrong. It changes
 * nothing. `problems` when something is; rejects when the database or the carrier does not answer.
 */
export const auditMessages = async (parts: AuditParts, options: AuditOptions): Promise<ExitCode> => {
  const { terminal } = parts;
  const { range } = options;
  const read = readersOf(parts, range);
  const rules = rulesOf(options);
  const show = progressLine('minutes of both logs', terminal);
  let heading = headingOf(options);
  let summary = nothingYet(range);
  let claims: Claims = new Map();
  for (const stretch of slicesOf(range)) {
    const slice = await read(stretch);
    const judged = judgeSlice(slice, await factsOf(parts, slice), { rules, claims });
    claims = judged.claims;
    for (const finding of judged.findings) {
      if (heading !== undefined) terminal.out(heading);
      heading = undefined;
      terminal.out(lineOf(finding, options));
    }
    summary = added(summary, slice, judged.findings);
    show(Math.ceil((range.to - stretch.from) / minuteMs), Math.ceil((range.to - range.from) / minuteMs));
  }
  if (heading !== undefined && options.form === 'csv') terminal.out(heading);
  printSummary(summary, options, terminal);
  return problemsIn(summary) === 0 ? exitCodes.ok : exitCodes.problems;
};
