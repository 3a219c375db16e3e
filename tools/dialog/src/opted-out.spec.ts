import { join } from 'node:path';
import {
  decodeCommand,
  timestampSchema,
  type CommandType,
  type DialogCommand,
  type EventBatch,
} from '@stopcovid/contracts';
import { compileKeywords, plainText, type RegistrationAnswer } from '@stopcovid/dialog-core';
import type { Catalogue } from '@stopcovid/drills';
import { textsFor } from '@stopcovid/sms-copy';
import fc from 'fast-check';
import { loadCatalogue } from './load-catalogue';
import { LocalDialogs } from './local-dialogs';

type Order = string | { readonly type: CommandType; readonly [field: string]: unknown };

const at = timestampSchema.parse('2026-03-01T17:05:00.000Z');
const codes = new Map<string, RegistrationAnswer>([
  ['KITCHEN-7', { status: 'Valid', demo: false, account: { employerName: 'Casa Verde' } }],
  ['SHOWROOM', { status: 'Valid', demo: true, account: {} }],
]);

const commandOf = (order: Order, index: number): DialogCommand => {
  const fields = typeof order === 'string' ? { type: 'ReceiveSms', text: order } : order;
  const envelope = { schemaVersion: 1, commandId: `c${index}`, phone: '+12025550143', at };
  const decoded = decodeCommand(JSON.stringify({ ...envelope, ...fields }));
  if (!decoded.ok) throw new Error(decoded.error.reason);
  return decoded.value;
};

/** What one phone was sent, in order, each text as its kind. */
const readBy = (orders: readonly Order[], catalogue: Catalogue): readonly (readonly string[])[] => {
  const dialogs = new LocalDialogs({ catalogue, codes, now: () => at, newRunId: () => 'run' });
  return orders.map((order, index) => {
    const result = dialogs.handle(commandOf(order, index));
    if (result.kind !== 'decided') throw new Error(`the command was ${result.kind}`);
    return kindsIn(result.batch);
  });
};

const kindsIn = (batch: EventBatch): readonly string[] => textsFor(batch).map(({ kind }) => kind);

const texts = [
  ...[
    'STOP',
    'alto',
    'HELP',
    'MENU',
    'info',
    'support',
    'demo',
    'MORE',
    'name',
    'thanks',
    'b',
    'hello there',
  ],
  ...['kitchen-7', 'showroom', 'wrong-1', 'STOP please now', ''],
];
const optInWords = ['START', 'yes', 'UNSTOP', 'sí', 'commencer'];

const orders: readonly Order[] = [
  ...texts,
  { type: 'StartDrill', drill: '01-clean-hands', reason: 'scheduled' },
  { type: 'StartDrill', drill: '00-intake', reason: 'operator', runId: 'run' },
  { type: 'RemindTrainee', runId: 'run', prompt: 'how-long' },
  { type: 'SendMessage', text: 'Hello from the office' },
  { type: 'SendMessage', notice: 'NoMoreDrills' },
  { type: 'UpdateTrainee', profile: { language: 'es', answers: { optedOut: false } } },
  { type: 'EnrolTrainee', code: 'kitchen-7', source: 'website' },
  { type: 'OptOutTrainee', source: 'operator' },
  { type: 'OptOutTrainee', source: 'carrier' },
];

const optOuts: readonly Order[] = [
  'STOP',
  'alto',
  'Arrêt',
  'ឈប់',
  { type: 'OptOutTrainee', source: 'operator' },
];

describe('who opted out', () => {
  let catalogue: Catalogue;
  let optIn: ReadonlySet<string>;
  beforeAll(async () => {
    catalogue = await loadCatalogue(join(__dirname, '../../../drills'));
    ({ optIn } = compileKeywords(catalogue.keywords));
  });

  const typed = fc.string({ unit: 'grapheme' }).filter((text) => !optIn.has(plainText(text)));
  const before = fc.array(fc.constantFrom(...orders, ...optInWords), { maxLength: 8 });
  const after = fc.array(fc.oneof(fc.constantFrom(...orders), typed), { maxLength: 12 });

  it('reads nothing but the confirmation, whatever comes, until an opt-in word', () => {
    fc.assert(
      fc.property(before, fc.constantFrom(...optOuts), after, (first, optOut, then) => {
        const read = readBy([...first, optOut, ...then], catalogue).slice(first.length);
        expect(['', 'consent']).toContain(read[0]?.join());
        expect(read.slice(1).flat()).toEqual([]);
      }),
    );
  });

  it.each(optInWords)('reads again after %s', (word) => {
    const read = readBy(['kitchen-7', 'STOP', 'menu', word, 'menu'], catalogue);
    expect(read.map((kinds) => kinds.length > 0)).toEqual([true, true, false, true, true]);
  });
});
