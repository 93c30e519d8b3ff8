import type { PropsWithChildren } from 'hono/jsx';
import type { OwedInterviewsView, ShownOwed } from '#functions/commands/owed-interview-view.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { NotHeld } from '../committee/call-off.tsx';
import { Holders, ProvidedFields } from '../committee/plan-form.tsx';
import { Button, TextArea, TextField } from '../fields.tsx';
import { type FieldError, one, type Typed } from '../form.ts';
import { Details } from '../parts.tsx';
import { paths } from '../paths.ts';
import { owedPaths } from './paths.ts';

/** A form that was refused, with what was typed. */
export type Again = {
  form: 'refusal' | 'time' | 'cancellation';
  typed: Typed;
  errors: readonly FieldError[];
};

type Props = { t: Translator; roundId: string; owed: ShownOwed; again: Again | undefined };

const own = ({ again }: Props, form: Again['form']): Again | undefined =>
  again?.form === form ? again : undefined;

/** By another person than who asked for it. */
export const Answering = ({ isOwn, ...form }: Props & { isOwn: boolean }) => (
  <>
    {isOwn ? <p>{form.t('owed-interview.own')}</p> : <Granting {...form} />}
    <Refusing {...form} />
  </>
);

const Granting = ({ t, roundId, owed }: Props) => (
  <form method="post" action={owedPaths.answer(t.locale, roundId, owed.applicationId, 'grant')}>
    <p>{t('owed-interview.grant.text')}</p>
    <Button>{t('owed-interview.grant')}</Button>
  </form>
);

const Refusing = (props: Props) => (
  <WithReason {...props} form="refusal" press={props.t('owed-interview.refuse')} />
);

type Reasoned = PropsWithChildren<Props & { form: 'refusal' | 'cancellation'; press: string; hint?: string }>;

/** What is folded away until somebody wants it, and needs a reason. */
const WithReason = ({ form, press, hint, children, ...props }: Reasoned) => {
  const { t, roundId, owed } = props;
  const again = own(props, form);
  return (
    <Details summary={press} open={again !== undefined}>
      <form method="post" action={owedPaths.answer(t.locale, roundId, owed.applicationId, form)} novalidate>
        <TextArea
          t={t}
          name="reason"
          label={t('owed-interview.reason')}
          hint={hint}
          rows={3}
          value={again ? one(again.typed, 'reason') : ''}
          errors={again?.errors}
        />
        {children}
        <Button kind="warning">{press}</Button>
      </form>
    </Details>
  );
};

/** When, where and before whom it is held. */
export const Planning = (props: Props & { all: OwedInterviewsView }) => {
  const { t, roundId, owed, all } = props;
  const again = own(props, 'time');
  const { file } = all.place;
  return (
    <section class="screen-only">
      <h2 class="govuk-heading-m">{t('owed-interview.plan')}</h2>
      <p>{t('owed-interview.plan.text', { minutes: file.interviews.minutes })}</p>
      <p>
        {t('owed-interview.plan.panel')} <a href={paths.panels(t.locale, roundId)}>{t('panel.title')}</a>
      </p>
      <form method="post" action={owedPaths.answer(t.locale, roundId, owed.applicationId, 'time')} novalidate>
        <TextField
          t={t}
          name="from"
          label={t('owed-interview.plan.from')}
          hint={t('manage.extend.hint', { zone: file.timeZone })}
          type="datetime-local"
          width={20}
          value={again ? one(again.typed, 'from') : ''}
          errors={again?.errors}
        />
        <Holders t={t} plan={all} refused={again} />
        <ProvidedFields t={t} refused={again} />
        <Button>{t('owed-interview.plan')}</Button>
      </form>
    </section>
  );
};

export const Cancelling = ({ now, ...props }: Props & { now: Instant }) => {
  const { t, owed } = props;
  const words = { press: t('owed-interview.cancel'), hint: t('owed-interview.cancel.hint') };
  const again = own(props, 'cancellation');
  const hasBegun = !owed.line.missed && owed.booked !== undefined && owed.booked.slot.startsAt <= now;
  const isSaid = again !== undefined && one(again.typed, 'notHeld') === 'yes';
  return (
    <WithReason {...props} {...words} form="cancellation">
      {hasBegun && <NotHeld t={t} isSaid={isSaid} errors={again?.errors} />}
    </WithReason>
  );
};

/** The way to what counting it changes, where it is asked for as a correction. */
export const Counting = ({ t, roundId, owed: { number, total } }: Props) => {
  const known = new URLSearchParams({ kind: 'totals', number, interview: String(total ?? ''), owed: 'yes' });
  return (
    <section class="screen-only">
      <p>{t('owed-interview.count.text')}</p>
      <p>
        <a href={`${paths.counterfactual(t.locale, roundId)}?${known}`}>{t('owed-interview.count')}</a>
      </p>
    </section>
  );
};
