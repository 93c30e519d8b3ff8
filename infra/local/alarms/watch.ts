import { type AlarmState, type Alarms, startAlarms } from '#infra/local/alarms/alarms.ts';
import type { Metrics } from '#infra/local/alarms/metrics.ts';
import type { Problem, Problems } from '#infra/local/alarms/problems.ts';
import { alarmLetter, executionCounter } from '#infra/local/alarms/sources.ts';
import type { Mail } from '#infra/local/mail/mail.ts';
import type { HomeOptions } from '#infra/local/options.ts';
import type { HomeLog } from '#infra/local/ports.ts';
import type { Services } from '#infra/local/services.ts';
import type { Description } from '#infra/local/template/description.ts';

type Watched = {
  options: HomeOptions;
  description: Description;
  log: HomeLog;
  problems: Problems;
  metrics: Metrics;
  services: Services;
  /** The sender of letters; without one nobody is written to. */
  from: string | undefined;
};

/** Letters about alarms and the home's own problems leave like all others; a rehearsal only shows them. */
export const watchHome = (watched: Watched): Alarms => {
  const { options, description, log, problems, metrics, services, from } = watched;
  const countExecutions = executionCounter(metrics, services.states.executions);
  const { alarmMail: to } = description;
  problems.alsoSee(() => [...lateLetters(options, services.mail, Date.now()), ...heldLetters(services.mail)]);
  const tell = async (alarm: AlarmState): Promise<void> => {
    if (options.rehearsal || from === undefined || to.length === 0) return;
    try {
      const letter = alarmLetter(alarm, { region: options.region, from, to, now: Date.now });
      const { status } = await services.mail.handle(letter);
      if (status !== 200) throw new Error(`The letter was answered with ${status}.`);
    } catch (error) {
      log('ALARM_NOT_SENT', String(error), { alarm: alarm.name });
      throw error;
    }
  };
  return startAlarms({
    alarms: description.alarms,
    metrics,
    now: Date.now,
    before: () => {
      countExecutions();
      problems.look(tell);
    },
    // Its log has it; only problems are told again.
    tell: (alarm) => void tell(alarm).catch(() => undefined),
    log,
  });
};

/** A rehearsal writes to nobody. */
export const lettersLeave = ({ rehearsal, smtpUrl }: HomeOptions): boolean =>
  !rehearsal && smtpUrl !== undefined;

const lateAfterMilliseconds = 3_600_000;

/** Standing until the operator has looked: people miss what is held. */
const heldLetters = (mail: Pick<Mail, 'heldSince'>): Problem[] => {
  const since = mail.heldSince();
  if (since === undefined) return [];
  const harm =
    'Letters are held since the restore, for some may have left before. Look through them on the operator’s page, then npm run restore -- --release.';
  return [{ code: 'LETTERS_HELD', harm, since, count: 1 }];
};

/**
 * A letter that a server puts off again and again leaves no line that says so.
 * @param now milliseconds since 1970
 */
export const lateLetters = (options: HomeOptions, mail: Pick<Mail, 'backlog'>, now: number): Problem[] => {
  const { waiting, oldest } = mail.backlog();
  if (!lettersLeave(options) || oldest === undefined || now - oldest < lateAfterMilliseconds) return [];
  const harm = 'A person has waited for a letter for more than an hour. The operator’s page shows which.';
  return [{ code: 'LETTERS_LATE', harm, since: oldest, count: waiting }];
};
