import { Secret } from '@stopcovid/runtime';
import { ValidateBy } from 'class-validator';
import { networksIn } from './reachable';

const leastLetters = 32;

/** Holds a secret of a configuration to be one that nobody guesses. */
export const IsWebhookKey = ValidateBy({
  name: 'webhookKey',
  validator: {
    validate: (value) => value instanceof Secret && value.reveal().length >= leastLetters,
    defaultMessage: () => `must have ${leastLetters} letters at least: openssl rand -base64 32 makes one`,
  },
});

const areNetworks = (texts: unknown): boolean => {
  try {
    return Array.isArray(texts) && networksIn(texts.map(String)).length === texts.length;
  } catch {
    return false;
  }
};

/** Holds a list of a configuration to be networks. */
export const AreNetworks = ValidateBy({
  name: 'networks',
  validator: {
    validate: areNetworks,
    defaultMessage: () => 'must be networks such as 10.20.0.0/16 or fd12:3456::/32, with commas between',
  },
});
