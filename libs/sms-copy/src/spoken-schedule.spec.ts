import { batchOf, event, rosa } from './texts.testkit';
import { textsFor } from './texts';

const messages = [{ text: '{{deliveryDays}}; {{preferredTime}}; {{timeZone}}' }];

/** What somebody with this profile reads where a prompt in this language tells them their schedule. */
const told = (language: string, profile: object): string | undefined => {
  const prompt = { slug: 'noted', language, position: 3, of: 3, messages };
  return textsFor(batchOf(rosa({ language, ...profile }), event('PromptAdvanced', { prompt })))[0]?.body;
};

const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const workdays = everyDay.slice(0, 5);
const evening = { deliveryDays: ['sun', 'wed'], preferredTime: '19:30', timeZone: 'America/New_York' };

describe('a schedule that is told to a trainee', () => {
  it.each([
    ['en', 'Wednesday and Sunday; 7:30 PM; Eastern Time'],
    ['es', 'miércoles y domingo; 19:30; hora oriental'],
    ['fr', "mercredi et dimanche; 19:30; heure de l'Est nord-américain"],
    ['km', 'ពុធ និងអាទិត្យ; 19:30; ម៉ោងនៅទ្វីបអាមរិកខាងជើងភាគខាងកើត'],
  ])('is in their language: %s', (language, expected) => expect(told(language, evening)).toBe(expected));

  it.each([
    ['en', 'every day; any time; Mountain Standard Time'],
    ['es', 'a diario; a cualquier hora; hora estándar de las Montañas Rocosas'],
    ['fr', 'tous les jours; à toute heure; heure normale des Rocheuses'],
  ])('says all days and any time in words of %s', (language, expected) =>
    expect(
      told(language, { deliveryDays: everyDay, preferredTime: 'any', timeZone: 'America/Phoenix' }),
    ).toBe(expected),
  );

  it.each([
    ['en', 'Monday - Friday'],
    ['es', 'lunes - viernes'],
    ['fr', 'lundi - vendredi'],
    ['km', 'ចន្ទ - សុក្រ'],
  ])('joins days in a row, in %s', (language, expected) =>
    expect(told(language, { deliveryDays: workdays })?.split('; ')[0]).toBe(expected),
  );

  it.each([
    ['00:00', '12:00 AM'],
    ['09:05', '9:05 AM'],
    ['12:00', '12:00 PM'],
    ['23:59', '11:59 PM'],
  ])('has %s as %s in English', (preferredTime, expected) =>
    expect(told('en', { preferredTime })?.split('; ')[1]).toBe(expected),
  );

  it('is as usual where they said nothing', () => {
    expect(told('en', {})).toBe('as usual; as usual; as usual');
    expect(told('km', {})).toBe('ដូចធម្មតា; ដូចធម្មតា; ដូចធម្មតា');
  });

  it.each(['UTC', 'Mars/Olympus', 'EST5EDT-nonsense'])('names the zone %s as it is written', (timeZone) =>
    expect(told('en', { timeZone })?.split('; ')[2]).toBe(timeZone),
  );

  it('is told in a language that has no sentences of ours', () =>
    expect(told('vi', evening)?.split('; ')).toHaveLength(3));
});
