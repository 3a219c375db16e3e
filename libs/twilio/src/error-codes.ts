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
  /** Something is set up wrongly for this text: it fails and somebody must look. */
  | 'configuration'
  /** The number or the messaging service that sends is refused: what it sends has to wait, and somebody must look. */
  | 'sender'
  /** The account itself is refused: nothing can be sent at all. */
  | 'account'
  /** The carrier may have taken it. */
  | 'ambiguous';

/**
 * What to do when a code comes by a status callback, of a text that the carrier had taken and has given up since.
 * Nothing is in doubt then, and nothing is tried again at once.
 */
export type ReportDisposition = Exclude<Disposition, 'retry' | 'ambiguous'>;

export type ErrorRow = {
  readonly meaning: string;
  /** As the answer to a call. */
  readonly disposition: Disposition;
  /** By a status callback. */
  readonly reported: ReportDisposition;
};

const row =
  (disposition: Disposition, reported: ReportDisposition) =>
  (meaning: string): ErrorRow => ({ meaning, disposition, reported });

const account = row('account', 'account');
const sender = row('sender', 'sender');
/* Was given up before it was tried: nobody has it. */
const retry = row('retry', 'retryLater');
const retryLater = row('retryLater', 'retryLater');
/* It may have arrived all the same, so another would be one too many. */
const ambiguous = row('ambiguous', 'permanent');
const optOut = row('optOut', 'optOut');
const permanent = row('permanent', 'permanent');
const configuration = row('configuration', 'configuration');

/**
 * Twilio's codes with their documented meaning, https://www.twilio.com/docs/api/errors. Each stands here once: the
 * compiler refuses a second row, since an object has each key once.
 */
export const twilioErrors: Readonly<Record<string, ErrorRow>> = {
  /* The account is refused: nothing can be sent. */
  10001: account('account not active'),
  20003: account('authentication refused'),
  20005: account('account not active'),
  20006: account('access denied'),
  20008: account('test credentials'),
  20010: account('action disabled for the account'),
  30002: account('account suspended'),
  90010: account('account not active'),

  /* One number or messaging service of ours cannot send. */
  20404: sender('no such resource'),
  21210: sender('sender not verified'),
  21212: sender('invalid sender'),
  21601: sender('sender cannot send texts'),
  21603: sender('no sender given'),
  21606: sender('sender cannot send texts'),
  21607: sender('sender not allowed for a trial account'),
  21616: sender('sender is not unambiguous'),
  21659: sender("sender is not Twilio's"),
  21660: sender('sender of another account'),
  21701: sender('no such messaging service'),
  21702: sender('messaging service cannot send'),
  21703: sender('messaging service has no sender'),
  21704: sender('messaging service has no numbers'),
  21705: sender('unknown messaging service'),
  21729: sender('campaign suspended'),
  30018: sender('sender must be registered with the carrier'),
  30024: sender('sender not provisioned at the carrier'),
  30032: sender('toll-free number not verified'),
  30034: sender('unregistered 10DLC number'),
  63001: sender('channel could not log in'),
  63002: sender('no such sender on the channel'),
  63007: sender('no such sender on the channel'),
  63008: sender('channel set up wrongly'),
  63020: sender("problem of WhatsApp's business account"),
  63026: sender('sender marked as spam'),

  /* Never processed. */
  14107: retry('rate limit'),
  20429: retry('too many requests'),

  /* A limit that lasts. */
  21611: retryLater("the sender's queue is full"),
  21730: retryLater('maintenance'),
  30001: retryLater('queue overflow'),
  30017: retryLater('carrier congestion'),
  30022: retryLater('carrier rate limit'),
  30023: retryLater('daily limit reached'),
  30027: retryLater('daily limit of the carrier reached'),
  63017: retryLater('rate limit of the channel'),
  63018: retryLater('WhatsApp rate limit'),
  63038: retryLater("the account's daily limit reached"),

  /* The carrier may have it, or may have delivered it. */
  20500: ambiguous('internal error'),
  20503: ambiguous('service unavailable'),
  30008: ambiguous('unknown error, may have arrived'),
  30021: ambiguous('internal failure'),
  30410: ambiguous('the provider did not answer in time'),
  63009: ambiguous('internal error of the channel'),
  63010: ambiguous('internal error'),
  63012: ambiguous('internal error of the channel'),
  63023: ambiguous('generic error of the channel'),

  /* The carrier knows an opt-out that we did not. */
  21610: optOut('the number has opted out'),

  /* This text, or this phone. */
  21211: permanent('invalid number'),
  21214: permanent('number cannot be reached'),
  21216: permanent('number blocked'),
  21217: permanent('number is not valid'),
  21266: permanent('sender and number are the same'),
  21401: permanent('invalid number'),
  21407: permanent('this kind of number has no SMS'),
  21421: permanent('invalid number'),
  21602: permanent('no text'),
  21604: permanent('no number'),
  21605: permanent('text too long'),
  21612: permanent('no route from this sender to this number'),
  21614: permanent('not a mobile number'),
  21617: permanent('text over 1,600 characters'),
  21618: permanent('text cannot be sent'),
  21619: permanent('neither text nor media'),
  21620: permanent('invalid address of media'),
  21623: permanent('too many media'),
  21653: permanent('too many recipients'),
  30003: permanent('handset unreachable'),
  30004: permanent('blocked by the recipient'),
  30005: permanent('unknown handset'),
  30006: permanent('landline or unreachable carrier'),
  30010: permanent('dearer than allowed'),
  30011: permanent('no MMS at this number'),
  30014: permanent('the number is not valid here'),
  30019: permanent('media too large for the carrier'),
  30036: permanent('waited longer than it was good for'),
  30047: permanent('quiet hours, and no other time to send'),
  30610: permanent('quiet hours'),
  30640: permanent('known litigator'),
  63003: permanent('not on this channel'),
  63005: permanent('the channel refused the content'),
  63013: permanent('against a policy of the channel'),
  63016: permanent("outside WhatsApp's window of 24 hours"),
  63019: permanent('media cannot be downloaded'),
  63021: permanent('invalid content'),
  63024: permanent('invalid recipient'),
  63032: permanent('WhatsApp limits texts to this person'),
  63033: permanent('blocked by the recipient'),
  63034: permanent('media too large'),

  /* Somebody must look, though others may get through. */
  10002: configuration('not for trial accounts'),
  21215: configuration('region not enabled for this account'),
  21219: configuration('trial account: number not verified'),
  21408: configuration('region not enabled for this account'),
  21608: configuration('trial account: number not verified'),
  21609: configuration('invalid address for status callbacks'),
  21621: configuration('sender has no MMS'),
  21622: configuration('account has no MMS'),
  21624: configuration('invalid time to live'),
  21626: configuration('invalid events for status callbacks'),
  21910: configuration('sender and number are of different channels'),
  30007: configuration('filtered by the carrier'),
  30015: configuration('channel not supported'),
  30016: configuration('sender and number are of different channels'),
  30450: configuration('blocked as pumping'),
  63015: configuration('sandbox: the person has not joined'),
};

const byStatus = (status: number): Disposition => {
  if (status === 429) return 'retry';
  if (status === 401 || status === 403) return 'account';
  if (status === 404) return 'sender';
  return status >= 400 && status < 500 ? 'permanent' : 'ambiguous';
};

/** What to do about an answer: by its code where we know it, else by its HTTP status. A 429 is never ambiguous. */
export const dispositionOf = (status: number, code: string | undefined): Disposition => {
  if (status === 429) return 'retry';
  const known = code === undefined ? undefined : twilioErrors[code];
  return known?.disposition ?? byStatus(status);
};

/** Twilio's own quiet hours, which decide for us: ours are to keep them from ever having to. */
export const isQuietHours = (code: string): boolean => code === '30047' || code === '30610';

/** What to do about a code that a status callback brings; one that is new to us says that the text failed, no more. */
export const reportedDispositionOf = (code: string): ReportDisposition =>
  twilioErrors[code]?.reported ?? 'permanent';
