import { stringify } from 'yaml';
import { compare, mayDeviate, percentOf } from './compare';
import { constantsOf, parts, services, type Part, type Service } from './constants';
import { cpuAt } from './cpu';
import { examplesBy, numberKinds, type Example } from './examples';
import { formulas } from './formulas.testkit';
import { measured } from './measured';
import { drillsAtNine, headroom, sizesOf, textsOnACore, type Sizes } from './model';
import { markdownTable } from './table.testkit';
import { topicDays } from './drivers';

const constants = constantsOf(measured.map(({ figures }) => figures));
const examples = examplesBy(constants);

const number = (value: number, digits = 3): string =>
  value.toLocaleString('en-US', { maximumSignificantDigits: digits });
const whole = (value: number): string => Math.ceil(value).toLocaleString('en-US');
const sizeOf = (bytes: number): string =>
  bytes < 1e12 ? `${number(bytes / 1e9)} GB` : `${number(bytes / 1e12)} TB`;

const shownRates = [10, 100];

const costCells = (part: Part): readonly string[] => {
  const cost = constants.cpu[part];
  return [
    number(cost.idle * 100, 2),
    ...shownRates.map((rate) => number(((cpuAt(cost, rate) - cost.idle) / rate) * 1_000)),
    number(textsOnACore(cost), 2),
  ];
};

const memoryCells = (service: Service): readonly string[] => {
  const { ofThousand, perTenfold } = constants.memoryMb[service];
  return [number(ofThousand), number(perTenfold)];
};

const isService = (part: string): part is Service => (services as readonly string[]).includes(part);

const costs = (): string =>
  markdownTable([
    [
      'part',
      '% of a core, idle',
      ...shownRates.map((rate) => `CPU ms a text at ${rate} a second`),
      'texts a second on a core',
      'MB with 1,000 phones',
      'MB more with ten times as many',
    ],
    ...parts.map((part) => [part, ...costCells(part), ...(isService(part) ? memoryCells(part) : ['', ''])]),
  ]);

const keptFor = (name: string): string => {
  const days = (topicDays as Readonly<Record<string, number>>)[name] ?? Infinity;
  return days === Infinity ? 'for ever' : `${whole(days)} days`;
};

const stored = (): string => {
  const { textsPerDrill, topicBytesPerText, documentBytesPerText, documentBytesPerPhone } = constants;
  const perDrill = (perText: number): string =>
    Math.round(perText * (textsPerDrill.in + textsPerDrill.out)).toLocaleString('en-US');
  return markdownTable([
    ['topic or collection', 'bytes of a drill', 'kept'],
    ...Object.entries({ ...topicBytesPerText, ...documentBytesPerText })
      .map(([name, bytes]) => [`\`${name}\``, perDrill(bytes), keptFor(name)])
      .filter(([, bytes]) => bytes !== '0' && bytes !== '-0'),
    ...Object.entries(documentBytesPerPhone).map(([name, bytes]) => [
      `\`${name}\``,
      `${whole(bytes)} of a phone`,
      'one for each phone',
    ]),
  ]);
};

const days = (): string =>
  [
    ...measured.map(
      ({ from, figures }) =>
        `- ${number(figures.trainees)} trainees, ${figures.replicas} of each service: ${from}.`,
    ),
    '',
    `A drill is ${number(constants.textsPerDrill.in)} texts in and ${number(constants.textsPerDrill.out)} out. ${
      constants.replyMs === null
        ? 'None of these days measured how long a reply takes on an idle system.'
        : `On an idle system half of all replies take ${number(constants.replyMs)} ms or less.`
    }`,
  ].join('\n');

const others = (own: number) => measured.filter((_, index) => index !== own).map(({ figures }) => figures);

const checked = (): string => {
  if (measured.length === 1)
    return 'One run alone foretells nothing that was measured: there is no second yet.';
  const rows = measured.flatMap(({ figures }, index) =>
    compare(figures, others(index)).map(({ what, predicted, measured: found, deviation, verdict }) => [
      number(figures.trainees),
      String(figures.replicas),
      what,
      number(predicted),
      number(found),
      percentOf(deviation),
      verdict,
    ]),
  );
  return markdownTable([
    ['trainees', 'replicas', 'what', 'predicted', 'measured', 'deviation', `of ${mayDeviate * 100} %`],
    ...rows,
  ]);
};

const minutes = (seconds: number): string => `${number(seconds / 60)} min`;

const numbersFor = (rate: number): string =>
  Object.entries(numberKinds)
    .map(([kind, each]) => `${whole(rate / each)} ${kind}${Math.ceil(rate / each) === 1 ? '' : 's'}`)
    .join(' or ');

const given = ({ drivers, numbers }: Example): Readonly<Record<string, string>> => ({
  trainees: whole(drivers.trainees),
  'due on a delivery day': `${number(drivers.dueShare * 100)} %`,
  'delivery days a year': whole(drivers.deliveryDaysPerYear),
  zones: whole(drivers.zones),
  'texts of a drill, in and out': `${number(drivers.textsPerDrill.in)} and ${number(drivers.textsPerDrill.out)}`,
  'done within': minutes(drivers.answerMinutes * 60),
  'segments of a text, price of one': `${drivers.segmentsPerText}, $${drivers.pricePerSegment}`,
  'account, segments a second': `${whole(drivers.accountRate)} (${numbers.count} ${numbers.kind}${numbers.count === 1 ? '' : 's'})`,
});

const found = ({ drivers }: Example, sizes: Sizes): Readonly<Record<string, string>> => ({
  'drills at one nine o’clock': whole(drillsAtNine(drivers)),
  'texts a second at the peak, in and out': number(sizes.textsPerSecond),
  'segments a second needed': number(sizes.rateNeeded),
  'numbers needed': numbersFor(sizes.rateNeeded),
  'nine o’clock takes': minutes(sizes.startsSeconds),
  ...Object.fromEntries(parts.map((part) => [`cores of ${part}`, number(sizes.cores[part], 2)])),
  ...Object.fromEntries(
    services.map((service) => [
      `${service}: replicas, MB of each`,
      `${sizes.replicas[service]}, ${whole(sizes.memoryMb[service])}`,
    ]),
  ),
  partitions: whole(sizes.partitions),
  'disk of all brokers after a year': sizeOf(sizes.brokerBytes),
  'disk of all database members after a year': sizeOf(sizes.databaseBytes),
  'texts a month': `$${number(sizes.costPerMonth)}`,
});

const kindsInWords = (): string =>
  Object.entries(numberKinds)
    .map(([kind, rate]) => `a ${kind} sends ${rate} segments a second`)
    .join(', ');

const worked = (): string => {
  const columns = examples.map((example) => ({
    ...given(example),
    ...found(example, sizesOf(example.drivers, constants)),
  }));
  const rows = markdownTable([
    ['', ...examples.map(({ name }) => name)],
    ...Object.keys(columns[0] ?? {}).map((row) => [row, ...columns.map((column) => column[row] ?? '')]),
  ]);
  return `${rows}\n\nAs a rule ${kindsInWords()}; ask your carrier what your account may.`;
};

const roundedUp = (value: number, step: number): number => Math.ceil(value / step) * step;

/* Never below what the chart gives by itself. */
const resources = (sizes: Sizes, service: Service): object => {
  const cpu = Math.max(100, roundedUp((sizes.cores[service] * 1_000) / sizes.replicas[service], 50));
  const memory = Math.max(256, roundedUp(sizes.memoryMb[service], 64));
  const limit = Math.max(384, roundedUp(sizes.memoryMb[service] * headroom, 64));
  return {
    replicas: sizes.replicas[service],
    resources: { requests: { cpu: `${cpu}m`, memory: `${memory}Mi` }, limits: { memory: `${limit}Mi` } },
  };
};

/** Values of the chart for an example. */
export const valuesOf = ({ drivers }: Example): object => {
  const sizes = sizesOf(drivers, constants);
  const perSecond = String(Math.floor(drivers.accountRate));
  return {
    kafka: { topics: { partitions: sizes.partitions, replication: drivers.copies.topics } },
    ingress: resources(sizes, 'sms-ingress'),
    engine: resources(sizes, 'dialog-engine'),
    sender: {
      ...resources(sizes, 'sms-sender'),
      env: { SMS_PER_SECOND: perSecond, SMS_SEGMENTS_PER_SECOND: perSecond },
    },
    tracker: {
      ...resources(sizes, 'progress-tracker'),
      env: { SMS_SEGMENT_PRICE: String(drivers.pricePerSegment) },
    },
  };
};

const values = (): string =>
  examples
    .map(
      (example) =>
        `### ${example.name}\n\n\`\`\`yaml\n${stringify(valuesOf(example), { singleQuote: true })}\`\`\``,
    )
    .join('\n\n');

/** What stands on the page between marks, by the name of the mark. */
export const sections: Readonly<Record<string, () => string>> = {
  days,
  costs,
  stored,
  formulas,
  checked,
  worked,
  values,
};

/** The examples of the page. */
export { examples };
