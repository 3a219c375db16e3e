import { HoldingWatch } from './holding-watch';

describe('whoever remembers something of its partitions', () => {
  it('is told what came and went, whatever order they are named in', () => {
    const watch = new HoldingWatch();
    const looks = [[], [1, 0], [0, 1], [0], [0, 2]].map((partitions) => watch.look({ partitions, joins: 0 }));
    expect(looks).toEqual(['anew', 'others', 'same', 'others', 'others']);
  });

  it('is told of the same partitions that were given again since', () => {
    const watch = new HoldingWatch();
    const looks = [1, 1, 2, 2, 4].map((joins) => watch.look({ partitions: [0], joins }));
    expect(looks).toEqual(['anew', 'same', 'anew', 'same', 'anew']);
  });
});
