import { randomBytes, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { topics } from '@stopcovid/contracts';
import { createTopics, kafkaPublisher } from '@stopcovid/kafka';
import { traceIdOf } from '@stopcovid/runtime';
import { commandLine, kafkaForSpecs } from '../servers.testkit';

jest.setTimeout(90_000);

const phone = `+1204${randomInt(1_000_000, 9_999_999)}`;
const sidOf = (): string => `SM${randomBytes(16).toString('hex')}`;
const examples = join(__dirname, '../../../../libs/contracts/examples');
const message = (name: string, changes: object) => {
  const fields = JSON.parse(readFileSync(join(examples, `${name}.json`), 'utf8')) as object;
  return { key: phone, value: JSON.stringify({ ...fields, phone, ...changes }) };
};

it('one text is told of from its arrival to its last status, by any of its ids, and its phone stays hidden', async () => {
  const kafka = kafkaForSpecs();
  const plans = [topics.dialogCommands, topics.dialogEvents, topics.smsLog];
  const missing = plans.map((topic) => ({ topic, partitions: 3, retentionMs: -1 }));
  await createTopics(kafka, missing).catch(() => undefined);
  const [arrived, sent, messageId] = [sidOf(), sidOf(), randomBytes(16).toString('hex')];
  const at = new Date().toISOString();
  const publisher = kafkaPublisher(kafka);
  await publisher.publish(topics.smsLog, [message('SmsReceived', { sid: arrived, at })]);
  await publisher.publish(topics.dialogCommands, [message('ReceiveSms', { commandId: arrived, at })]);
  await publisher.publish(topics.dialogEvents, [
    message('batch-registered', { commandId: arrived, version: 1, at }),
  ]);
  await publisher.publish(topics.smsLog, [
    message('SmsSent', { sid: sent, messageId, at }),
    message('SmsStatusChanged', { sid: sent, messageId, status: 'delivered', at }),
  ]);
  await publisher.close();

  const cli = await commandLine(kafka);
  const told = await cli.dialog('trace', arrived, '--hours', '1');
  expect(told).toMatchObject({ exit: 0 });
  expect(told.out[0]).toContain(`trace ${traceIdOf(arrived)}`);
  const story = told.out.join('\n');
  const inOrder = ['arrived as', 'command ReceiveSms', 'decided: batch 1', 'event TraineeRegistered'];
  const places = inOrder.map((words) => story.indexOf(words));
  expect(places).toEqual(places.toSorted((one, other) => one - other));
  expect(places).not.toContain(-1);
  expect(story).toContain(`text ${messageId} taken as ${sent} (its, by time)`);
  expect(story).toContain(`text ${messageId} delivered`);
  expect(story).toContain('sms-sender has not reached it: 0 of 1');
  expect(story).toMatch(/\+\d+ ms/);
  expect(story).not.toContain(phone.slice(1));

  for (const id of [messageId, sent])
    await expect(cli.dialog('trace', id, '--hours', '1')).resolves.toMatchObject({ exit: 0, out: told.out });
  expect((await cli.dialog('trace', arrived, '--hours', '1', '--full')).out[0]).toContain(phone);
  await expect(cli.dialog('trace', sidOf(), '--hours', '1')).resolves.toMatchObject({
    exit: 1,
    err: expect.arrayContaining([expect.stringContaining('nothing is known of SM')]),
  });
});
