import { getEventListeners } from 'node:events';
import { until } from '@stopcovid/runtime';
import { postWebhook } from './post-webhook';
import { guardedLookup } from './reachable';
import { receiver, status, thisMachine } from './webhooks.testkit';

describe('a post to a webhook', () => {
  it('leaves nothing at the signal that may end it, whether it was answered or late', async () => {
    const stopping = new AbortController().signal;
    const rules = { reach: thisMachine, lookup: guardedLookup(thisMachine) };
    const answering = await receiver(status(204));
    const silent = await receiver(() => undefined);
    const post = (url: string, timeoutMs: number) =>
      postWebhook({ ...rules, timeoutMs }, { url, headers: {}, body: '{}' }, stopping);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        index % 2 === 0 ? post(answering.url, 5_000) : post(silent.url, 50),
      ),
    );
    expect(answers.slice(0, 2)).toEqual([{ status: 204 }, { reason: 'timed-out' }]);
    await until(() => getEventListeners(stopping, 'abort').length === 0);
    await answering.close();
    await silent.close();
  });
});
