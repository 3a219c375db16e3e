import { join } from 'node:path';
import { decodeCommand } from '@stopcovid/contracts';
import { commandOf, documentOf, openingState, placeOf, revisionIn } from './workload';

describe('the workload', () => {
  it.each([0, 3, 6, 13])(
    'is made of commands of 300 bytes that the engine reads, such as turn %i',
    (turn) => {
      const { value } = commandOf({ trainee: 19_999, turn }, 'a1b2');
      expect([Buffer.byteLength(value), decodeCommand(value).ok]).toEqual([300, true]);
    },
  );

  it('gives each command an id of its own', () => {
    const ids = Array.from({ length: 100 }, (_, i) => commandOf(placeOf(i, 10), 'a1b2').commandId);
    expect(new Set(ids).size).toBe(100);
  });

  it('lets trainees take turns', () => {
    expect([0, 1, 2, 3].map((index) => placeOf(index, 2, 5))).toEqual([
      { trainee: 0, turn: 5 },
      { trainee: 1, turn: 5 },
      { trainee: 0, turn: 6 },
      { trainee: 1, turn: 6 },
    ]);
  });

  it('begins with documents of about a kilobyte, amid a drill', async () => {
    const revision = await revisionIn(join(__dirname, '../../../../drills'));
    const document = documentOf(7, openingState(revision));
    expect(document.state.conversation.status).toBe('AwaitingReply');
    expect(Math.abs(JSON.stringify(document).length - 1_000)).toBeLessThan(150);
  });
});
