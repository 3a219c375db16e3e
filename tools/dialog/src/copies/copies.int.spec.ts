import { appendFile, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { topicWriter, type CopiedRecord, type KafkaConnection } from '@stopcovid/kafka';
import { commandLine, kafkaForSpecs, recordsOf, topicForSpecs } from '../servers.testkit';

jest.setTimeout(90_000);

const record = (n: number, value: Buffer | null = Buffer.from(`text ${n}`)): CopiedRecord => ({
  key: n % 2 === 0 ? `+120255501${n}` : null,
  value,
  headers: { trace: `a\u2028${n}` },
  timestamp: 1_700_000_000_000 + n,
});

const write = async (kafka: KafkaConnection, topic: string, perPartition: readonly CopiedRecord[][]) => {
  const writer = topicWriter(kafka);
  for (const [partition, records] of perPartition.entries()) await writer.append(topic, partition, records);
  await writer.close();
};

/** Without the name of the topic, which is another one after an import. */
const contentOf = async (kafka: KafkaConnection, topic: string) =>
  (await recordsOf(kafka, topic))
    .map(({ topic: _topic, value, ...rest }) => ({ ...rest, value: value?.toString('base64') ?? null }))
    .sort((a, b) => a.partition - b.partition || Number(a.offset) - Number(b.offset));

const manifestIn = async (folder: string) =>
  JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));

/** The same copy, as of a topic of another name. */
const renamed = async (folder: string, from: string, to: string): Promise<void> => {
  const path = join(folder, 'manifest.json');
  const manifest = await manifestIn(folder);
  manifest.topics = { [to]: manifest.topics[from] };
  for (const segment of manifest.segments) segment.topic = to;
  await writeFile(path, JSON.stringify(manifest));
};

describe('topics as JSON Lines', () => {
  const kafka = kafkaForSpecs();
  const first = [
    [record(0), record(1, Buffer.from([0xff, 0x00, 0x0a])), record(2, Buffer.from('one\u2028two\r\nthree'))],
    [record(4, null)],
  ];
  const copied = async () => {
    const topic = await topicForSpecs(kafka, 3);
    const folder = await mkdtemp(join(tmpdir(), 'copies-'));
    const { dialog } = await commandLine(kafka);
    const exporting = () => dialog('events', 'export', '--topic', topic, '--out', folder);
    await write(kafka, topic, first);
    expect(await exporting()).toMatchObject({ exit: 0, out: [expect.stringContaining('4 new records')] });
    return { topic, folder, dialog, exporting };
  };
  const emptyTopic = (partitions = 3) => topicForSpecs(kafka, partitions);

  it('come back as they were, partition by partition, whatever was written', async () => {
    const { topic, folder, dialog, exporting } = await copied();
    await write(kafka, topic, [[record(6)], [], [record(8), record(10)]]);
    expect(await exporting()).toMatchObject({ exit: 0, out: [expect.stringContaining('3 new records')] });
    expect(await exporting()).toMatchObject({ exit: 0, out: [expect.stringContaining('0 new records')] });
    const target = await emptyTopic();
    await renamed(folder, topic, target);
    expect(await dialog('events', 'import', folder, '--yes')).toMatchObject({
      exit: 0,
      out: [`${target}: 7 records written`],
    });
    expect(await contentOf(kafka, target)).toEqual(await contentOf(kafka, topic));
  });

  it('go on where an import broke off, and into nothing that is another topic', async () => {
    const { topic, folder, dialog } = await copied();
    const target = await emptyTopic();
    await renamed(folder, topic, target);
    await write(kafka, target, [first[0]!.slice(0, 2)]);
    const refused = await dialog('events', 'import', folder, '--yes');
    expect(refused).toMatchObject({
      exit: 2,
      err: [expect.anything(), expect.stringContaining('is not empty')],
    });
    expect(await dialog('events', 'import', folder, '--yes', '--append-missing')).toMatchObject({
      exit: 0,
      out: [`${target}: 2 records written, 2 were there`],
    });
    expect(await contentOf(kafka, target)).toEqual(await contentOf(kafka, topic));
    await write(kafka, target, [[record(99)]]);
    const ahead = await dialog('events', 'import', folder, '--yes', '--append-missing');
    expect(ahead.err.join('\n')).toContain('has another record at 3 than the copy');
    const narrow = await emptyTopic(2);
    await renamed(folder, target, narrow);
    const unfit = await dialog('events', 'import', folder, '--yes');
    expect(unfit.err.join('\n')).toContain('dialog topics create --partitions 3');
  });

  it.each([
    ['cut short', (path: string) => readFile(path).then((all) => writeFile(path, all.subarray(0, -5)))],
    ['longer', (path: string) => appendFile(path, '{"offset":"9"}\n')],
    [
      'changed',
      (path: string) => readFile(path, 'utf8').then((all) => writeFile(path, all.replace('text', 'tax '))),
    ],
  ])('write nothing of a copy of which a file is %s', async (_how, spoil) => {
    const { topic, folder, dialog } = await copied();
    const target = await emptyTopic();
    const [segment] = (await manifestIn(folder)).segments;
    await renamed(folder, topic, target);
    await spoil(join(folder, segment.file));
    expect(await dialog('events', 'import', folder, '--yes')).toMatchObject({
      exit: 2,
      err: [expect.anything(), expect.stringContaining(`${segment.file} is not what the manifest says`)],
    });
    expect(await recordsOf(kafka, target)).toEqual([]);
  });

  it('take no half of a run that broke off, and no other topic for the same', async () => {
    const { topic, folder, exporting } = await copied();
    await writeFile(join(folder, topic, `0000-${'3'.padStart(19, '0')}.jsonl.part`), '{"offset":"3","ti');
    await write(kafka, topic, [[record(6)]]);
    expect(await exporting()).toMatchObject({ exit: 0, out: [expect.stringContaining('1 new records')] });
    expect((await readdir(join(folder, topic))).filter((name) => name.endsWith('.part'))).toEqual([]);
    const other = await topicForSpecs(kafka, 3);
    await renamed(folder, topic, other);
    const refused = await (
      await commandLine(kafka)
    ).dialog('events', 'export', '--topic', other, '--out', folder);
    expect(refused).toMatchObject({ exit: 2 });
    expect(refused.err.join('\n')).toContain('the topic was made anew');
  });
});
