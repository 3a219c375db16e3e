import { ConfigError, Secret, Setting, type ConfigClass } from '@stopcovid/runtime';
import { Matches, ValidateBy } from 'class-validator';

/** What the environment says of a Twilio account, and of who calls on its behalf. */
export type TwilioCredentials = {
  readonly TWILIO_ACCOUNT_SID?: string;
  readonly TWILIO_AUTH_TOKEN?: Secret;
  readonly TWILIO_API_KEY_SID?: string;
  readonly TWILIO_API_KEY_SECRET?: Secret;
  readonly TWILIO_API_URL: URL;
  readonly TWILIO_EDGE?: string;
  readonly TWILIO_REGION?: string;
};

/** Half of a pair is no setting: it would be left out without a word. */
const NeedsBeside = (other: string): PropertyDecorator =>
  ValidateBy({
    name: 'needsBeside',
    validator: {
      validate: (_value, found) => found !== undefined && Reflect.get(found.object, other) !== undefined,
      defaultMessage: () => `needs ${other} beside it: set both or neither`,
    },
  });

type With<T, Needed extends keyof TwilioCredentials> = T &
  TwilioCredentials &
  Required<Pick<TwilioCredentials, Needed>>;

/** A configuration with the settings of Twilio's credentials besides its own; those `needed` must be set. */
export const withTwilio = <T extends object, Needed extends keyof TwilioCredentials>(
  base: ConfigClass<T>,
  needed: readonly Needed[],
): ConfigClass<With<T, Needed>> => {
  const isOptional = (name: keyof TwilioCredentials): boolean => !needed.some((one) => one === name);
  class Configuration extends (base as ConfigClass) implements TwilioCredentials {
    @Setting({
      description: "The Twilio account's sid.",
      example: 'AC00000000000000000000000000000001',
      optional: isOptional('TWILIO_ACCOUNT_SID'),
    })
    @Matches(/^AC[0-9a-zA-Z]{32}$/)
    readonly TWILIO_ACCOUNT_SID?: string;

    @Setting({
      description:
        "The account's auth token. Several joined by commas while it is changed: any of them may sign a webhook, calls are made with the first.",
      example: 'the-present-token,the-next-token',
      optional: isOptional('TWILIO_AUTH_TOKEN'),
    })
    readonly TWILIO_AUTH_TOKEN?: Secret;

    @Setting({
      description: 'An API key to call Twilio with instead of the auth token.',
      example: 'SK00000000000000000000000000000001',
      optional: true,
    })
    @Matches(/^SK[0-9a-zA-Z]{32}$/)
    @NeedsBeside('TWILIO_API_KEY_SECRET')
    readonly TWILIO_API_KEY_SID?: string;

    @Setting({ description: "The API key's secret.", example: 'a-long-secret', optional: true })
    @NeedsBeside('TWILIO_API_KEY_SID')
    readonly TWILIO_API_KEY_SECRET?: Secret;

    @Setting({
      description: "Where Twilio's API is, or an emulator of it.",
      example: 'https://api.twilio.com',
    })
    readonly TWILIO_API_URL: URL = new URL('https://api.twilio.com');

    @Setting({
      description: "The edge by which Twilio is reached, at Twilio's own address alone.",
      example: 'dublin',
      optional: true,
    })
    @Matches(/^[a-z][a-z-]{1,30}$/)
    readonly TWILIO_EDGE?: string;

    @Setting({
      description: "The region that holds the account's data; tokens and keys are a region's own.",
      example: 'ie1',
      optional: true,
    })
    @Matches(/^[a-z]{2}\d$/)
    @NeedsBeside('TWILIO_EDGE')
    readonly TWILIO_REGION?: string;
  }
  return Configuration as ConfigClass<With<T, Needed>>;
};

/** The tokens in their order; an empty one would make everybody's signature good. */
export const tokensOf = (secret: Secret | undefined): readonly string[] =>
  (secret?.reveal() ?? '')
    .split(',')
    .map((token) => token.trim())
    .filter((token) => token !== '');

/** Whose account is called, by whom, and where. */
export type TwilioAccess = {
  readonly accountSid: string;
  /** An API key's sid instead of the account's, where there is one. */
  readonly username: string;
  readonly password: string;
  /** Where the API is, for example https://api.twilio.com or an emulator. */
  readonly apiUrl: URL;
};

const loginOf = (config: TwilioCredentials): Pick<TwilioAccess, 'username' | 'password'> | undefined => {
  const { TWILIO_API_KEY_SID: key, TWILIO_API_KEY_SECRET: secret } = config;
  if (key !== undefined && secret !== undefined) return { username: key, password: secret.reveal() };
  const [token] = tokensOf(config.TWILIO_AUTH_TOKEN);
  const { TWILIO_ACCOUNT_SID: account } = config;
  return token === undefined || account === undefined ? undefined : { username: account, password: token };
};

const isTwilios = ({ hostname }: URL): boolean => hostname === 'api.twilio.com';

/** By the rule of Twilio's own clients: api, edge, region; the region of an edge alone is us1. */
const addressAt = ({
  TWILIO_API_URL: url,
  TWILIO_EDGE: edge,
  TWILIO_REGION: region,
}: TwilioCredentials): URL => {
  if (edge === undefined) return url;
  const there = new URL(url);
  there.hostname = `api.${edge}.${region ?? 'us1'}.twilio.com`;
  return there;
};

/** The account that a configuration describes. Throws a ConfigError with all that is missing for a call. */
export const twilioAccessOf = (config: TwilioCredentials): TwilioAccess => {
  const login = loginOf(config);
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_EDGE: edge, TWILIO_API_URL: url } = config;
  const problems = [
    ...(accountSid === undefined ? ["TWILIO_ACCOUNT_SID is not set: the Twilio account's sid"] : []),
    ...(accountSid !== undefined && login === undefined
      ? ['Set TWILIO_AUTH_TOKEN, or TWILIO_API_KEY_SID and TWILIO_API_KEY_SECRET']
      : []),
    ...(edge !== undefined && !isTwilios(url)
      ? ['TWILIO_EDGE and TWILIO_REGION are for api.twilio.com, but TWILIO_API_URL names another address']
      : []),
  ];
  if (accountSid === undefined || login === undefined || problems.length > 0)
    throw new ConfigError('Twilio', problems);
  return { accountSid, ...login, apiUrl: addressAt(config) };
};
