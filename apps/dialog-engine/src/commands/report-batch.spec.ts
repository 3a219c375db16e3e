import { done, retry, type Outcome } from '@stopcovid/kafka';
import { createRuntime } from '@stopcovid/runtime';
import { ann, recordOf, text } from '../engine.testkit';
import type { Handled } from './decide-phone';
import { reportBatch } from './report-batch';

const reported = async (outcomes: readonly Outcome[], more: Partial<Handled> = {}) => {
  let written = '';
  const config = { LOG_LEVEL: 'info', LOG_FORMAT: 'json' } as const;
  const runtime = createRuntime('spec', config, {
    write: (lines: string) => void (written += lines),
  });
  const commands = outcomes.map((_, index) => text(ann, `c${index}`, 'hi'));
  reportBatch(runtime)({
    records: commands.map((command, index) => recordOf(command, index)),
    commands,
    results: outcomes.map((outcome, index) => ({ index, outcome, events: [], ...more })),
    ms: 12,
  });
  const lines = written.trimEnd().split('\n');
  return { lines: lines.map((line): unknown => JSON.parse(line)), metrics: await runtime.metrics.text() };
};

describe('the report of a slice', () => {
  it('has a line for each command that was settled, with where it came from', async () => {
    const { lines } = await reported([done, done]);
    expect(lines).toMatchObject([
      { topic: 'dialog.commands.v1', partition: 0, offset: '0', commandId: 'c0', outcome: 'done', ms: 12 },
      { offset: '1', commandId: 'c1', outcome: 'done' },
    ]);
  });

  it('has one line for all that wait, and counts each', async () => {
    const { lines, metrics } = await reported([done, retry('Kafka is away'), retry('Kafka is away')]);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatchObject({ level: 'warn', reason: 'Kafka is away', offset: '1' });
    expect(metrics).toMatch(/dialog_commands_total\{type="ReceiveSms",outcome="retry",service="spec"\} 2/);
  });

  it('counts what was decided, by the type of the event', async () => {
    const { metrics } = await reported([done, done], { events: ['DrillStarted', 'DrillCompleted'] });
    expect(metrics).toMatch(/dialog_events_total\{type="DrillStarted",service="spec"\} 2/);
  });

  it('counts the drills that were held back by their reason, and says it', async () => {
    const { metrics, lines } = await reported([done, done], { postponed: 'paused' });
    expect(metrics).toMatch(/drills_postponed_total\{reason="paused",service="spec"\} 2/);
    expect(lines[0]).toMatchObject({ postponed: 'paused' });
  });
});
