import { deadLetterHeaders } from '@stopcovid/kafka';
import type { History, Violation } from './history';

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
