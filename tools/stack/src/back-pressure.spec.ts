import 'reflect-metadata';
import { join } from 'node:path';
import { decodeBatch, topics, type EventType } from '@stopcovid/contracts';
import {
  addCode,
  DialogEngineConfig,
  inMemoryRegistrationCodes,
  startInMemoryDialogEngine,
} from '@stopcovid/dialog-engine';
import { InMemoryLog } from '@stopcovid/kafka';
import { createRuntime, freePort, loadConfig, until } from '@stopcovid/runtime';
import { SenderConfig, startInMemorySmsSender, type TextGateway } from '@stopcovid/sms-sender';
import { stackProcesses } from './environment';

const [first, second, third, guest] = [
  '+12025550101',
  '+12025550102',
  '+12025550103',
  '+12025550104',
] as const;
const apiKey = 'a-key-of-the-spec-itself';
const silent = { LOG_LEVEL: 'fatal', LOG_FORMAT: 'json' } as const;

/** A carrier that takes its time with some phones until it is told to go on. */
const slowCarrier = (slow: readonly string[]) => {
  const taken: string[] = [];
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const gateway: TextGateway = {
    send: async ({ to, id }) => {
      if (slow.includes(to)) await gate;
      taken.push(to);
      return { kind: 'accepted', sid: `SM${id}` };
    },
    listSentTo: () => Promise.resolve([]),
  };
  return { gateway, taken, goOn: () => open() };
};

/** What the stack's processes get from their environment, with a limit of two phones and little patience. */
const configurations = async () => {
  const [engine, sender] = [await freePort(), await freePort()];
  const processes = stackProcesses({
    kafkaBrokers: 'in-memory:0',
    mongodbUrl: 'mongodb://in-memory/none',
    ports: { engine, sender, emulator: 1, ingress: 1, tracker: 1 },
    authToken: 'a-token-of-the-spec',
    apiKey,
    root: join(__dirname, '..', '..', '..'),
    pauseMs: 0,
  });
  const envOf = (app: string) => processes.find((process) => process.app === app)?.env ?? {};
  const hasty = { SMS_BACKLOG_LIMIT: '2', SMS_BACKLOG_EVERY_MS: '100', PRESSURE_EVERY_MS: '100' };
  return {
    engine: loadConfig(DialogEngineConfig, { ...envOf('dialog-engine'), ...hasty }),
    sender: loadConfig(SenderConfig, { ...envOf('sms-sender'), ...hasty }),
  };
};

/** The engine and the sender as they run, over a log in memory; the engine asks the sender over HTTP. */
const startBoth = async (gateway: TextGateway) => {
  const config = await configurations();
  const log = new InMemoryLog(4);
  const runtime = createRuntime('sms-sender', silent);
  const sender = await startInMemorySmsSender({ config: config.sender, runtime, log, parts: { gateway } });
  const codes = inMemoryRegistrationCodes();
  await addCode(codes, { code: 'HYGIENE', demo: false, account: {} }, new Date());
  const engine = await startInMemoryDialogEngine({
    config: config.engine,
    runtime: createRuntime('dialog-engine', silent),
    log,
    codes,
  });
  const close = async (): Promise<void> => {
    await engine.close();
    await sender.close();
  };
  return { log, close, engineUrl: engine.url };
};

let commands = 0;
/** Puts a command on its topic, as it travels. */
const give = (log: InMemoryLog, phone: string, fields: object): void => {
  const envelope = { schemaVersion: 1, commandId: `c${(commands += 1)}`, at: new Date().toISOString() };
  log.append(topics.dialogCommands, { key: phone, value: JSON.stringify({ ...envelope, phone, ...fields }) });
};
const start = (log: InMemoryLog, phone: string, reason: string): void =>
  give(log, phone, { type: 'StartDrill', drill: '01-clean-hands', reason });

const eventsOf = (log: InMemoryLog, phone: string): readonly EventType[] =>
  log
    .records(topics.dialogEvents)
    .filter(({ key }) => key === phone)
    .flatMap(({ value }) => {
      const batch = decodeBatch(value ?? '');
      return batch.ok ? batch.value.events.map(({ type }) => type) : [];
    });

describe('the engine beside a sender that cannot keep up', () => {
  it('holds scheduled drills back, on record, until it can, and never what somebody asked for', async () => {
    const { gateway, taken, goOn } = slowCarrier([first, second]);
    const { log, close, engineUrl } = await startBoth(gateway);
    const said = (phone: string): readonly EventType[] => eventsOf(log, phone);
    const engineHears = (pressed: 0 | 1): Promise<true> =>
      until(async () => {
        const metrics = await (await fetch(`${engineUrl}/metrics`)).text();
        return new RegExp(`^sender_pressed\\{[^}]*\\} ${pressed}$`, 'm').test(metrics);
      });
    try {
      await engineHears(0);
      start(log, first, 'scheduled');
      start(log, second, 'scheduled');
      await engineHears(1);
      start(log, third, 'scheduled');
      give(log, guest, { type: 'ReceiveSms', text: 'HYGIENE' });
      start(log, guest, 'registered');
      await until(() => said(third).length > 0 && said(guest).includes('DrillStarted') && taken.length >= 2);
      expect(new Set(taken)).toEqual(new Set([guest]));
      expect([first, second, third].map(said)).toEqual([
        ['DrillStarted'],
        ['DrillStarted'],
        ['DrillPostponed'],
      ]);
      goOn();
      await engineHears(0);
      start(log, third, 'scheduled');
      await until(() => taken.includes(third));
      expect(said(third)).toEqual(['DrillPostponed', 'DrillStarted']);
    } finally {
      goOn();
      await close();
    }
  });
});
