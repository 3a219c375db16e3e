import { randomUUID } from 'node:crypto';
import {
  commandIdSchema,
  encodeCommand,
  phoneSchema,
  timestampSchema,
  topics,
  type Phone,
} from '@stopcovid/contracts';
import { kafkaPublisher, type KafkaPublisher } from '@stopcovid/kafka';
import type { Scene } from './scene';

/** Publishes to the topics as no service would, with a publisher of its own. */
export const publishing = async (
  scene: Scene,
  work: (publisher: KafkaPublisher) => Promise<void>,
): Promise<void> => {
  const publisher = kafkaPublisher(scene.system.direct.kafka);
  try {
    await work(publisher);
  } finally {
    await publisher.close();
  }
};

/** A phone that belongs to nobody. */
export const drawPhone = ({ random }: Scene): Phone =>
  phoneSchema.parse(`+1303${String(2_000_000 + Math.floor(random() * 7_999_999))}`);

/** So many phones that belong to nobody, each another. */
export const drawPhones = (scene: Scene, count: number): readonly Phone[] => {
  const phones = new Set<Phone>();
  while (phones.size < count) phones.add(drawPhone(scene));
  return [...phones];
};

/** A text as it stands on the command topic. */
export const textOf = (phone: Phone, text: string): string =>
  encodeCommand({
    type: 'ReceiveSms',
    schemaVersion: 1,
    commandId: commandIdSchema.parse(randomUUID()),
    phone,
    at: timestampSchema.parse(new Date().toISOString()),
    text,
  });

/** Each phone texts once, without a webhook. */
export const letText = (
  scene: Scene,
  phones: readonly Phone[],
  textFrom: (phone: Phone) => string,
): Promise<void> =>
  publishing(scene, (publisher) =>
    publisher.publish(
      topics.dialogCommands,
      phones.map((phone) => ({ key: phone, value: textOf(phone, textFrom(phone)) })),
    ),
  );
