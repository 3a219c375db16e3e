import { commandIdSchema, phoneSchema } from '@stopcovid/contracts';
import { initialState } from '@stopcovid/dialog-core';
import { mongoDialogStore, mongoHeldCommands } from '@stopcovid/dialog-engine';
import { connectMongo } from '@stopcovid/mongo';
import { mongoWaitingPhones } from '@stopcovid/projections';
import { commandLine, kafkaForSpecs } from './servers.testkit';

jest.setTimeout(60_000);

const phone = phoneSchema.parse('+12025550143');
const other = phoneSchema.parse('+12025550144');
const commandId = commandIdSchema.parse('SM1');

it('a phone is shown as each service sees it: state, what waits, what is held, and nothing personal', async () => {
  const cli = await commandLine(kafkaForSpecs());
  const quiet = { info: () => undefined, warn: () => undefined };
  const mongo = await connectMongo({ url: cli.url, appName: 'spec', logger: quiet });
  const profile = { ...initialState().trainee.profile, name: 'Rosa' };
  const state = { ...initialState(), trainee: { ...initialState().trainee, profile } };
  const entry = { commandId, batch: '{}', partition: 3, offset: '17' };
  const dialogs = mongoDialogStore(mongo);
  await dialogs.commit([
    { expected: 0, dialog: { phone, version: 4, state, outbox: [entry], recentCommandIds: [] } },
  ]);
  const hold = (await dialogs.hold([phone])).get(phone) ?? '';
  const held = { hold, phone, commandId: 'SM2', partition: 3, offset: '18', value: '{}' };
  await mongoHeldCommands(mongo).keep([held]);
  const waits = {
    partition: 3,
    after: 3,
    readFrom: '16',
    because: 'gap',
    reason: 'version 4 is missing',
  } as const;
  const sender = await mongoWaitingPhones(mongo, 'sender_waiting_phones', () => undefined);
  await sender.keep([{ phone, ...waits, since: new Date() }]);

  const shown = await cli.dialog('show', phone, '--dead-letters');
  expect(shown).toMatchObject({ exit: 0 });
  expect(JSON.parse(shown.out.join('\n'))).toMatchObject({
    phone,
    dialog: { version: 4, unpublished: 1, held: [{ commandId: 'SM2', partition: 3, offset: '18' }] },
    progress: null,
    sender: null,
    waits: { sender: waits },
    deadLetters: expect.any(Array),
  });
  expect(shown.out.join('\n')).not.toContain('Rosa');
  const full = await cli.dialog('show', phone, '--full');
  expect(full.out.join('\n')).toContain('Rosa');
  await expect(cli.dialog('show', other)).resolves.toMatchObject({ exit: 1 });

  await mongo.dropDatabase();
  await mongo.close();
});
