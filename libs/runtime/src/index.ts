export { allowancesOf } from './allowance';
export type { Allowance, Allowances } from './allowance';
export { answerMeanwhile } from './answer-meanwhile';
export { AreApiKeys, hashOfKey, heldKey, parseApiKeys } from './api-key';
export { Asker, callerIn, guardedBy, NeedsRole, Open, TooManyRequests } from './api-key.guard';
export { bootstrapApp } from './bootstrap';
export type { BootstrapOptions, Route, RunningApp } from './bootstrap';
export type { WasRead } from './request-log';
export { covers, roles, settingsCallers } from './caller';
export type { Caller, Callers, Role } from './caller';
export { configTable, describeConfig } from './describe-config';
export type { SettingDescription } from './describe-config';
export { DueQueue } from './due-queue';
export type { DueEntry } from './due-queue';
export { freePort } from './free-port';
export { groupBy } from './group-by';
export { Health } from './health';
export type { HealthCheck, HealthKind, HealthReport, HealthState } from './health';
export { KeepError } from './keep-error';
export { ConfigError, loadConfig } from './load-config';
export type { Environment } from './load-config';
export { LatestMap } from './latest-map';
export { createLogger } from './logger';
export type { Logger, LoggerOptions } from './logger';
export { maskPhone } from './mask-phone';
export { Metrics } from './metrics';
export { backoffMs, pause, retry } from './retry';
export type { Backoff, RetryOptions } from './retry';
export { runMain } from './run-main';
export { createRuntime } from './runtime';
export type { Runtime } from './runtime';
export { HealthModule, LOGGER, loggingModule, MetricsModule, RuntimeModule, TRACER } from './runtime.module';
export { Secret } from './secret';
export { ServiceConfig } from './service-config';
export type { LogFormat, LogLevel } from './service-config';
export { Setting } from './settings';
export type { ConfigClass, SettingOptions, SettingType } from './settings';
export { shareCalls } from './share-calls';
export type { SharedCall, Sharing } from './share-calls';
export { heapAfterCollection, soak, soakWithinMs } from './soak';
export type { Soak } from './soak';
export {
  contextOf,
  readTraceparent,
  stepAfter,
  traceHeader,
  traceIdOf,
  traceparentOf,
} from './tracing/trace-place';
export type { SpanContext, TracePlace } from './tracing/trace-place';
export { ownContext, silentTracer, spanTime } from './tracing/tracer';
export type { Span, Tracer } from './tracing/tracer';
export { unreachable } from './unreachable';
export type { WallClock } from './wall-clock';
export { until } from './until';
export { tellWhy, waitFor } from './wait-for';
export type { Told, Wait, Why } from './wait-for';
export { within, withinMs } from './within';
export { writeLines } from './write-lines';
export type { FlatEntry } from './write-lines';
