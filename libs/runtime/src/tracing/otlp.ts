import { hostname } from 'node:os';
import { maskPhone } from '../mask-phone';
import type { Span, SpanAttributes, SpanKind } from './tracer';

/* The numbers of OTLP 1.x: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
const kinds: Readonly<Record<SpanKind, number>> = {
  internal: 1,
  server: 2,
  client: 3,
  producer: 4,
  consumer: 5,
};
const failed = 2;
const longest = 256;

/** Digits that stand by themselves and may be a phone, however their `+` is written. */
const phones = /(?<![\da-z])(?:\+|%2b)?[1-9]\d{6,14}(?![\da-z])/gi;

/** The same words without phones. */
const shownIn = (text: string): string =>
  text.slice(0, longest).replace(phones, (found) => maskPhone(found.replace(/^%2b/i, '+')));

type Value =
  | { readonly stringValue: string }
  | { readonly intValue: string }
  | { readonly doubleValue: number }
  | { readonly boolValue: boolean };

const valueOf = (value: string | number | boolean): Value => {
  switch (typeof value) {
    case 'string':
      return { stringValue: shownIn(value) };
    case 'boolean':
      return { boolValue: value };
    default:
      return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  }
};

const attributesOf = (attributes: SpanAttributes) =>
  Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key: shownIn(key), value: valueOf(value) }],
  );

const nanos = (ms: number): string => String(BigInt(Math.round(ms * 1_000)) * 1_000n);

const otlpSpan = ({ context, parentId, name, kind, links = [], failure, ...span }: Span) => ({
  ...context,
  ...(parentId !== undefined && { parentSpanId: parentId }),
  name: shownIn(name),
  kind: kinds[kind],
  startTimeUnixNano: nanos(span.startedAt),
  endTimeUnixNano: nanos(Math.max(span.startedAt, span.endedAt)),
  attributes: attributesOf(span.attributes),
  ...(links.length > 0 && { links: links.map((link) => ({ ...link })) }),
  ...(failure !== undefined && { status: { code: failed, message: shownIn(failure) } }),
});

/** Whom spans come from: the service, this process of it, and what the deployment says (`key=value,key=value`). */
export const resourceOf = (service: string, said: string): SpanAttributes => ({
  'service.name': service,
  'service.instance.id': `${hostname()}-${process.pid}`,
  ...Object.fromEntries(pairsIn(said)),
});

/** `key=value,key=value` as OpenTelemetry's variables hold it; a value may be percent-encoded. What has no `=` is left out. */
export const pairsIn = (text: string): readonly (readonly [string, string])[] =>
  text.split(',').flatMap((pair) => {
    const at = pair.indexOf('=');
    return at < 1 ? [] : [[pair.slice(0, at).trim(), decoded(pair.slice(at + 1).trim())] as const];
  });

const decoded = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

/** The body of `POST /v1/traces`. No phone is in it. */
export const otlpOf = (spans: readonly Span[], resource: SpanAttributes): object => ({
  resourceSpans: [
    {
      resource: { attributes: attributesOf(resource) },
      scopeSpans: [{ scope: { name: 'stopcovid-dialog-engine' }, spans: spans.map(otlpSpan) }],
    },
  ],
});
