import { randomBytes } from 'node:crypto';
import type { Provider } from '@nestjs/common';
import { pause } from '@stopcovid/runtime';
import { given } from '../given';
import type { ProgressTrackerSetting } from '../parts';
import { tellOfExports } from '../webhooks/hook-providers';
import { Exporter } from './exporter';
import { linksOf } from './export-links';
import { EXPORT_DESK, type ExportDesk } from './exports.controller';
import { reportExports } from './report-exports';

/** The token of what makes exports. */
export const EXPORTER = Symbol('EXPORTER');

/* Who is asked for an export wakes its own exporter: this is for what another replica left, and for old files. */
const everyMs = 10_000;
const beatMs = 2_000;

const exporterOf = (setting: ProgressTrackerSetting): Exporter => {
  const { config, runtime, parts } = setting;
  return new Exporter({
    ...{ exports: parts.exports, chunks: parts.exportChunks, figures: parts.figures },
    ...{ everyMs, beatMs, pause, mostBytes: config.EXPORTS_MAX_BYTES },
    now: () => new Date(runtime.clock.now()),
    newClaim: () => randomBytes(12).toString('hex'),
    ...given({ tell: tellOfExports(setting) }),
    ...reportExports(runtime),
  });
};

/** What the routes of exports are made of, and what makes exports. */
export const exportProviders = (setting: ProgressTrackerSetting): readonly Provider[] => {
  const { config, runtime, parts } = setting;
  const now = (): Date => new Date(runtime.clock.now());
  return [
    { provide: EXPORTER, useFactory: () => exporterOf(setting) },
    {
      provide: EXPORT_DESK,
      inject: [EXPORTER],
      useFactory: (exporter: Exporter): ExportDesk => ({
        parts: {
          ...{ exports: parts.exports, now },
          ...{ keptDays: config.EXPORTS_KEPT_DAYS, mostBytes: config.EXPORTS_MAX_BYTES },
        },
        chunks: parts.exportChunks,
        links: linksOf({ secret: config.API_KEYS, keys: parts.keys, now }),
        wake: () => exporter.wake(),
      }),
    },
  ];
};
