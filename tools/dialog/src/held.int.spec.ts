import { phoneSchema, topics } from '@stopcovid/contracts';
import { mongoDialogStore, mongoHeldCommands } from '@stopcovid/dialog-engine';
import { createTopics } from '@stopcovid/kafka';
import { connectMongo } from '@stopcovid/mongo';
import { commandLine, kafkaForSpecs, recordsOf } from './servers.testkit';

jest.setTimeout(90_000);

it('held commands are listed by phone, handed over again, and given up into the dead letters', async () => {
  const kafka = kafkaForSpecs();
  const dead = `${topics.dialogCommands}.dead`;
  const plans = [topics.dialogCommands, dead].map((topic) => ({ topic, partitions: 3, retentionMs: -1 }));
  await createTopics(kafka, plans).catch(() => undefined);
  const cli = await commandLine(kafka);
  const quiet = { info: () => undefined, warn: () => undefined };
  const mongo = await connectMongo({ url: cli.url, appName: 'spec', logger: quiet });
  await expect(cli.dialog('held', 'list')).resolves.toMatchObject({ exit: 0, out: [] });

  const digits = String(Math.floor(Math.random() * 1e7)).padStart(7, '0');
  const phone = phoneSchema.parse(`+1202${digits}`);
  const hold = (await mongoDialogStore(mongo).hold([phone])).get(phone) ?? '';
  const first = { hold, phone, commandId: 'c1', partition: 0, offset: '17', value: `{"first":"${digits}"}` };
  await mongoHeldCommands(mongo).keep([first, { ...first, commandId: 'c2', offset: '18' }]);
  const spoilt = { _id: `${hold} c3`, hold, phone: String(phone), partition: 0, offset: '19' };
  await mongo.collection<typeof spoilt>('held_commands').insertOne(spoilt);

  const listed = await cli.dialog('held', 'list', '--json');
  expect(listed.exit).toBe(1);
  expect(JSON.parse(listed.out[0] ?? '')).toMatchObject({
    reason: expect.stringContaining('value: invalid_type'),
    commands: '3',
    since: expect.stringMatching(/^20/),
    first: 'c3',
  });
  expect(listed.out.join()).not.toContain(phone);

  await expect(cli.asked('n', 'held', 'give-up', phone, '--command', 'c3')).resolves.toMatchObject({
    exit: 1,
  });
  await expect(
    cli.withEnvironment({ DIALOG_ENVIRONMENT: 'other' }, 'held', 'retry', phone, '--yes'),
  ).resolves.toMatchObject({ exit: 2 });
  await expect(cli.dialog('held', 'give-up', phone, '--command', 'c9', '--yes')).resolves.toMatchObject({
    exit: 1,
  });
  await expect(cli.dialog('held', 'give-up', phone, '--command', 'c3', '--yes')).resolves.toMatchObject({
    exit: 0,
  });
  const letters = (await recordsOf(kafka, dead)).filter(({ key }) => key === phone);
  expect(letters.map(({ headers }) => headers['dead-letter-code'])).toEqual(['GIVEN_UP']);
  expect((await mongoHeldCommands(mongo).under([hold])).unreadable.size).toBe(0);

  await expect(cli.dialog('held', 'retry', phone, '--yes')).resolves.toMatchObject({ exit: 0 });
  const again = (await recordsOf(kafka, topics.dialogCommands)).filter(({ key }) => key === phone);
  expect(again.map(({ value }) => String(value))).toEqual([first.value]);

  await mongo.dropDatabase();
  await mongo.close();
});
