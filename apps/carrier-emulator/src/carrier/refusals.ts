/** Twilio's answer to a request that it does not take. */
export type Refusal = { readonly httpStatus: number; readonly code: number; readonly message: string };

const refusal = (httpStatus: number, code: number, message: string): Refusal => ({
  httpStatus,
  code,
  message,
});

/** Each refusal by its documented number; the wording is ours, the numbers and statuses are Twilio's. */
export const refusals = {
  authenticate: () => refusal(401, 20003, 'Authenticate'),
  notFound: (resource: string) => refusal(404, 20404, `The requested resource ${resource} was not found`),
  tooManyRequests: () => refusal(429, 20429, 'Too Many Requests'),
  internal: () => refusal(500, 20500, 'An internal server error has occurred'),
  badRequest: (why: string) => refusal(400, 400, why),
  pageTooLarge: () => refusal(400, 20007, 'Page size too large: the most is 1000'),
  invalidTo: (to: string) => refusal(400, 21211, `The 'To' number ${to} is not a valid phone number.`),
  sameNumber: () => refusal(400, 21266, "'To' and 'From' number cannot be the same"),
  bodyRequired: () => refusal(400, 21602, 'Message body is required.'),
  fromRequired: () => refusal(400, 21603, "A 'From' phone number is required."),
  toRequired: () => refusal(400, 21604, "A 'To' phone number is required."),
  foreignFrom: (from: string) =>
    refusal(400, 21606, `The 'From' phone number ${from} is not a message-capable number of this account.`),
  invalidCallback: () => refusal(400, 21609, 'The StatusCallback URL is not a valid URL.'),
  optedOut: () => refusal(400, 21610, 'Attempt to send to unsubscribed recipient'),
  tooLong: () => refusal(400, 21617, 'The concatenated message body exceeds the 1600 character limit'),
  invalidMedia: () => refusal(400, 21620, 'Invalid media URL(s)'),
  tooManyMedia: () => refusal(400, 21623, 'Number of media files exceeds allowed limit'),
  noSuchService: (sid: string) => refusal(404, 21701, `The Messaging Service ${sid} does not exist`),
} as const;
