import { decodeCommand, topics } from '@stopcovid/contracts';
import { createTopics } from '@stopcovid/kafka';
import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { commandLine, kafkaForSpecs, recordsOf } from './servers.testkit';
import { someonesPhone } from './repair.testkit';

jest.setTimeout(90_000);

describe('dialog erase', () => {
  const kafka = kafkaForSpecs();
  beforeAll(async () => {
    await createTopics(kafka, [{ topic: topics.dialogCommands, partitions: 3, retentionMs: -1 }]);
  });
  const desk = async () => {
    const phone = someonesPhone();
    const line = await commandLine(kafka);
    const mongo = await connectMongo({ ...testDatabase(), url: line.url });
    const insert = (collection: string, document: { readonly _id: string }) =>
      mongo.collection<{ readonly _id: string }>(collection).insertOne({ ...document });
    await insert('outboxes', { _id: phone });
    const messages = [1, 2].map((n) => ({ _id: `m${n}`, phone, body: 'words of theirs' }));
    for (const message of messages) await insert('messages', message);
    await mongo.close();
    const asked = async () =>
      (await recordsOf(kafka, topics.dialogCommands))
        .filter(({ key }) => key === phone)
        .map(({ value }) => decodeCommand(value ?? ''));
    return { phone, ...line, askedFor: asked };
  };

  it('says what is there, and asks for nothing in a dry run or without a yes', async () => {
    const { phone, dialog, asked, askedFor } = await desk();
    const looked = await dialog('erase', phone, '--dry-run');
    expect(looked).toMatchObject({ exit: 0 });
    const out = looked.out.join('\n');
    expect(out).toMatch(/outboxes +1\b/);
    expect(out).toMatch(/messages +2\b/);
    expect(out).not.toContain('words of theirs');
    expect(looked.out.at(-1)).toBe('EraseTrainee would be published');
    expect(await asked('n', 'erase', phone)).toMatchObject({ exit: 1 });
    expect(await askedFor()).toEqual([]);
  });

  it('asks the engine once under one key, on record with who asked', async () => {
    const { phone, dialog, askedFor } = await desk();
    const [first, again] = [
      await dialog('erase', phone, '--yes', '--key', phone),
      await dialog('erase', phone, '--yes', '--key', phone),
    ];
    expect(first).toMatchObject({ exit: 0 });
    const commandId = first.out.at(-1);
    expect(again.out.at(-1)).toBe(commandId);
    const given = await askedFor();
    expect(given[0]).toMatchObject({ ok: true, value: { type: 'EraseTrainee', phone, commandId } });
    const told = await dialog('command', commandId ?? '');
    expect(told.out.join('\n')).toMatch(/EraseTrainee for .*: accepted/);
  });

  it('says of a phone that nobody had that there is nothing', async () => {
    const { dialog } = await desk();
    const { exit, out } = await dialog('erase', someonesPhone(), '--dry-run');
    expect([exit, ...out]).toEqual([0, 'nothing is known of this phone', 'EraseTrainee would be published']);
  });
});
