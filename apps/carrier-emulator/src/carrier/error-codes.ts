import type { Refusal } from './refusals';

/**
 * How Twilio tells of an error: it refuses the request, or it accepts the message and reports the error later, as the
 * message's last status, in its list and in the status callback.
 */
export type ErrorEffect =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | {
      readonly kind: 'reported';
      readonly status: 'undelivered' | 'failed';
      readonly error: { readonly code: number; readonly message: string };
    };

type Refused = readonly [code: number, httpStatus: number, message: string];
type Reported = readonly [code: number, status: 'undelivered' | 'failed', message: string];

const refused: readonly Refused[] = [
  [20003, 401, 'Authenticate'],
  [20005, 403, 'Account not active'],
  [20429, 429, 'Too Many Requests'],
  [20500, 500, 'An internal server error has occurred'],
  [20503, 503, 'Service unavailable'],
  [21211, 400, "Invalid 'To' phone number"],
  [21212, 400, "Invalid 'From' number"],
  [21408, 400, "Sending to the region of the 'To' number is not permitted for this account"],
  [21603, 400, "A 'From' phone number is required."],
  [21606, 400, "The 'From' phone number is not a message-capable number of this account."],
  [21608, 400, "The 'To' number is unverified: a trial account cannot send to it"],
  [21610, 400, 'Attempt to send to unsubscribed recipient'],
  [21611, 400, "The 'From' number has exceeded the maximum number of queued messages"],
  [21612, 400, "The 'To' number is not reachable from this 'From' number"],
  [21614, 400, "The 'To' number is not a mobile number"],
  [21617, 400, 'The concatenated message body exceeds the 1600 character limit'],
  [21619, 400, 'A text message body or media URLs must be given'],
  [21623, 400, 'Number of media files exceeds allowed limit'],
  [21703, 400, 'The Messaging Service has no phone number that could send'],
  [21705, 400, 'The Messaging Service is not valid'],
];

const reported: readonly Reported[] = [
  [30001, 'failed', 'Queue overflow'],
  [30002, 'failed', 'Account suspended'],
  [30003, 'undelivered', 'Unreachable destination handset'],
  [30004, 'undelivered', 'Message blocked'],
  [30005, 'undelivered', 'Unknown destination handset'],
  [30006, 'undelivered', 'Landline or unreachable carrier'],
  [30007, 'undelivered', 'Carrier violation'],
  [30008, 'undelivered', 'Unknown error'],
  [30017, 'undelivered', 'Carrier network congestion'],
  [30022, 'undelivered', 'Rate limit of the carrier exceeded'],
  [30023, 'undelivered', 'Daily limit exceeded'],
  [30027, 'undelivered', 'Daily limit of the carrier exceeded'],
  [30034, 'undelivered', 'Message from an unregistered number'],
  [30450, 'failed', 'Message blocked as pumping'],
  [30610, 'failed', 'Message held back in quiet hours'],
  [30640, 'failed', 'Message to a known litigator blocked'],
  [63016, 'failed', 'Outside the window in which free text is allowed'],
  [63018, 'failed', 'Rate limit of the channel exceeded'],
];

const known: ReadonlyMap<number, ErrorEffect> = new Map<number, ErrorEffect>([
  ...refused.map(([code, httpStatus, message]) => {
    return [code, { kind: 'refused', refusal: { httpStatus, code, message } }] as const;
  }),
  ...reported.map(([code, status, message]) => {
    return [code, { kind: 'reported', status, error: { code, message } }] as const;
  }),
]);

/** Every code that is made the way Twilio documents it; the wording is ours. */
export const knownErrors: readonly { readonly code: number; readonly message: string }[] = [
  ...refused.map(([code, , message]) => ({ code, message })),
  ...reported.map(([code, , message]) => ({ code, message })),
];

const firstReported = 30_000;

/** What a code does to a message, or nothing for 0. A code that is not known here goes by its range. */
export const effectOf = (code: number): ErrorEffect | undefined => {
  if (code === 0) return undefined;
  const effect = known.get(code);
  if (effect) return effect;
  const message = `Error ${code}`;
  return code < firstReported
    ? { kind: 'refused', refusal: { httpStatus: 400, code, message } }
    : { kind: 'reported', status: 'undelivered', error: { code, message } };
};
