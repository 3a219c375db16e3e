import { maskPhone } from '@stopcovid/runtime';
import type { Finding, FindingKind } from './audit';
import { csvField } from './table';

/** How an audit is printed. */
export type AuditForm = { readonly form: 'text' | 'json' | 'csv'; readonly full: boolean };

/** What an audit looked at and found. */
export type AuditSummary = {
  readonly since: string;
  readonly until: string;
  /** Messages of our log within the range. */
  readonly ours: number;
  /** Messages of the carrier's list within the range, its own answers left out. */
  readonly theirs: number;
  /** What the carrier answered by itself. */
  readonly carrierAnswers: number;
} & Readonly<Record<FindingKind, number>>;

const columns = [
  'kind',
  'reason',
  'direction',
  'phone',
  'messageId',
  'sids',
  'at',
  'ourStatus',
  'theirStatus',
] as const;
type Row = Readonly<Record<(typeof columns)[number], string>>;

/* Wide enough for what usually stands there; the findings come one by one, so nobody knows the widest. */
const widths: Readonly<Record<keyof Row, number>> = {
  kind: 12,
  reason: 14,
  direction: 8,
  phone: 16,
  messageId: 36,
  sids: 34,
  at: 24,
  ourStatus: 11,
  theirStatus: 11,
};

const rowOf = (finding: Finding, full: boolean): Row => ({
  kind: finding.kind,
  reason: finding.reason,
  direction: finding.direction,
  phone: full ? finding.phone : maskPhone(finding.phone),
  messageId: finding.messageId ?? '',
  sids: finding.sids.join(' '),
  at: finding.at.toISOString(),
  ourStatus: finding.ourStatus ?? '',
  theirStatus: finding.theirStatus ?? '',
});

const padded = (row: Row): string =>
  columns
    .map((column) => (row[column] || '-').padEnd(widths[column]))
    .join('  ')
    .trimEnd();

const headings: Row = {
  kind: 'kind',
  reason: 'reason',
  direction: 'direction',
  phone: 'phone',
  messageId: 'messageId',
  sids: 'sids',
  at: 'at',
  ourStatus: 'ourStatus',
  theirStatus: 'theirStatus',
};

/** What stands above the findings, if anything does. */
export const headingOf = ({ form }: AuditForm): string | undefined => {
  switch (form) {
    case 'json':
      return undefined;
    case 'csv':
      return columns.join(',');
    case 'text':
      return padded(headings);
  }
};

/** One finding as one line. */
export const lineOf = (finding: Finding, { form, full }: AuditForm): string => {
  const row = rowOf(finding, full);
  switch (form) {
    case 'json':
      return JSON.stringify({ ...row, sids: finding.sids });
    case 'csv':
      return columns.map((column) => csvField(row[column])).join(',');
    case 'text':
      return padded(row);
  }
};

/** The summary in words. */
export const summaryText = (summary: AuditSummary): string =>
  [
    `${summary.since} to ${summary.until}: ${summary.ours} in our log, ${summary.theirs} at the carrier`,
    `(and ${summary.carrierAnswers} answers of its own);`,
    `lost ${summary.lost}, doubled ${summary.doubled}, unknown ${summary.unknown},`,
    `never final ${summary.neverFinal}, disagreement ${summary.disagreement}`,
  ].join(' ');
