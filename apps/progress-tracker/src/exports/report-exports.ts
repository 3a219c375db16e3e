import type { Runtime } from '@stopcovid/runtime';
import type { ExporterParts } from './exporter';

/** Counts what exports come to, and writes a line for each: who has had what of whom. */
export const reportExports = ({
  logger,
  metrics,
}: Pick<Runtime, 'logger' | 'metrics'>): Pick<ExporterParts, 'onMade' | 'onFailed' | 'onTrouble'> => {
  const ended = metrics.counter('exports_total', 'Exports that came to an end, by result', ['result']);
  const trouble = metrics.counter(
    'export_trouble_total',
    'Attempts at exports that broke off, and looks at which the store could not be reached',
  );
  return {
    onMade: ({ id, list, by, employers, standing: { rows, bytes, startedAt, endedAt } }) => {
      ended.inc({ result: 'ready' });
      const ms = endedAt.getTime() - startedAt.getTime();
      logger.info(
        { export: id, by, employers, read: { list, count: rows }, bytes, ms },
        'an export is ready',
      );
    },
    onFailed: ({ id, list, by }, because) => {
      ended.inc({ result: because });
      logger.error({ export: id, list, by, because }, 'an export failed');
    },
    onTrouble: (error) => {
      trouble.inc();
      logger.warn({ err: error }, 'an export broke off, or none could be looked for; it is tried again');
    },
  };
};
