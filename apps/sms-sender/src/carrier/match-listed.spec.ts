import { matchListed } from './match-listed';
import { noon } from '../outbox/outbox.testkit';

const item = (body: string) => ({
  id: 'a',
  body,
  kind: 'reply' as const,
  createdAt: noon,
  attempts: 1,
  delivery: { status: 'AMBIGUOUS', since: noon, looks: 0, reason: 'timeout' } as const,
});
const text = (body: string, sid = 'SM1', createdAt = noon) => ({ sid, body, outbound: true, createdAt });

describe('a text in the list of the carrier', () => {
  it('is found although the carrier replaced its typographic signs', () => {
    expect(matchListed(item('“Well…”'), [text('"Well..."')], new Set())?.sid).toBe('SM1');
  });

  it('is the oldest of several with the same words', () => {
    const listed = [text('hi', 'SM2', noon + 2_000), text('hi', 'SM1', noon + 1_000)];
    expect(matchListed(item('hi'), listed, new Set())?.sid).toBe('SM1');
  });

  it('is not one with another letter', () => {
    expect(matchListed(item('Sí'), [text('Si')], new Set())).toBeUndefined();
  });
});
