import { kafkaPublisher } from '@stopcovid/kafka';
import { createLogger } from '@stopcovid/runtime';
import type { Command } from 'commander';
import { count, only, onStage, type Figure, type Stage } from '../kit';
import { Field } from './ground';
import { measureMemory, measurePace, measureRate } from './measure';
import { parts, type Options } from './options';

const measures = { rate: measureRate, pace: measurePace, memory: measureMemory } as const;

const measure = async (stage: Stage, options: Options): Promise<readonly Figure[]> => {
  await stage.makeTopics();
  const logger = createLogger('bench-sender', { level: 'error' });
  const publisher = kafkaPublisher(stage.kafka, { logger });
  stage.endWith(() => publisher.close());
  const field = await Field.open(stage);
  const figures: Figure[] = [];
  for (const part of parts.filter((each) => options.only.includes(each)))
    figures.push(...(await measures[part](options, { field, publisher })));
  return figures;
};

export const addSender = (program: Command): void => {
  program
    .command('sender')
    .description('texts a second against the carrier emulator, pauses, memory: about eight minutes')
    .option('--phones <n>', 'phones of each part', count(), 10_000)
    .option('--texts <n>', 'texts to each phone', count(), 3)
    .option('--pause <ms>', 'between the texts of one phone in the part pace', count(), 3_000)
    .option('--per-second <n>', "the account's messages per second in the part pace", count(), 500)
    .option('--total <n>', 'texts in all in the part memory', count(), 200_000)
    .addOption(only(parts))
    .action(({ pause: pauseMs, ...rest }: Omit<Options, 'pauseMs'> & { readonly pause: number }) =>
      onStage({ name: 'sender' }, (stage) => measure(stage, { ...rest, pauseMs })),
    );
};
