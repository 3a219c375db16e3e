import twilio, { type Twilio as Client } from 'twilio';
import type { TwilioAccess } from './credentials';
import { TwilioHttp, type CallContext, type TwilioHttpSettings } from './twilio-http';

/** The twilio package's own client, on connections of ours. */
export type Twilio = {
  readonly client: Client;
  /** Makes calls under a signal that ends them, or with an id of ours in what is told of them. */
  readonly during: <T>(context: CallContext, calls: () => Promise<T>) => Promise<T>;
  /** Lets its connections go. */
  readonly close: () => void;
};

export type TwilioOptions = Partial<Omit<TwilioHttpSettings, 'apiUrl'>>;

const usual = { timeoutMs: 30_000, maxSockets: 8 };

/** Calls an account at Twilio, or an emulator of it. Nothing is called before the first question. */
export const connectTwilio = (access: TwilioAccess, options: TwilioOptions = {}): Twilio => {
  const http = new TwilioHttp({ ...usual, ...options, apiUrl: access.apiUrl });
  const { accountSid, username, password } = access;
  return {
    client: twilio(username, password, { accountSid, httpClient: http, autoRetry: false }),
    during: (context, calls) => http.during(context, calls),
    close: () => http.close(),
  };
};
