import { filesBelow, read } from '../repository.testkit';

/** Words that we do not say of one thing, and are right of another. Each other word of the column is looked for. */
const rightElsewhere: Readonly<Record<string, string>> = {
  user: 'who logs in at Kafka, MongoDB or HTTP',
  contact: 'what people say when they ask us to stop',
  blast: 'what people call our texts when they ask us to stop',
  notification: 'what people and carriers’ machines say',
  address: 'of a server, a page, or a channel as the carrier writes it',
  message: 'a record, an operator’s text, the carrier’s word',
  lesson: 'what trainees read',
  flow: 'of data',
  module: 'Nest’s, JavaScript’s',
  question: 'a prompt that is one',
  node: 'Node.js, and a process of a simulated run',
  'answer choice': 'two filler words of a list in the grader',
  campaign: 'a batch of simulated runs',
  version: 'of a phone’s history, of software',
  instance: 'of a class',
  session: 'Kafka’s',
  try: 'JavaScript’s, and to try again',
  request: 'HTTP’s',
  transaction: 'the database’s',
  sequence: 'an order in general',
  invite: 'what our sentences do',
  profile: 'what the trainee told us',
  account: 'what a registration says; Twilio’s',
  unsubscribe: 'a keyword',
  stop: 'a keyword, and what processes do',
  part: 'of anything',
  skipped: 'what is left out for good',
  delayed: 'of the carrier’s own queue',
  sync: 'of the file system',
  result: 'of a computation',
  provider: 'Nest’s, identity’s',
  gateway: 'HTTP’s 502',
  tick: 'of a clock',
  fire: 'of an alarm',
  job: 'an answer that drills store',
  'next run': 'of a drill, of a command',
  offset: 'Kafka’s',
  utc: 'of times on the wire',
  holiday: 'what a calendar knows',
  jitter: 'of retries',
  delay: 'of a wait in a program',
  drop: 'of what is not kept',
  retry: 'of a record',
  mute: 'of an alarm',
  suspend: 'Twilio’s, of an account',
  push: 'of a list',
  rrule: 'the standard’s name, where we say why we do not use it',
  'dry run': 'of a command that changes nothing',
  cron: 'of the machines that start programs',
  suspended: 'Twilio’s word for an account',
};

const column = (): readonly string[] =>
  [...read('docs/language.md').matchAll(/^\| \*\*.*\| ([^|]+) \|$/gm)].flatMap(([, words = '']) =>
    words
      .replace(/\([^)]*\)/g, '')
      .split(',')
      .map((word) => word.trim().toLowerCase())
      .filter((word) => word !== ''),
  );

const files = ['apps', 'libs', 'tools', 'docs']
  .flatMap(filesBelow)
  .filter(
    (file) => /\.(ts|md)$/.test(file) && file !== 'docs/language.md' && !file.endsWith('language.spec.ts'),
  );

const strays = (word: string): readonly string[] => {
  const pattern = new RegExp(`(?<![A-Za-z])${word}s?(?![a-z])`, 'i');
  return files.filter((file) => pattern.test(read(file)));
};

const words = [...new Set(column())];

it('the language has words that we do not say', () => expect(words.length).toBeGreaterThan(40));

it.each(words.filter((word) => !Object.hasOwn(rightElsewhere, word)))('nobody says %s', (word) =>
  expect(strays(word)).toEqual([]),
);

it('a word is called right elsewhere only while the language has it', () =>
  expect(Object.keys(rightElsewhere).filter((word) => !words.includes(word))).toEqual([]));
