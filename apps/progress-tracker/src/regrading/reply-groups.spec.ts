import { each, runOf } from '../figures/figures.testkit';
import { event } from '../tracker.testkit';
import { isBehind, isGroupIn, replyGroups, TooManyReplies } from './reply-groups';

const wrong = (response: string | null, fields: object = {}) =>
  event('PromptFailed', { response, ...fields });
const unclear = (response: string, prompt = 'first') => event('ReplyUnclear', { response, prompt });
const ruled = event('ReplyRegraded', { prompt: 'first', reply: 1, now: 'right' });
const repeat = { drill: 'earlier', prompt: 'first' };

const groupsOf = (...lives: readonly (readonly ReturnType<typeof event>[])[]) =>
  replyGroups(each(lives.map((later) => runOf({ later }))));

describe('a group of replies', () => {
  it('is what several trainees said alike to one prompt, whatever the machine took it for', async () => {
    const [group, ...others] = await groupsOf(
      [unclear('Twenty  Sec.'), wrong('twenty sec')],
      [wrong('TWENTY SEC', { option: 'a' })],
      [wrong('alone'), wrong('alone')],
    );
    expect(others).toEqual([]);
    expect(group).toMatchObject({
      id: expect.stringMatching(/^one:first:[0-9a-f]{24}$/),
      ...{ drill: 'one', prompt: 'first', language: 'en', text: 'twenty sec' },
      ...{ replies: 3, runs: 2, trainees: 2, open: 3, judged: { wrong: 2, unclear: 1 }, option: 'a' },
      examples: ['Twenty  Sec.', 'twenty sec', 'TWENTY SEC'],
      rules: ['NoMatch', 'OtherOption'],
    });
  });

  it('is open as long as no ruling stands on one of its replies', async () =>
    expect(await groupsOf([wrong('soap'), ruled], [wrong('soap')])).toMatchObject([
      { replies: 2, open: 1, ruled: { right: 1, wrong: 0 }, judged: { wrong: 2 } },
    ]));

  it('shows no long number of anybody', async () => {
    const groups = await groupsOf([wrong('call +1 202 555 0143!')], [wrong('call +1 202 555 0144')]);
    expect(groups).toMatchObject([{ text: 'call …', trainees: 2 }]);
    expect(JSON.stringify(groups)).not.toContain('202');
  });

  it.each<[string, ReturnType<typeof event>]>([
    ['says nothing', wrong('  ')],
    ['is right', event('PromptCompleted', { response: 'yes' })],
    ['answers an earlier drill', wrong('soap', { repeat })],
    ['could not be stored', wrong('soap', { graded: false })],
    ['is unclear where nothing is graded', unclear('soap', 'your-number')],
  ])('has no reply in it that %s', async (_what, reply) =>
    expect(await groupsOf([reply], [reply])).toEqual([]),
  );

  it('stands behind those that more trainees share', async () => {
    const three = await groupsOf(
      [wrong('soap'), wrong('sand')],
      [wrong('soap'), wrong('sand'), wrong('sand')],
      [wrong('soap'), wrong('mud')],
      [wrong('mud')],
    );
    expect(three.map(({ text }) => text)).toEqual(['soap', 'sand', 'mud']);
    const places = three.map((group) => three.filter((other) => isBehind(other, group)).length);
    expect(places).toEqual([2, 1, 0]);
  });

  it('is found by its id in as few runs as tell that several trainees share it', async () => {
    const [group] = await groupsOf([wrong('soap')], [wrong('soap')]);
    let read = 0;
    async function* runs(...said: readonly string[]) {
      for (const word of said) {
        read += 1;
        yield* each([runOf({ later: [wrong(word)] })]);
      }
    }
    const id = group?.id ?? '';
    expect(await isGroupIn(runs('sand', 'soap', 'soap', 'soap', 'soap'), id)).toBe(true);
    expect(read).toBe(3);
    expect(await isGroupIn(runs('sand', 'soap', 'mud'), id)).toBe(false);
  });

  it('is made of so many replies at most, and of no part of them', async () => {
    const runs = () => each([1, 2, 3].map(() => runOf({ later: [wrong('soap')] })));
    expect(await replyGroups(runs(), { most: 3 })).toMatchObject([{ replies: 3 }]);
    await expect(replyGroups(runs(), { most: 2 })).rejects.toBeInstanceOf(TooManyReplies);
  });
});
