import type { Context } from 'hono';
import { sayAhead, takeBackAhead } from '#functions/commands/answer-ahead.ts';
import type { OwnWaiting } from '#functions/commands/waiting-list.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { Result } from '#shared/result.ts';
import { askedOf } from '../apply/application.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Select } from '../fields.tsx';
import { type FieldError, fieldErrors, one, readTyped } from '../form.ts';
import { Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { viewOf } from '../view.ts';

type Redraw = (c: Context, errors: readonly FieldError[]) => Promise<Response>;

/** Keeps what the applicant says in advance; without a number of posts the page comes back. */
export const postAhead = (deps: WebDeps, redraw: Redraw) => async (c: Context) => {
  const asked = askedOf(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  const typed = one(await readTyped(c), 'upTo');
  const upTo = /^\d{1,3}$/.test(typed) ? Number(typed) : 0;
  const said = await sayAhead(deps, { ...asked.value, upTo });
  if (!said.ok && said.error.kind === 'invalid')
    return await redraw(c, fieldErrors(said.error.faults, viewOf(c).t));
  return back(c, asked.value.applicationId, said, 'waiting.ahead.done.said');
};

export const postAheadBack = (deps: WebDeps) => async (c: Context) => {
  const asked = askedOf(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  const taken = await takeBackAhead(deps, asked.value);
  return back(c, asked.value.applicationId, taken, 'waiting.ahead.done.takenBack');
};

const back = (
  c: Context,
  applicationId: string,
  result: Result<void, Refusal>,
  done: string,
): Response | Promise<Response> =>
  result.ok
    ? c.redirect(`${paths.waiting(viewOf(c).t.locale, applicationId)}?done=${done}`, 303)
    : refusalPage(c, result.error);

type Props = { t: Translator; waiting: OwnWaiting; errors: readonly FieldError[] };

/** What is accepted if the applicant cannot answer in time, and the form that says so; nothing once they have a post or have left. */
export const OwnAhead = ({ t, waiting: { ahead, application, file }, errors }: Props) => {
  if (!ahead) return null;
  const { choices, said } = ahead;
  const address = `${paths.waiting(t.locale, application.id)}/ahead`;
  return (
    <section class="screen-only" id="ahead">
      <ErrorSummary t={t} errors={errors} />
      <h2 class="govuk-heading-m">{t('waiting.ahead.title')}</h2>
      <p>{t('waiting.ahead.text')}</p>
      <p>{t('waiting.ahead.several')}</p>
      {said && (
        <Inset>
          <p>{t('waiting.ahead.stands', { at: t.moment(said.saidAt, file.timeZone) })}</p>
          <p>{said.vacancies.join(', ')}</p>
          <form method="post" action={`${address}/withdrawal`}>
            <Button kind="secondary">{t('waiting.ahead.takeBack')}</Button>
          </form>
        </Inset>
      )}
      <form method="post" action={address} novalidate>
        <Select
          t={t}
          name="upTo"
          label={t('waiting.ahead.upTo')}
          value={said ? `${said.vacancies.length}` : ''}
          errors={errors}
          empty="–"
          options={choices.map((code, index) => ({
            value: `${index + 1}`,
            text: `${t('waiting.ahead.option', { count: index + 1 })} (${code})`,
          }))}
        />
        <Button kind="secondary">{t('waiting.ahead.press')}</Button>
      </form>
    </section>
  );
};
