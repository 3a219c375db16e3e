/** What to do about a code of the carrier's. */
export type Disposition =
  /** Never processed: try again soon. */
  | 'retry'
  /** A limit that lasts: try again later, much later. */
  | 'retryLater'
  /** This text or this number will never work. */
  | 'permanent'
  /** The carrier knows an opt-out that we did not. */
  | 'optOut'
  /** Something is set up wrongly: the text fails and somebody must look. */
  | 'configuration'
  /** The account itself is refused: nothing can be sent at all. */
  | 'account'
  /** The carrier may have taken it. */
  | 'ambiguous';

type Meanings = Readonly<Record<string, string>>;

/** Twilio's codes by what they ask of us, with their documented meaning, https://www.twilio.com/docs/api/errors */
const meanings: Readonly<Record<Disposition, Meanings>> = {
  account: {
    10001: 'account not active',
    20003: 'authentication refused',
    20005: 'account not active',
    20006: 'access denied',
    20008: 'test credentials',
    20010: 'action disabled for the account',
    30002: 'account suspended',
    90010: 'account not active',
  },
  retry: {
    14107: 'rate limit',
    20429: 'too many requests',
  },
  ambiguous: {
    20500: 'internal error',
    20503: 'service unavailable',
    30008: 'unknown error, may have arrived',
    30021: 'internal failure',
    30410: 'the provider did not answer in time',
    63009: 'internal error of the channel',
    63010: 'internal error',
    63012: 'internal error of the channel',
    63023: 'generic error of the channel',
  },
  retryLater: {
    21611: "the sender's queue is full",
    21730: 'maintenance',
    30001: 'queue overflow',
    30017: 'carrier congestion',
    30022: 'carrier rate limit',
    30023: 'daily limit reached',
    30027: 'daily limit of the carrier reached',
    63017: 'rate limit of the channel',
    63018: 'WhatsApp rate limit',
    63038: "the account's daily limit reached",
  },
  optOut: {
    21610: 'the number has opted out',
  },
  permanent: {
    21211: 'invalid number',
    21214: 'number cannot be reached',
    21216: 'number blocked',
    21217: 'number is not valid',
    21266: 'sender and number are the same',
    21401: 'invalid number',
    21407: 'this kind of number has no SMS',
    21421: 'invalid number',
    21602: 'no text',
    21604: 'no number',
    21605: 'text too long',
    21612: 'no route from this sender to this number',
    21614: 'not a mobile number',
    21617: 'text over 1,600 characters',
    21618: 'text cannot be sent',
    21619: 'neither text nor media',
    21620: 'invalid address of media',
    21623: 'too many media',
    21653: 'too many recipients',
    30003: 'handset unreachable',
    30004: 'blocked by the recipient',
    30005: 'unknown handset',
    30006: 'landline or unreachable carrier',
    30010: 'dearer than allowed',
    30011: 'no MMS at this number',
    30014: 'the number is not valid here',
    30019: 'media too large for the carrier',
    30036: 'waited longer than it was good for',
    30610: 'quiet hours',
    30640: 'known litigator',
    63003: 'not on this channel',
    63005: 'the channel refused the content',
    63013: 'against a policy of the channel',
    63016: "outside WhatsApp's window of 24 hours",
    63019: 'media cannot be downloaded',
    63021: 'invalid content',
    63024: 'invalid recipient',
    63032: 'WhatsApp limits texts to this person',
    63033: 'blocked by the recipient',
    63034: 'media too large',
  },
  configuration: {
    10002: 'not for trial accounts',
    20404: 'no such resource',
    21210: 'sender not verified',
    21212: 'invalid sender',
    21215: 'region not enabled for this account',
    21219: 'trial account: number not verified',
    21408: 'region not enabled for this account',
    21601: 'sender cannot send texts',
    21603: 'no sender given',
    21606: 'sender cannot send texts',
    21607: 'sender not allowed for a trial account',
    21608: 'trial account: number not verified',
    21609: 'invalid address for status callbacks',
    21616: 'sender is not unambiguous',
    21621: 'sender has no MMS',
    21622: 'account has no MMS',
    21624: 'invalid time to live',
    21626: 'invalid events for status callbacks',
    21659: "sender is not Twilio's",
    21660: 'sender of another account',
    21701: 'no such messaging service',
    21702: 'messaging service cannot send',
    21703: 'messaging service has no sender',
    21704: 'messaging service has no numbers',
    21705: 'unknown messaging service',
    21729: 'campaign suspended',
    21910: 'sender and number are of different channels',
    30007: 'filtered by the carrier',
    30015: 'channel not supported',
    30016: 'sender and number are of different channels',
    30018: 'sender must be registered with the carrier',
    30024: 'sender not provisioned at the carrier',
    30032: 'toll-free number not verified',
    30034: 'unregistered 10DLC number',
    30450: 'blocked as pumping',
    63001: 'channel could not log in',
    63002: 'no such sender on the channel',
    63007: 'no such sender on the channel',
    63008: 'channel set up wrongly',
    63015: 'sandbox: the person has not joined',
    63020: "problem of WhatsApp's business account",
    63026: 'sender marked as spam',
  },
};

const dispositions: readonly Disposition[] = [
  'account',
  'retry',
  'ambiguous',
  'retryLater',
  'optOut',
  'permanent',
  'configuration',
];

export type ErrorRow = { readonly disposition: Disposition; readonly meaning: string };

/** The codes that we know, each once. */
export const twilioErrors: Readonly<Record<string, ErrorRow>> = Object.fromEntries(
  dispositions.flatMap((disposition) =>
    Object.entries(meanings[disposition]).map(([code, meaning]) => [code, { disposition, meaning }]),
  ),
);

const byStatus = (status: number): Disposition => {
  if (status === 429) return 'retry';
  if (status === 401 || status === 403) return 'account';
  if (status === 404) return 'configuration';
  return status >= 400 && status < 500 ? 'permanent' : 'ambiguous';
};

/** What to do about an answer: by its code where we know it, else by its HTTP status. A 429 is never ambiguous. */
export const dispositionOf = (status: number, code: string | undefined): Disposition => {
  if (status === 429) return 'retry';
  const known = code === undefined ? undefined : twilioErrors[code];
  return known?.disposition ?? byStatus(status);
};
