import type { Phone } from '@stopcovid/contracts';
import { countriesOf, prefixOf } from './countries';
import type { TimeZone } from './names';
import { remember } from './remember';
import { zonesOfCountry } from './temporal';

/**
 * Where somebody is, as far as time goes: one zone, or all in which they may be. Dates are those of the first. The
 * name tells places apart and has no blank.
 */
export type Place = { readonly name: string; readonly zones: readonly [TimeZone, ...TimeZone[]] };

export const placeIn = (zone: TimeZone): Place => ({ name: zone, zones: [zone] });

const ofPrefix = remember<{ readonly place: Place | null }>(1_000, (prefix) => {
  const [first, ...others] = countriesOf(prefix).flatMap(zonesOfCountry);
  return { place: first === undefined ? null : { name: `+${prefix}`, zones: [first, ...others] } };
});

/**
 * All zones of the countries that a number may be from, for somebody of whom nothing else is known. What is inside the
 * window in all of them is the safe window. `null` where the number tells no country.
 */
export const placeOfNumber = (phone: Phone): Place | null => {
  const prefix = prefixOf(phone);
  return prefix === undefined ? null : ofPrefix(prefix).place;
};
