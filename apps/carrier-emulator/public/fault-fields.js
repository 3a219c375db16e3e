const share = (value) => (value === 0 ? 'never' : value === 1 ? 'always' : `${Math.round(value * 100)} %`);
const late = (value) => (value === 0 ? 'at once' : `${(value / 1_000).toLocaleString()} s late`);
const delays = [0, 250, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000];

const chance = (name, label) => ({
  name,
  label,
  kind: 'slider',
  stops: Array.from({ length: 21 }, (_, step) => step / 20),
  say: share,
  well: 0,
});
const delay = (name, label) => ({ name, label, kind: 'slider', stops: delays, say: late, well: 0 });
const garbage = (name, label) => ({
  name,
  label,
  kind: 'choice',
  well: 'none',
  choices: [
    ['none', 'right'],
    ['html', 'a web page instead of data'],
    ['truncated', 'cut off in the middle'],
    ['errorIn200', 'an error that looks like a success'],
  ],
});

/** Everything that can be set, by where a message meets it. `common` is for the whole carrier only. */
export const groups = [
  {
    title: 'The service sends a text',
    fields: [
      { name: 'errorCode', label: 'It fails, and Twilio says why', kind: 'code', well: 0 },
      chance('throttle', 'Turned away: too many at once (429)'),
      {
        name: 'ratePerSecond',
        label: 'The carrier takes',
        kind: 'slider',
        stops: [0, 1, 3, 10, 30, 100, 300, 1_000],
        say: (value) => (value === 0 ? 'as many as come' : `at most ${value.toLocaleString()} a second`),
        well: 0,
        common: true,
      },
      delay('answerDelayMs', 'The carrier’s answer comes late'),
      chance('failAfterAccepting', 'Taken, but the answer is “server error” (500)'),
      chance('dropAfterAccepting', 'Taken, but the line breaks before the answer'),
      garbage('garbage', 'Taken, and the answer is'),
    ],
  },
  {
    title: 'The service looks up the carrier’s list of texts',
    fields: [
      delay('listLagMs', 'A text shows up in it late'),
      delay('listDelayMs', 'The list comes late'),
      garbage('listGarbage', 'The list is'),
    ],
  },
  {
    title: 'The text goes to the phone',
    fields: [
      chance('undelivered', 'It never reaches the phone (30003)'),
      chance('missingCallbacks', 'The service is never told how it went'),
      chance('duplicateCallbacks', 'The service is told twice'),
      chance('reorderCallbacks', 'The service is told in the wrong order'),
      delay('callbackDelayMs', 'The service is told late'),
    ],
  },
  {
    title: 'A phone writes to the service',
    fields: [
      chance('loseInbound', 'It never reaches the service'),
      chance('reorderInbound', 'It arrives after the next one'),
      chance('duplicateInbound', 'It arrives twice'),
      delay('inboundDelayMs', 'It arrives late'),
      {
        name: 'carrierOptOut',
        label: 'The carrier itself obeys STOP and START',
        kind: 'switch',
        well: false,
        common: true,
        rule: true,
      },
    ],
  },
];

export const fields = groups.flatMap((group) => group.fields);

/** What differs from good health. A rule, unlike a fault, is nothing to be cured of. */
export const isFault = (field, value) => !field.rule && value !== undefined && value !== field.well;
