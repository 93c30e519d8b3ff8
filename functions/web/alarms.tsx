import type { Acknowledgement } from '#functions/commands/release-alarms.ts';
import { alarmText } from '#shared/alarm-texts.ts';
import { alarmId, type RaisedAlarm } from '#shared/domain/release-alarms.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Checkboxes, TextArea } from './fields.tsx';
import { type FieldError, many, one, reasonError, type Typed } from './form.ts';

/** A release that was refused over alarms: what was ticked and typed for it, and what is wrong with that. */
export type Refused = { said: Acknowledgement; errors: readonly FieldError[] };

/**
 * What comes back into the form of a release that was refused over alarms, over its reason, or over the number of those whom it goes to
 * once something was typed for it. Undefined where the refusal is about something else, which a page of its own explains.
 */
export const refusedOver = (
  refusal: Refusal,
  { t, typed, prefix = '' }: { t: Translator; typed: Typed; prefix?: string },
): Refused | undefined => {
  const said = acknowledgementIn(typed, prefix);
  const { kind } = refusal;
  const isTyped = said.alarms.length > 0 || said.reason !== '';
  if (kind === 'alarms-not-acknowledged' || (kind === 'recipients-differ' && isTyped)) {
    // Where none hold any more, or it is about the number, there is no box to lead to.
    const hasBoxes = kind === 'alarms-not-acknowledged' && refusal.alarms.length > 0;
    const text = t(`problems.${kind}.title`);
    return { said, errors: [{ field: hasBoxes ? `${prefix}alarms` : '', text }] };
  }
  const wrong = reasonError(refusal, t, `${prefix}reason`);
  return wrong && { said, errors: [wrong] };
};

/** So many numbers are read one by one; the API names all. */
const namedAtMost = 20;

const namedIn = (t: Translator, { whom = [] }: RaisedAlarm): string | undefined => {
  if (whom.length === 0) return undefined;
  const named = whom.slice(0, namedAtMost).map(({ number }) => number);
  const [numbers, more] = [named.join(', '), whom.length - named.length];
  return more === 0 ? t('watch.alarms.whom', { numbers }) : t('watch.alarms.whomAndMore', { numbers, more });
};

/** What looks wrong in what a form is about to send: each to be ticked, with one reason for all. Nothing where nothing does. */
export const AlarmFields = ({
  t,
  alarms,
  prefix = '',
  refused,
}: {
  t: Translator;
  alarms: readonly RaisedAlarm[];
  /** Tells forms on one page apart: ids of controls are names. */
  prefix?: string;
  refused?: Refused | undefined;
}) =>
  alarms.length === 0 ? null : (
    <>
      <Checkboxes
        t={t}
        name={`${prefix}alarms`}
        label={t('watch.alarms')}
        hint={t('watch.alarms.hint')}
        options={alarms.map((alarm) => ({
          value: alarmId(alarm),
          text: alarmText(t, alarm),
          hint: namedIn(t, alarm),
        }))}
        values={refused?.said.alarms ?? []}
        errors={refused?.errors}
      />
      <TextArea
        t={t}
        name={`${prefix}reason`}
        label={t('watch.alarms.reason')}
        rows={3}
        value={refused?.said.reason ?? ''}
        errors={refused?.errors}
      />
    </>
  );

/** What was ticked and typed in such fields. */
export const acknowledgementIn = (typed: Typed, prefix = ''): Acknowledgement => ({
  alarms: many(typed, `${prefix}alarms`),
  reason: one(typed, `${prefix}reason`),
});
