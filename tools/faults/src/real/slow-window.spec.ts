import { commandIdSchema, phoneSchema, timestampSchema, type DialogCommand } from '@stopcovid/contracts';
import { slownessOf } from './slow-window';

const ann = phoneSchema.parse('+12025550143');
const bob = phoneSchema.parse('+12025550144');
const start = Date.parse('2026-03-01T17:05:00.000Z');

const text = (phone: typeof ann, id: string, afterMs: number): DialogCommand => ({
  type: 'ReceiveSms',
  schemaVersion: 1,
  commandId: commandIdSchema.parse(id),
  phone,
  at: timestampSchema.parse(new Date(start + afterMs).toISOString()),
  text: 'HELP',
});

it('those who text beside what is slow are all who need nothing of it, while it is slow', () => {
  const window = { what: 'a list', from: start, to: start + 100, boundMs: 50, needing: new Set([ann]) };
  const accepted = [
    text(bob, 'before', -1),
    text(ann, 'own', 10),
    text(bob, 'in', 10),
    text(bob, 'after', 101),
  ];
  expect(slownessOf(window, accepted)).toEqual({
    what: 'a list',
    boundMs: 50,
    beside: [{ commandId: 'in', at: start + 10 }],
  });
});
