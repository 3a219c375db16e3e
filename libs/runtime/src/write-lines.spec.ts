import { createLogger } from './logger';
import { writeLines, type FlatEntry } from './write-lines';

const entries: readonly FlatEntry[] = [
  { offset: '7', phone: '+12025550143', ms: 12, events: ['DrillStarted', 'A "b"\n'], reason: undefined },
  { key: '+12025550143', text: 'my secret', value: 'my secret', events: [] },
];

const written = (format: 'json' | 'pretty', level: 'info' | 'warn' = 'info') => {
  const made = (write: (logger: ReturnType<typeof createLogger>) => void) => {
    let text = '';
    const destination = { write: (line: string): void => void (text += line) };
    write(createLogger('spec', { format, level, destination }).child({ part: 'engine' }));
    return text.replaceAll(/\d\d:\d\d:\d\d\.\d{3}/g, 'TIME');
  };
  return {
    oneByOne: made((logger) => {
      for (const entry of entries) logger.info(entry, 'command handled');
    }),
    atOnce: made((logger) => writeLines(logger, entries, 'command handled')),
  };
};

describe('lines that are written at once', () => {
  it.each(['json', 'pretty'] as const)('are those that the logger writes one by one, as %s', (format) => {
    const { oneByOne, atOnce } = written(format);
    expect(atOnce).toBe(oneByOne);
    expect(atOnce.split('\n')).toHaveLength(3);
    expect(atOnce).not.toMatch(/2025550143|my secret/);
  });

  it('are not written below the level of the logger', () => expect(written('json', 'warn').atOnce).toBe(''));
});
