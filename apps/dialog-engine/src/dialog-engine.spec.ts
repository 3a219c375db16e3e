import 'reflect-metadata';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeCommand, topics, type DialogCommand } from '@stopcovid/contracts';
import { isReadyToHearStop } from '@stopcovid/dialog-core';
import { InMemoryLog } from '@stopcovid/kafka';
import { createRuntime, until } from '@stopcovid/runtime';
import { DialogEngineConfig } from './config';
import { ann, batchesOf, drillsFolder, start, text } from './engine.testkit';
import { inMemoryRegistrationCodes } from './registration/registration-codes';
import { startInMemoryDialogEngine } from './start';

const started = async () => {
  const folder = await drillsFolder();
  const log = new InMemoryLog(4);
  const lines: string[] = [];
  const config = {
    ...new DialogEngineConfig(),
    PORT: 0,
    HOST: '127.0.0.1',
    DRILLS_DIR: folder,
    DRILLS_EVERY_MS: 20,
  };
  const runtime = createRuntime('dialog-engine', config, { write: (line: string) => void lines.push(line) });
  const codes = inMemoryRegistrationCodes([
    { code: 'CLEAN1', demo: false, account: {}, createdAt: new Date(0) },
  ]);
  return {
    folder,
    log,
    lines,
    runtime,
    start: () => startInMemoryDialogEngine({ config, runtime, log, codes }),
  };
};

const say = (log: InMemoryLog, command: DialogCommand): void =>
  void log.append(topics.dialogCommands, { key: command.phone, value: encodeCommand(command) });

const eventsOf = (log: InMemoryLog) =>
  batchesOf(
    log.records(topics.dialogEvents).flatMap(({ key, value }) => (key === null ? [] : [{ key, value }])),
    ann,
  ).flatMap(({ events }) => events);

describe('the dialog engine in memory', () => {
  it('is ready to hear a request to stop before the first text', async () => {
    const { lines, start: run } = await started();
    const engine = await run();
    const [made, listens] = ['requests to stop can be heard', 'listening'].map((said) =>
      lines.findIndex((line) => line.includes(said)),
    );
    expect(isReadyToHearStop()).toBe(true);
    expect(made).toBeGreaterThanOrEqual(0);
    expect(made).toBeLessThan(listens ?? 0);
    await engine.close();
  });

  it('answers commands, and its log names neither the phone nor what was said', async () => {
    const { log, lines, start: run } = await started();
    const engine = await run();
    say(log, text(ann, 'c1', 'clean1'));
    say(log, text(ann, 'c2', 'my secret'));
    await log.drained();
    await engine.close();
    expect(eventsOf(log)[0]).toMatchObject({ type: 'TraineeRegistered' });
    const handled = lines
      .flatMap((written) => written.split('\n'))
      .filter((line) => line.includes('command handled'));
    expect(handled).toHaveLength(2);
    expect(handled[0]).toContain('"outcome":"done"');
    expect(lines.join()).not.toContain(ann);
    expect(lines.join()).not.toContain('secret');
  });

  it('counts what waits from its start on', async () => {
    const { runtime, start: run } = await started();
    const engine = await run();
    await until(async () => (await runtime.metrics.text()).includes('dialog_held_phones{reason="future"'));
    await engine.close();
  });

  it('refuses to start over drills that cannot be used, and says everything that is wrong', async () => {
    const { folder, start: run } = await started();
    await writeFile(join(folder, 'hands.json'), '{"slug": "hands", "langages": []}');
    await rm(join(folder, 'course.json'));
    await expect(run()).rejects.toThrow(/course\.yaml[\s\S]*hands\.json|hands\.json[\s\S]*course\.yaml/);
  });

  it('serves the old drills while an edit cannot be used', async () => {
    const { folder, log, lines, start: run } = await started();
    const engine = await run();
    await writeFile(join(folder, 'hands.json'), '{ broken');
    await until(() => lines.some((line) => line.includes('the old ones serve on')));
    say(log, text(ann, 'c1', 'clean1'));
    say(log, start(ann, 'c2'));
    await log.drained();
    await engine.close();
    expect(eventsOf(log).map(({ type }) => type)).toEqual(['TraineeRegistered', 'DrillStarted']);
  });

  it('starts new runs with the drills as they are now, and ends a running one with the drill as it was', async () => {
    const { folder, log, lines, start: run } = await started();
    const engine = await run();
    say(log, text(ann, 'c1', 'clean1'));
    say(log, start(ann, 'c2'));
    await log.drained();
    const drill = await readFile(join(folder, 'hands.json'), 'utf8');
    await writeFile(join(folder, 'hands.json'), drill.replace('"key":"b"', '"key":"a"'));
    await until(() => lines.some((line) => line.includes('the drills have changed')));
    say(log, text(ann, 'c3', 'b'));
    say(log, start(ann, 'c4'));
    say(log, text(ann, 'c5', 'a'));
    await log.drained();
    await engine.close();
    const revisions = eventsOf(log).flatMap((event) =>
      event.type === 'DrillStarted' ? [event.revision] : [],
    );
    expect(new Set(revisions).size).toBe(2);
    expect(eventsOf(log).filter(({ type }) => type === 'DrillCompleted')).toHaveLength(2);
    expect(eventsOf(log).filter(({ type }) => type === 'PromptFailed')).toEqual([]);
  });
});
