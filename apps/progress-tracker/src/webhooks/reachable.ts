import { lookup as lookUp } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';

type Network = readonly [IPv4 | IPv6, number];

/** Where webhooks may lead besides public addresses by https. */
export type ReachRules = {
  readonly allowHttp: boolean;
  /** Networks of the installation's own that may be reached. */
  readonly networks: readonly Network[];
};

/** Reads networks such as `10.20.0.0/16`. Throws, with the text, for what is none. */
export const networksIn = (texts: readonly string[]): readonly Network[] =>
  texts.map((text) => {
    try {
      return ipaddr.parseCIDR(text);
    } catch {
      throw new Error(`${text} is no network: write one as 10.20.0.0/16 or fd12:3456::/32`);
    }
  });

/* Of IPv6 only this is given to the public; what carries an IPv4 address inside it has a range of its own. */
const globalIpv6 = ipaddr.IPv6.parseCIDR('2000::/3');

const isPublic = (address: IPv4 | IPv6): boolean =>
  address.range() === 'unicast' && (address.kind() === 'ipv4' || (address as IPv6).match(globalIpv6));

const isIn = (address: IPv4 | IPv6, [network, bits]: Network): boolean =>
  address.kind() === network.kind() && address.match(network as IPv4 & IPv6, bits);

/** May a webhook be sent to this address, as text? */
export const mayReach = ({ networks }: ReachRules, address: string): boolean => {
  const parsed = ipaddr.process(address);
  return isPublic(parsed) || networks.some((network) => isIn(parsed, network));
};

/** Nothing that a name leads to may be reached. */
export class AddressRefused extends Error {
  constructor(name: string) {
    super(`${name} leads to no address that webhooks may be sent to`);
    this.name = 'AddressRefused';
  }
}

/**
 * Looks a name up and gives only what may be reached. It is what a connection is made with, so that a name cannot lead
 * elsewhere once it was judged. Not asked where the address itself stands in the URL.
 */
export const guardedLookup =
  (rules: ReachRules, resolve: typeof lookUp = lookUp): LookupFunction =>
  (name, options, callback) =>
    resolve(name, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, []);
      const addresses = found.filter(({ address }) => mayReach(rules, address));
      const [first] = addresses;
      if (first === undefined) return callback(new AddressRefused(name), []);
      if (options.all) return callback(null, addresses);
      callback(null, first.address, first.family);
    });

const mostLetters = 2_048;

/* The name as it was written: the URL's own has numbers turned into addresses. */
const writtenHost = (text: string): string =>
  /^[a-z]+:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)/i.exec(text.trim())?.[1]?.toLowerCase() ?? '';

const problemWithHost = (text: string, { hostname }: URL, rules: ReachRules): string | undefined => {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(address);
  if (family === 0) return undefined;
  if (family === 4 && writtenHost(text) !== address) return 'must name its host by a name, not by a number';
  return mayReach(rules, address) ? undefined : 'must not lead to a private address';
};

/** Why no webhook goes to this URL, in words that follow its name; undefined where one may, as far as it shows. */
export const problemWithUrl = (text: string, rules: ReachRules): string | undefined => {
  if (text.length > mostLetters) return `must have ${mostLetters} letters at the most`;
  if (!URL.canParse(text)) return 'must be an address such as https://example.org/hooks';
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(rules.allowHttp && url.protocol === 'http:'))
    return 'must begin with https://';
  if (url.username !== '' || url.password !== '') return 'must have no user and password in it';
  if (url.hash !== '') return 'must have no fragment';
  return problemWithHost(text, url, rules);
};

/** The same, and where its name leads to. A name that is not known now is no problem: it may be tomorrow. */
export const problemWithTarget = async (text: string, rules: ReachRules): Promise<string | undefined> => {
  const problem = problemWithUrl(text, rules);
  if (problem !== undefined) return problem;
  const { hostname } = new URL(text);
  if (isIP(hostname.replace(/^\[(.*)\]$/, '$1')) !== 0) return undefined;
  const refused = await new Promise<boolean>((resolve) =>
    guardedLookup(rules)(hostname, { all: true }, (error) => resolve(error instanceof AddressRefused)),
  );
  return refused ? 'must not lead to a private address' : undefined;
};
