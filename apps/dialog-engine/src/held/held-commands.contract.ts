import { ann } from '../engine.testkit';
import type { HeldCommand, HeldCommands } from './held-commands';

const command = (hold: string, offset: string): HeldCommand => ({
  hold,
  phone: ann,
  commandId: `command ${offset}`,
  partition: 0,
  offset,
  value: `{"said":"\u{1f9fc} ${offset}"}`,
});

/** What any place for held commands must do. */
export const heldCommandsContract = (open: () => HeldCommands): void => {
  describe('a place for held commands', () => {
    it('gives back what stands under a mark, in the order in which it was read', async () => {
      const held = open();
      await held.keep([command('one', '10'), command('two', '5')]);
      await held.keep([command('one', '9')]);
      expect(await held.under(['one'])).toEqual([command('one', '9'), command('one', '10')]);
    });

    it('keeps a command once that is handed over twice', async () => {
      const held = open();
      await held.keep([command('one', '9')]);
      await held.keep([command('one', '9'), command('one', '10')]);
      expect(await held.under(['one'])).toHaveLength(2);
    });

    it('forgets what is dropped, and nothing else', async () => {
      const held = open();
      await held.keep([command('one', '9'), command('two', '10')]);
      await held.drop(['one']);
      expect(await held.under(['one', 'two'])).toEqual([command('two', '10')]);
    });

    it('knows nothing under a mark that nobody set, and takes nothing for nothing', async () => {
      const held = open();
      await held.keep([]);
      expect(await held.under(['one'])).toEqual([]);
    });
  });
};
