import type { Metrics } from '#infra/local/alarms/metrics.ts';
import type { HomeLog } from '#infra/local/ports.ts';
import type { AlarmDescription } from '#infra/local/template/alerting.ts';

export type AlarmState = { name: string; harm: string; raised: boolean };

export type Alarms = { states: () => AlarmState[]; look: () => void; stop: () => void };

type Options = {
  alarms: readonly AlarmDescription[];
  metrics: Metrics;
  /** Called before each look: counts what is not counted as it happens. */
  before: () => void;
  /** Real time: an alarm is about this machine, also in a rehearsal. */
  now: () => number;
  /** Told when an alarm is raised and when it is over. */
  tell: (alarm: AlarmState) => void;
  log: HomeLog;
};

const lookEvery = 15_000;

/** Watches the alarms of the template and tells about each change. */
export const startAlarms = ({ alarms, metrics, before, now, tell, log }: Options): Alarms => {
  const startedAt = now();
  const watched = alarms.map((of) => ({ of, raised: false }));
  const stateOf = ({ of, raised }: (typeof watched)[number]): AlarmState => ({
    name: of.name,
    harm: of.harm,
    raised,
  });

  const isBreached = (alarm: AlarmDescription): boolean => {
    const since = now() - alarm.periodSeconds * 1000;
    // What should happen and has not can be said only after a whole period.
    if (alarm.comparison === 'LessThanThreshold' && since < startedAt) return false;
    const sum = metrics.sum(alarm.namespace, alarm.metric, { dimension: alarm.dimension, since });
    return alarm.comparison === 'LessThanThreshold' ? sum < alarm.threshold : sum >= alarm.threshold;
  };

  const look = (): void => {
    before();
    for (const alarm of watched) {
      const breached = isBreached(alarm.of);
      if (breached === alarm.raised) continue;
      alarm.raised = breached;
      log(breached ? 'ALARM_RAISED' : 'ALARM_OVER', alarm.of.harm, { alarm: alarm.of.name });
      tell(stateOf(alarm));
    }
  };

  const timer = setInterval(look, lookEvery);
  return { states: () => watched.map(stateOf), look, stop: () => clearInterval(timer) };
};
