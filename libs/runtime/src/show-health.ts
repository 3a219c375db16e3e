import type { Health } from './health';
import type { Metrics } from './metrics';

/** Shows each check of readiness as a figure, looked at whenever the metrics are asked for. */
export const showHealth = (health: Health, metrics: Metrics): void => {
  const up = metrics.gauge('ready_check_up', '1 while a check of readiness passes, 0 while it does not', [
    'check',
  ]);
  metrics.beforeTelling(async () => {
    const { checks } = await health.ready();
    for (const [check, state] of Object.entries(checks)) up.set({ check }, state.up ? 1 : 0);
  });
};
