import { deadLetterHeaders } from '@stopcovid/kafka';
import type { History, Violation } from './history';

/** I9 of records from the future: each waits for the release that can read it. That it is no dead letter is checked there. */
export const theFutureWaits = ({ future, held }: History): readonly Violation[] =>
  [...future]
    .filter((place) => !held.has(place))
    .map((place): Violation => ({
      invariant: 'I9',
      detail: `${place} is from the future and does not wait`,
    }));

/** I9: what was put aside is the poison that was put in, and all of it. */
export const deadLettersAreThePoison = ({ deadLetters, poison }: History): readonly Violation[] => {
  const origins = new Map(
    deadLetters.map(({ headers }) => [
      [deadLetterHeaders.topic, deadLetterHeaders.partition, deadLetterHeaders.offset]
        .map((name) => headers[name] ?? '?')
        .join('/'),
      headers[deadLetterHeaders.code] ?? '?',
    ]),
  );
  return [
    ...[...poison]
      .filter((place) => !origins.has(place))
      .map((place): Violation => ({ invariant: 'I9', detail: `the poison at ${place} was not put aside` })),
    ...[...origins]
      .filter(([place]) => !poison.has(place))
      .map(([place, code]): Violation => ({ invariant: 'I9', detail: `${place} was put aside as ${code}` })),
  ];
};
