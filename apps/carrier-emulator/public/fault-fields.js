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
    ['none', 'with what it should'],
    ['html', 'with a page of HTML'],
    ['truncated', 'with half of the JSON'],
    ['errorIn200', 'with an error, but status 200'],
  ],
});

/** Everything that can be set, by where a message meets it. `common` is for the whole carrier only. */
export const groups = [
  {
    title: 'The service sends a text',
    fields: [
      { name: 'errorCode', label: 'Ends in Twilio’s error', kind: 'code', well: 0 },
      chance('throttle', 'Refused with 429'),
      {
        name: 'ratePerSecond',
        label: 'Accepted at most',
        kind: 'slider',
        stops: [0, 1, 3, 10, 30, 100, 300, 1_000],
        say: (value) => (value === 0 ? 'as many as come' : `${value.toLocaleString()} a second`),
        well: 0,
        common: true,
      },
      delay('answerDelayMs', 'Answered late'),
      chance('failAfterAccepting', 'Accepted, then answered 500'),
      chance('dropAfterAccepting', 'Accepted, then hung up'),
      garbage('garbage', 'Accepted, then answered'),
    ],
  },
  {
    title: 'The service reads the message list',
    fields: [
      delay('listLagMs', 'A text is listed late'),
      delay('listDelayMs', 'A page is answered late'),
      garbage('listGarbage', 'Answered'),
    ],
  },
  {
    title: 'The text goes to the phone',
    fields: [
      chance('undelivered', 'Lost on the way (30003)'),
      chance('missingCallbacks', 'A status is never reported'),
      chance('duplicateCallbacks', 'A status is reported twice'),
      chance('reorderCallbacks', 'The last status is reported first'),
      delay('callbackDelayMs', 'A status is reported late'),
    ],
  },
  {
    title: 'A phone writes to the service',
    fields: [
      chance('loseInbound', 'The webhook is never called'),
      chance('reorderInbound', 'The next text overtakes it'),
      chance('duplicateInbound', 'The webhook is called twice'),
      delay('inboundDelayMs', 'The webhook is called late'),
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
