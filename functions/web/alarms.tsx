import type { Acknowledgement } from '#functions/commands/release-alarms.ts';
import { type Alarm, alarmId } from '#shared/domain/release-alarms.ts';
import { isMessageKey, type Translator } from '#shared/i18n/index.ts';
import { Checkboxes, TextArea } from './fields.tsx';
import { many, one, type Typed } from './form.ts';

/** What looks wrong in what a form is about to send: each to be ticked, with one reason for all. Nothing where nothing does. */
export const AlarmFields = ({
  t,
  alarms,
  prefix = '',
}: {
  t: Translator;
  alarms: readonly Alarm[];
  /** Tells forms on one page apart: ids of controls are names. */
  prefix?: string;
}) =>
  alarms.length === 0 ? null : (
    <>
      <Checkboxes
        t={t}
        name={`${prefix}alarms`}
        label={t('watch.alarms')}
        hint={t('watch.alarms.hint')}
        options={alarms.map((alarm) => ({ value: alarmId(alarm), text: alarmText(t, alarm) }))}
      />
      <TextArea t={t} name={`${prefix}reason`} label={t('watch.alarms.reason')} rows={3} />
    </>
  );

/** What was ticked and typed in such fields. */
export const acknowledgementIn = (typed: Typed, prefix = ''): Acknowledgement => ({
  alarms: many(typed, `${prefix}alarms`),
  reason: one(typed, `${prefix}reason`),
});

export const alarmText = (t: Translator, { code, group, count, of, before }: Alarm): string =>
  t(`watch.alarm.${code}`, {
    count,
    of,
    group: group ? groupName(t, group) : '',
    beforeCount: before?.count ?? 0,
    beforeOf: before?.of ?? 0,
  });

/** A code that no catalogue knows stays a code, since an old event may hold one. */
const groupName = (t: Translator, { kind, code }: NonNullable<Alarm['group']>): string => {
  const key = `application-form.${kind}s.${code}`;
  return isMessageKey(key) ? t(key) : code;
};
