import { filesBelow, read } from '../repository.testkit';

const keys = [...read('libs/sms-copy/src/sentences.ts').matchAll(/^ {2}(\w+): \[/gm)].map(
  ([, key = '']) => key,
);

/* Where sentences are chosen: an event may name one, what a lesson that was cut off is told by; so does a record's page. */
const choosing = ['libs/sms-copy/src', 'libs/contracts/src/events', 'apps/progress-tracker/src/records']
  .flatMap(filesBelow)
  .filter((file) => /\.ts$/.test(file) && !/\.(spec|testkit)\.ts$|\/copy\/|\/sentences\.ts$/.test(file))
  .map(read);

const isSaid = (key: string): boolean => {
  const names = new RegExp(`'${key}'|\\bcopy\\.${key}\\b`);
  return choosing.some((text) => names.test(text));
};

it('the sentences are found in the sources', () => expect(keys.length).toBeGreaterThan(40));

it.each(keys)('the sentence %s is said somewhere', (key) => expect(isSaid(key)).toBe(true));
