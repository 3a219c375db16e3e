import { CommanderError } from 'commander';
import { benchProgram } from './command-line';
import { sized } from './pipeline/options';

/** What a benchmark would be run with; nothing is measured. */
const read = (...args: readonly string[]): unknown => {
  const found: unknown[] = [];
  const program = benchProgram();
  for (const command of program.commands)
    command
      .configureOutput({ writeErr: () => undefined })
      .action((options: object) => void found.push({ benchmark: command.name(), ...options }));
  program.parse(args, { from: 'user' });
  return found[0];
};

describe('the command line of the benchmarks', () => {
  it('measures the pure heart when nothing is named', () => {
    expect(read()).toEqual({ benchmark: 'all' });
    expect(read('--json')).toEqual({ benchmark: 'all', json: true });
    expect(read('grading', '--drills', 'other')).toEqual({ benchmark: 'grading', drills: 'other' });
  });

  it('measures everything at full size unless told otherwise', () => {
    expect(read('sweep')).toMatchObject({ texts: 360_000, phones: 20_000, pageMs: 0 });
    expect(read('ingress')).toMatchObject({
      rounds: 3,
      only: ['throughput', 'latency', 'trickle', 'memory'],
    });
    expect(read('sender')).toMatchObject({
      phones: 10_000,
      perSecond: 500,
      only: ['rate', 'pace', 'memory'],
    });
    expect(read('schedule')).toMatchObject({
      trainees: 20_000,
      rows: 10_000,
      only: ['planning', 'due', 'lateness', 'spread', 'import'],
    });
    expect(read('restore')).toEqual({ benchmark: 'restore', dialogs: 100_000, batches: 4 });
    expect(read('figures')).toMatchObject({
      runs: 100_000,
      only: ['questions', 'service', 'freshness', 'cost'],
    });
    expect(read('day')).toMatchObject({ trainees: 1_000, replicas: 1, crowd: 'usual', json: false });
    expect(sized(read('pipeline') as never)).toMatchObject({
      trainees: 20_000,
      commands: 20_000,
      memoryCommands: 300_000,
      rounds: 5,
      only: ['throughput', 'latency', 'growth', 'history', 'memory'],
      quick: false,
    });
  });

  it('takes fewer parts and other sizes', () => {
    expect(read('sender', '--only', 'pace', '--only', 'rate', '--pause', '5')).toMatchObject({
      only: ['pace', 'rate'],
      pause: 5,
    });
    expect(sized(read('pipeline', '--commands', '5000000', '--quick') as never)).toMatchObject({
      commands: 5_000_000,
      memoryCommands: 5_000_000,
      rounds: 1,
    });
  });

  it.each([
    'beauty',
    'sweep --texts 0',
    'sweep --phones 100000',
    'sweep --texts many',
    'sweep --speed 1',
    'schedule --trainees 0',
    'schedule --only luck',
    'figures --runs 2000000',
    'ingress --only everything',
    'pipeline all',
    'day --crowd rude',
    'day --replicas 0',
  ])('refuses %s', (line) => {
    expect(() => read(...line.split(' '))).toThrow(CommanderError);
  });
});
