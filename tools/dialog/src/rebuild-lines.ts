import type { DocumentDifference, Finding, PhoneReport, RebuildTotals } from '@stopcovid/progress-tracker';
import type { Phone } from '@stopcovid/contracts';
import { maskPhone } from '@stopcovid/runtime';

/** What is folded afresh: the projections of the events, and the messages of the log. */
export const folded = ['events', 'messages'] as const;
export type Folded = (typeof folded)[number];
/** What is proved: these, and that figures are what the runs come to. */
export const rebuildable = [...folded, 'figures'] as const;
export type Rebuildable = (typeof rebuildable)[number];

const saidOfMessages: Readonly<Record<Finding, string>> = {
  different: 'has messages that differ from the log',
  missing: 'has no messages; the log has some',
  unknown: 'has messages, and the log knows nothing of it',
  late: 'waits',
  hole: 'has a hole',
  unsettled: 'was written, or still had records before it, each time that we looked',
};

const said: Readonly<Record<Finding, (report: PhoneReport) => string>> = {
  different: ({ foldedVersion }) => `differs at version ${foldedVersion}`,
  missing: ({ foldedVersion }) => `is missing; the topic has it at version ${foldedVersion}`,
  unknown: ({ liveVersion }) => `is at version ${liveVersion}, and the topic knows nothing of it`,
  late: ({ liveVersion, foldedVersion }) =>
    `is at version ${liveVersion}, the topic at ${foldedVersion}: it waits, or was set back`,
  hole: ({ liveVersion, foldedVersion, found }) =>
    found === undefined
      ? `is at version ${liveVersion}, and the topic ends at ${foldedVersion}`
      : `has a hole: version ${(foldedVersion ?? 0) + 1} is not on the topic, the next is ${found}`,
  unsettled: ({ liveVersion }) => `was written at version ${liveVersion} each time that we looked`,
};

/** A document's id without the phone that may stand in it; undefined where it is nothing else. */
const shownId = (id: string, phone: Phone): string | undefined =>
  id === phone ? undefined : id.replaceAll(phone, maskPhone(phone));

const shownDifference = (
  { collection, id, fields, live, shadow }: DocumentDifference,
  phone: Phone,
): string => {
  const shown = shownId(id, phone);
  const name = shown === undefined ? collection : `${collection} ${shown}`;
  if (live === undefined) return `${name} is not there`;
  return shadow === undefined ? `${name} is too many` : `${name}: ${fields.join(', ')}`;
};

const at = (document: DocumentDifference['live'], path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, field) =>
        value === null || value === undefined ? undefined : Reflect.get(Object(value), field),
      document,
    );

const values = ({ fields, live, shadow }: DocumentDifference): readonly string[] =>
  live === undefined || shadow === undefined
    ? [`      live ${JSON.stringify(live ?? null)}`, `      topic ${JSON.stringify(shadow ?? null)}`]
    : fields.map(
        (field) =>
          `      ${field}: ${JSON.stringify(at(live, field) ?? null)} should be ${JSON.stringify(at(shadow, field) ?? null)}`,
      );

/** What a report says, in lines; with `full` phones and values as they are. */
export const linesOf = (report: PhoneReport, full: boolean): readonly string[] => [
  `${full ? report.phone : maskPhone(report.phone)} ${report.liveVersion === undefined ? saidOfMessages[report.finding] : said[report.finding](report)}${report.replaced ? ': replaced' : ''}`,
  ...report.differences.flatMap((difference) => [
    `  ${shownDifference(difference, report.phone)}`,
    ...(full ? values(difference) : []),
  ]),
];

const withoutValues = ({ phone, differences, ...report }: PhoneReport): object => ({
  phone: maskPhone(phone),
  ...report,
  differences: differences.map(({ collection, id, fields, live, shadow }) => ({
    collection,
    id: shownId(id, phone),
    fields,
    live: live !== undefined,
    topic: shadow !== undefined,
  })),
});

/** A report as one line of JSON. */
export const jsonOf = (report: PhoneReport, full: boolean): string =>
  JSON.stringify(full ? report : withoutValues(report));

const unitOf = { events: 'batches', messages: 'records' } as const;
const sourceOf = { events: 'the topic says', messages: 'the message log says' } as const;

/** What a rebuild came to, in one line. */
export const summary = (
  what: Folded,
  { same, findings, replaced, batches, unreadable, leftOvers }: RebuildTotals,
): string => {
  const found = Object.entries(findings).flatMap(([finding, count]) =>
    count > 0 ? [`${count} ${finding}`] : [],
  );
  return [
    `${same} phones are as ${sourceOf[what]}`,
    ...found,
    `${replaced} replaced`,
    `${batches} ${unitOf[what]} read`,
    ...(unreadable > 0 ? [`${unreadable} records that are no ${unitOf[what]}`] : []),
    ...(leftOvers > 0 ? [`${leftOvers} left-over shadows removed`] : []),
  ].join(', ');
};
