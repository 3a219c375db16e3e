import { phoneSchema } from '@stopcovid/contracts';
import { batchOf, completed, event, maria, started } from '../tracker.testkit';
import { entryOf, type History } from './history';

const sokha = phoneSchema.parse('+12025550180');
const first = batchOf(1, [event('TraineeRegistered'), started('one')]);
const second = batchOf(2, [event('PromptCompleted'), completed('one')]);
const tenth = batchOf(10, []);
const all = { after: 0, limit: 50 };

/** What every history must do. */
export const historyContract = (open: () => Promise<History>): void => {
  it('tells what happened to a phone, each batch once, in their order, whenever they were read', async () => {
    const history = await open();
    await history.keep([entryOf(tenth), entryOf(second)]);
    await history.keep([entryOf(first), entryOf(second), entryOf({ ...first, phone: sokha })]);
    const entries = await history.of(maria, all);
    expect(entries.map(({ sequence }) => sequence)).toEqual([1, 2, 10]);
    expect(entries[1]).toEqual({
      phone: maria,
      sequence: 2,
      at: new Date(second.at),
      commandId: 'command-2',
      commandType: 'ReceiveSms',
      events: second.events,
    });
  });

  it('goes on behind the last one that was told', async () => {
    const history = await open();
    await history.keep([first, second, tenth].map(entryOf));
    const page = await history.of(maria, { after: 1, limit: 1 });
    expect(page.map(({ sequence }) => sequence)).toEqual([2]);
    await expect(history.of(maria, { after: 10, limit: 5 })).resolves.toEqual([]);
  });

  it('never changes what it has', async () => {
    const history = await open();
    await history.keep([entryOf(first)]);
    await history.keep([{ ...entryOf(first), events: [] }]);
    expect((await history.of(maria, all))[0]?.events).toHaveLength(2);
    await expect(history.of(sokha, all)).resolves.toEqual([]);
  });
};
