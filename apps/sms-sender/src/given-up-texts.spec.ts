import { until } from '@stopcovid/runtime';
import { ann } from './outbox/outbox.testkit';
import { bob, saying, stop, withSender } from './sender.testkit';

/* A limit that lasts is waited for sixty of these. */
const soon = { SMS_RETRY_MS: 1 };

const service = `MG${'0'.repeat(31)}7`;

describe('a text that the carrier gives up afterwards', () => {
  it('for a limit that lasts is sent again, and the log has both', () =>
    withSender(async ({ happen, report, logged, bodies }) => {
      happen(ann, [saying('one')]);
      await until(() => logged().length === 1);
      const first = logged()[0]?.messageId ?? '';
      report(ann, first, '30022');
      report(ann, first, '30022');
      await until(() => logged().length === 2);
      expect(bodies()).toEqual(['one', 'one']);
      expect(logged().map(({ messageId }) => messageId)).toEqual([first, `${first}-2`]);
    }, soon));

  it('is not sent again to who has opted out meanwhile', () =>
    withSender(async ({ happen, report, logged, lines, outbox, lastVersion }) => {
      happen(ann, [saying('one')]);
      await until(() => logged().length === 1);
      happen(ann, [stop], { optedOut: true });
      await until(async () => (await outbox())?.lastVersion === lastVersion());
      const first = logged()[0]?.messageId ?? '';
      report(ann, first, '30022');
      report(ann, first, '30047');
      await until(() => lines.some((line) => line.includes('"quiet-hours"')));
      expect((await outbox())?.pending.map(({ body }) => body)).not.toContain('one');
      expect(logged().filter(({ messageId }) => messageId.startsWith(first))).toHaveLength(1);
    }, soon));

  it('because its sender is refused stops that sender and no other', () =>
    withSender(async ({ happen, report, logged, health, bodies, lines }) => {
      happen(ann, [saying('one')], { service });
      await until(() => logged().length === 1);
      report(ann, logged()[0]?.messageId ?? '', '30034');
      await until(async () => (await health()).includes(`refused: ${service} 30034`));
      happen(ann, [saying('two')], { service });
      happen(bob, [saying('hello')]);
      await until(() => bodies(bob).length === 1);
      expect(bodies()).toEqual(['one']);
      expect(lines.filter((line) => line.includes('"sender-refused"'))).toHaveLength(1);
    }));
});
