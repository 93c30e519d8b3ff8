import type { Context } from 'hono';
import {
  askCorrection,
  askErasure,
  hindranceOf,
  withdrawConsent,
} from '#functions/commands/data-requests.ts';
import { applicantOf } from '#functions/http/applicant.ts';
import { statusOf } from '#functions/http/problem.ts';
import { isRunning } from '#shared/domain/round-record.ts';
import type { Refusal } from '#shared/errors.ts';
import type { MessageKey, Translator } from '#shared/i18n/index.ts';
import { type Asked, applicationOf, askedOf } from '../apply/application.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, TextArea, WarningText } from '../fields.tsx';
import { type FieldError, fieldErrors, one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';

type Found = { number: string; asked: Asked };

export const showCorrection = (deps: WebDeps) => async (c: Context) => {
  const found = await applicationOf(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const { asked, application } = found.value;
  const place = { number: application.number, asked };
  return c.html(<CorrectionPage view={viewOf(c)} found={place} typed="" errors={[]} />);
};

/** What was typed comes back with what is wrong about it. */
export const postCorrection = (deps: WebDeps) => async (c: Context) => {
  const found = await applicationOf(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const { asked, application } = found.value;
  const view = viewOf(c);
  const text = one(await readTyped(c), 'text');
  const filed = await askCorrection(deps, { ...asked, text });
  if (filed.ok) return back(c, 'rights.done.correction');
  if (filed.error.kind !== 'invalid') return refusalPage(c, filed.error);
  const place = { number: application.number, asked };
  const errors = fieldErrors(filed.error.faults, view.t);
  const page = <CorrectionPage view={view} found={place} typed={text} errors={errors} />;
  return c.html(page, statusOf(filed.error));
};

type CorrectionProps = { view: View; found: Found; typed: string; errors: readonly FieldError[] };

const CorrectionPage = ({ view, found: { number, asked }, typed, errors }: CorrectionProps) => {
  const { t } = view;
  return (
    <Page
      view={view}
      title={t('rights.correct.title')}
      caption={number}
      failed={errors.length > 0}
      back={{ href: paths.data(t.locale, view.assisted?.personId) }}
    >
      <ErrorSummary t={t} errors={errors} />
      <p>{t('rights.correct.text')}</p>
      <form
        method="post"
        action={paths.askCorrection(t.locale, asked.applicationId, view.assisted?.personId)}
        novalidate
      >
        <TextArea t={t} name="text" label={t('rights.correct.field')} value={typed} errors={errors} />
        <Button>{t('rights.correct.submit')}</Button>
      </form>
    </Page>
  );
};

/** What it means for the application is said before the button. */
export const showConsent = (deps: WebDeps) => async (c: Context) => {
  const found = await applicationOf(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const view = viewOf(c);
  const { t } = view;
  const { application, round } = found.value;
  const { number, id, stage } = application;
  const running = isRunning(round) && round.stage !== 'closed';
  return c.html(
    <Page
      view={view}
      title={t('rights.withdraw.title')}
      caption={number}
      back={{ href: paths.data(t.locale, view.assisted?.personId) }}
    >
      {running && stage === 'withdrawn' ? null : (
        <WarningText t={t}>{t(running ? 'rights.withdraw.running' : 'rights.withdraw.ended')}</WarningText>
      )}
      <p>{t('rights.withdraw.then')}</p>
      <p>{t('rights.withdraw.stays')}</p>
      <form method="post" action={paths.withdrawConsent(t.locale, id, view.assisted?.personId)}>
        <Button kind="warning">{t('rights.withdraw.submit')}</Button>
      </form>
    </Page>,
  );
};

export const postConsent = (deps: WebDeps) => async (c: Context) => {
  const asked = askedOf(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  const withdrawn = await withdrawConsent(deps, asked.value);
  return withdrawn.ok ? back(c, 'rights.done.consent') : refusalPage(c, withdrawn.error);
};

export const showErasure = (deps: WebDeps) => async (c: Context) => {
  const view = viewOf(c);
  const { t, assisted } = view;
  const hindrance = await hindranceOf(deps, applicantOf(c).personId);
  return c.html(
    <Page
      view={view}
      title={t('rights.erase.title')}
      back={{ href: paths.data(t.locale, assisted?.personId) }}
    >
      <p>{t(assisted ? 'rights.erase.text.desk' : 'rights.erase.text')}</p>
      <p>{t('rights.erase.stays')}</p>
      {hindrance ? (
        <Hindered t={t} hindrance={hindrance} person={assisted?.personId} />
      ) : (
        <EraseForm t={t} person={assisted?.personId} />
      )}
    </Page>,
  );
};

type Hindrance = Extract<Refusal, { kind: 'not-erasable' }>;
type HinderedProps = { t: Translator; hindrance: Hindrance; person: string | undefined };

/** What must end before, and the pages on which it does. */
const Hindered = ({ t, hindrance, person }: HinderedProps) => (
  <>
    <WarningText t={t}>{t(`problems.detail.because.${hindrance.because}`)}</WarningText>
    <ul class="govuk-list govuk-list--bullet">
      {waysOn(t, hindrance, person).map(({ href, text }) => (
        <li>
          <a href={href}>{text}</a>
        </li>
      ))}
    </ul>
  </>
);

const waysOn = (
  t: Translator,
  { because, application }: Hindrance,
  person: string | undefined,
): { href: string; text: string }[] => {
  const { locale } = t;
  if (!application) return [{ href: paths.account(locale), text: t('common.account') }];
  const { id, number } = application;
  switch (because) {
    case 'under-selection':
      return [
        { href: paths.withdraw(locale, id), text: `${t('apply.withdraw.link')}: ${number}` },
        { href: paths.withdrawConsent(locale, id, person), text: t('rights.withdraw.link', { number }) },
      ];
    case 'placed':
      return [{ href: paths.placement(locale, id), text: t('placement.title') }];
    case 'on-staff':
    case 'held':
      return [{ href: paths.data(locale, person), text: t('rights.erase.heldUntil', { number }) }];
    default:
      return because satisfies never;
  }
};

const EraseForm = ({ t, person }: { t: Translator; person: string | undefined }) => (
  <form method="post" action={paths.askErasure(t.locale, person)}>
    <Button kind="warning">{t('rights.erase.submit')}</Button>
  </form>
);

export const postErasure = (deps: WebDeps) => async (c: Context) => {
  const filed = await askErasure(deps, { by: applicantOf(c) });
  return filed.ok ? back(c, 'rights.done.erasure') : refusalPage(c, filed.error);
};

const back = (c: Context, done: MessageKey): Response => {
  const { t, assisted } = viewOf(c);
  return c.redirect(`${paths.data(t.locale, assisted?.personId)}?done=${done}`, 303);
};
