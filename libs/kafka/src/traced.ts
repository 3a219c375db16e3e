import {
  contextOf,
  ownContext,
  readTraceparent,
  type Span,
  type SpanContext,
  spanTime,
  stepAfter,
  traceHeader,
  traceparentOf,
  type Tracer,
} from '@stopcovid/runtime';
import type { LogRecord } from './log-record';
import type { Outcome } from './outcome';
import type { OutgoingRecord, Publisher } from './publisher';

/** The most records of a slice that its span is linked to, and that have a span of their own. */
const mostLinks = 32;

const messaging = { 'messaging.system': 'kafka' } as const;

type Addressed = {
  readonly record: OutgoingRecord;
  readonly context: SpanContext;
  readonly parentId?: string;
};

const addressed = (record: OutgoingRecord): readonly Addressed[] => {
  const { trace } = record;
  if (trace === undefined) return [];
  const led = trace.ledBy ?? (trace.steps && { ...trace, steps: trace.steps.slice(0, -1) });
  return [{ record, context: contextOf(trace), ...(led && { parentId: contextOf(led).spanId }) }];
};

const withHeader = ({ record, context }: Addressed, tracer: Tracer): OutgoingRecord => ({
  ...record,
  headers: { ...record.headers, [traceHeader]: traceparentOf(context, tracer.samples(context.traceId)) },
});

/**
 * The publisher whose records carry `traceparent` where they say to what they belong, with a span for each that is
 * sampled. Where nothing is traced it is the publisher itself.
 */
export const tracedPublisher = <P extends Publisher>(publisher: P, tracer: Tracer): P => {
  if (!tracer.isOn) return publisher;
  const publish: Publisher['publish'] = async (topic, records, mayWaitMs) => {
    const startedAt = spanTime();
    const known = new Map(records.flatMap((record) => addressed(record)).map((one) => [one.record, one]));
    const headed = records.map((record) => {
      const one = known.get(record);
      return one ? withHeader(one, tracer) : record;
    });
    const tell = (failure?: string): void => {
      for (const { context, parentId } of known.values())
        if (tracer.samples(context.traceId))
          tracer.tell({ ...sendSpan(topic, startedAt), context, parentId, failure });
    };
    await publisher.publish(topic, headed, mayWaitMs).catch((error: unknown) => {
      tell('not published');
      throw error;
    });
    tell();
  };
  return { ...publisher, publish };
};

const sendSpan = (topic: string, startedAt: number): Omit<Span, 'context'> => ({
  name: `send ${topic}`,
  kind: 'producer',
  startedAt,
  endedAt: spanTime(),
  attributes: { ...messaging, 'messaging.operation.name': 'send', 'messaging.destination.name': topic },
});

/** A slice of one partition and who reads it. */
type Slice = {
  readonly records: readonly LogRecord[];
  readonly topic: string;
  readonly partition: number;
  readonly group: string;
};

type Sampled = { readonly record: LogRecord; readonly written: SpanContext; readonly index: number };

const sampledOf = (records: readonly LogRecord[], tracer: Tracer): readonly Sampled[] => {
  const sampled: Sampled[] = [];
  for (const [index, record] of records.entries()) {
    const written = readTraceparent(record.headers[traceHeader]);
    if (written && tracer.samples(written.traceId)) sampled.push({ record, written, index });
    if (sampled.length === mostLinks) break;
  }
  return sampled;
};

const failureIn = (outcome: Outcome | undefined): string | undefined =>
  outcome === undefined || outcome.kind === 'done' ? undefined : outcome.kind;

/**
 * Works on a slice and tells one span of it, linked to the records of it that are sampled, each of which has one in its
 * own trace. Of a slice without such records nothing is told; where nothing is traced it only works.
 */
export const traceSlice = async (
  tracer: Tracer | undefined,
  slice: Slice,
  work: () => Promise<readonly Outcome[]>,
): Promise<readonly Outcome[]> => {
  if (!tracer?.isOn) return work();
  const sampled = sampledOf(slice.records, tracer);
  if (sampled.length === 0) return work();
  const startedAt = spanTime();
  try {
    const outcomes = await work();
    tellSlice(tracer, { slice, sampled, startedAt, outcomes });
    return outcomes;
  } catch (error) {
    tellSlice(tracer, { slice, sampled, startedAt, outcomes: [] });
    throw error;
  }
};

type Worked = {
  readonly slice: Slice;
  readonly sampled: readonly Sampled[];
  readonly startedAt: number;
  /** None where the handler threw. */
  readonly outcomes: readonly Outcome[];
};

const tellSlice = (tracer: Tracer, { slice, sampled, startedAt, outcomes }: Worked): void => {
  const hasThrown = outcomes.length === 0;
  const common = {
    name: `process ${slice.topic}`,
    kind: 'consumer',
    startedAt,
    endedAt: spanTime(),
  } as const;
  const attributes = {
    ...messaging,
    'messaging.operation.name': 'process',
    'messaging.destination.name': slice.topic,
    'messaging.destination.partition.id': String(slice.partition),
    'messaging.consumer.group.name': slice.group,
  };
  const [first] = sampled;
  const own = { ...ownContext(), ...(first && { traceId: first.written.traceId }) };
  tracer.tell({
    ...common,
    name: `slice ${slice.topic}`,
    kind: 'internal',
    context: own,
    parentId: first && stepAfter(first.written, tracer.service).spanId,
    links: sampled.map(({ written }) => written),
    attributes: { ...attributes, 'messaging.batch.message_count': slice.records.length },
    ...(hasThrown && { failure: 'the handler threw' }),
  });
  for (const { record, written, index } of sampled)
    tracer.tell({
      ...common,
      context: stepAfter(written, tracer.service),
      parentId: written.spanId,
      links: [own],
      attributes: { ...attributes, 'messaging.kafka.offset': Number(record.offset) },
      failure: hasThrown ? 'the handler threw' : failureIn(outcomes[index]),
    });
};
