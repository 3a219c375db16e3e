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

type Row = { readonly disposition: Disposition; readonly meaning: string };
const row = (disposition: Disposition, meaning: string): Row => ({ disposition, meaning });

/** Twilio's codes by their documented meaning, https://www.twilio.com/docs/api/errors */
export const twilioErrors: Readonly<Record<string, Row>> = {
  '20003': row('account', 'authentication refused'),
  '20005': row('account', 'account not active'),
  '20429': row('retry', 'too many requests'),
  '20500': row('ambiguous', 'internal error'),
  '20503': row('ambiguous', 'service unavailable'),
  '21211': row('permanent', 'invalid number'),
  '21212': row('configuration', 'invalid sender'),
  '21408': row('configuration', 'region not enabled for this account'),
  '21603': row('configuration', 'no sender given'),
  '21606': row('configuration', 'sender cannot send texts'),
  '21608': row('configuration', 'trial account: number not verified'),
  '21610': row('optOut', 'the number has opted out'),
  '21611': row('retryLater', "the sender's queue is full"),
  '21612': row('permanent', 'no route from this sender to this number'),
  '21614': row('permanent', 'not a mobile number'),
  '21617': row('permanent', 'text over 1,600 characters'),
  '21619': row('permanent', 'neither text nor media'),
  '21623': row('permanent', 'media cannot be fetched'),
  '21703': row('configuration', 'messaging service has no sender'),
  '21705': row('configuration', 'unknown messaging service'),
  '30001': row('retryLater', 'queue overflow'),
  '30002': row('account', 'account suspended'),
  '30003': row('permanent', 'handset unreachable'),
  '30004': row('permanent', 'blocked by the recipient'),
  '30005': row('permanent', 'unknown handset'),
  '30006': row('permanent', 'landline or unreachable carrier'),
  '30007': row('configuration', 'filtered by the carrier'),
  '30008': row('ambiguous', 'unknown error, may have arrived'),
  '30017': row('retryLater', 'carrier congestion'),
  '30022': row('retryLater', 'carrier rate limit'),
  '30023': row('retryLater', 'daily limit reached'),
  '30027': row('retryLater', 'daily limit of the carrier reached'),
  '30034': row('configuration', 'unregistered 10DLC number'),
  '30450': row('configuration', 'blocked as pumping'),
  '30610': row('permanent', 'quiet hours'),
  '30640': row('permanent', 'known litigator'),
  '63016': row('permanent', "outside WhatsApp's window of 24 hours"),
  '63018': row('retryLater', 'WhatsApp rate limit'),
};

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
