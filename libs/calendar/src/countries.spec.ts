import { callingPrefixes, countriesOf } from './countries';
import { zonesOfCountry } from './temporal';
import { parseZone } from './zones';

it.each(callingPrefixes)('+%s is the prefix of countries whose zones are known', (prefix) => {
  expect(countriesOf(prefix).length).toBeGreaterThan(0);
  for (const country of countriesOf(prefix)) {
    expect(zonesOfCountry(country).length).toBeGreaterThan(0);
    expect(zonesOfCountry(country).filter((name) => !parseZone(name).ok)).toEqual([]);
  }
});
