/** Who may use the account's HTTP: the auth token, and an API key where there is one. */
export type Credentials = {
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiKey?: { readonly sid: string; readonly secret: string };
};

const readBasic = (header: string | undefined): readonly [user: string, password: string] | undefined => {
  const encoded = /^Basic ([\w+/=-]+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon === -1 ? undefined : [text.slice(0, colon), text.slice(colon + 1)];
};

/** Whether a request with this `Authorization` may act for the account named in its path. */
export const isAuthorised = (
  credentials: Credentials,
  header: string | undefined,
  account: string,
): boolean => {
  const basic = readBasic(header);
  if (!basic || account !== credentials.accountSid) return false;
  const [user, password] = basic;
  const { apiKey } = credentials;
  return (
    (user === credentials.accountSid && password === credentials.authToken) ||
    (apiKey !== undefined && user === apiKey.sid && password === apiKey.secret)
  );
};
