import { readOverrides } from './connection-overrides';

it('without a fragment Twilio’s defaults hold', () => {
  expect(readOverrides('https://a.example/x?y=1')).toEqual({
    url: 'https://a.example/x?y=1',
    overrides: {
      connectTimeoutMs: 5_000,
      readTimeoutMs: 15_000,
      totalTimeMs: 15_000,
      retries: 1,
      retryOn: new Set(['ct']),
    },
  });
});

it.each([
  ['rc=5&rp=all', { retries: 5, retryOn: new Set(['4xx', '5xx', 'ct', 'rt']) }],
  ['rc=9', { retries: 5 }],
  ['rc=0&rp=5xx,rt', { retries: 0, retryOn: new Set(['5xx', 'rt']) }],
  ['ct=1&rt=99999&tt=2000', { connectTimeoutMs: 100, readTimeoutMs: 15_000, totalTimeMs: 2_000 }],
  ['rc=-1&ct=soon', { retries: 1, connectTimeoutMs: 5_000 }],
])('reads #%s and keeps it within Twilio’s limits', (fragment, expected) => {
  const { url, overrides } = readOverrides(`http://a.example/#${fragment}`);
  expect(url).toBe('http://a.example/');
  expect(overrides).toMatchObject(expected);
});
