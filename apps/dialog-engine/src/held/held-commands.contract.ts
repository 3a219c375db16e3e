import { ann } from '../engine.testkit';
import type { HeldCommand, HeldCommands, HeldOverview } from './held-commands';

const command = (hold: string, offset: string): HeldCommand => ({
  hold,
  phone: ann,
  commandId: `command ${offset}`,
  partition: 0,
  offset,
  value: `{"said":"\u{1f9fc} ${offset}"}`,
});

/** What any place for held commands must do. */
export const heldCommandsContract = (open: () => HeldCommands & HeldOverview): void => {
  describe('a place for held commands', () => {
    it('gives back what stands under a mark, in the order in which it was read', async () => {
      const held = open();
      await held.keep([command('one', '10'), command('two', '5')]);
      await held.keep([command('one', '9')]);
      expect((await held.under(['one'])).commands).toEqual([command('one', '9'), command('one', '10')]);
    });

    it('keeps a command once that is handed over twice', async () => {
      const held = open();
      await held.keep([command('one', '9')]);
      await held.keep([command('one', '9'), command('one', '10')]);
      expect((await held.under(['one'])).commands).toHaveLength(2);
    });

    it('forgets what is dropped, and nothing else', async () => {
      const held = open();
      await held.keep([command('one', '9'), command('two', '10')]);
      await held.drop([command('one', '9')]);
      expect((await held.under(['one', 'two'])).commands).toEqual([command('two', '10')]);
    });

    it('counts what waits under each mark, and says what came first', async () => {
      const held = open();
      await held.keep([command('one', '10'), command('one', '9'), command('two', '11')]);
      const counted = [...(await held.queues([0]))].sort((a, b) => (a.hold < b.hold ? -1 : 1));
      expect(counted).toEqual([
        { hold: 'one', phone: ann, commands: 2, first: command('one', '9') },
        { hold: 'two', phone: ann, commands: 1, first: command('two', '11') },
      ]);
      expect(await held.queues([1])).toEqual([]);
    });

    it('knows nothing under a mark that nobody set, and takes nothing for nothing', async () => {
      const held = open();
      await held.keep([]);
      expect(await held.under(['one'])).toEqual({ commands: [], unreadable: new Map() });
    });
  });
};
