/** Why a webhook call can fail, in the words of Twilio's retry policy. */
export type FailureKind = '4xx' | '5xx' | 'ct' | 'rt';

/** How a webhook is called: Twilio's defaults, or what the fragment of its URL says. */
export type ConnectionOverrides = {
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  readonly totalTimeMs: number;
  readonly retries: number;
  readonly retryOn: ReadonlySet<FailureKind>;
};

const everything: readonly FailureKind[] = ['4xx', '5xx', 'ct', 'rt'];

const number = (value: string | null, range: readonly [number, number], standard: number): number => {
  if (value === null || !/^\d+$/.test(value)) return standard;
  return Math.min(range[1], Math.max(range[0], Number(value)));
};

const policy = (value: string | null): ReadonlySet<FailureKind> => {
  const asked = (value ?? 'ct').split(',');
  return new Set(asked.includes('all') ? everything : everything.filter((kind) => asked.includes(kind)));
};

/** Splits a webhook's URL into what is called and signed, and the overrides in its fragment (`#rc=5&rp=all`). */
export const readOverrides = (
  url: string,
): { readonly url: string; readonly overrides: ConnectionOverrides } => {
  const hash = url.indexOf('#');
  const fragment = new URLSearchParams(hash === -1 ? '' : url.slice(hash + 1));
  return {
    url: hash === -1 ? url : url.slice(0, hash),
    overrides: {
      connectTimeoutMs: number(fragment.get('ct'), [100, 10_000], 5_000),
      readTimeoutMs: number(fragment.get('rt'), [100, 15_000], 15_000),
      totalTimeMs: number(fragment.get('tt'), [100, 15_000], 15_000),
      retries: number(fragment.get('rc'), [0, 5], 1),
      retryOn: policy(fragment.get('rp')),
    },
  };
};
