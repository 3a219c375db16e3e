import { asksToStop } from './free-opt-out';
import { soundsLikeStop } from './hearing/sounds-like-stop';

const msOf = (work: () => void): number => {
  const from = performance.now();
  work();
  return performance.now() - from;
};

const fastest = (times: number, work: () => void): number =>
  Math.min(...Array.from({ length: times }, () => msOf(work)));

/** As many words as are read, none of them one of ours and each near to some. */
const nearWords = ['mandarmos', 'escribinos', 'recibinlos', 'contactand', 'desarrollo', 'desaboner'];

it.each([
  [
    'of words that are nearly ours',
    `dont ${Array.from({ length: 79 }, (_, at) => `${nearWords[at % 6] ?? ''}${at}`).join(' ')}`,
  ],
  ['of one slip', `no ${'mensajx '.repeat(79)}`],
  ['of requests that never end', 'i dont want no my '.repeat(16)],
  ['of one word again and again', 'stop '.repeat(320)],
  ['of Khmer', 'ឈប់ផ្ញ'.repeat(260)],
  ['of one letter', 'a'.repeat(1600)],
])('a text %s is heard within a millisecond', (_kind, text) => {
  expect(fastest(150, () => void asksToStop(text.slice(0, 1600)))).toBeLessThan(1);
});

it.each([160, 390, 1600])(
  'a text of %i units of words that are nearly ours is weighed within a millisecond',
  (units) => {
    const text = `dont ${'mandarmos escribinos recibinlos desarrollo '.repeat(40)}`.slice(0, units);
    expect(fastest(150, () => void soundsLikeStop(text))).toBeLessThan(1);
  },
);
