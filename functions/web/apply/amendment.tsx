import type { Context } from 'hono';
import { type ApplicationView, beginAmendment, giveUpAmendment } from '#functions/commands/applications.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { deadlineOf } from '../calls/facts.ts';
import type { WebDeps } from '../deps.ts';
import { Button, LinkButton, WarningText } from '../fields.tsx';
import { Page } from '../layout.tsx';
import { Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { applicationOf, askedOf } from './application.ts';

/** Opens what was submitted again and leads to its sections. */
export const postAmendment = (deps: WebDeps) => async (c: Context) => {
  const asked = askedOf(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  const begun = await beginAmendment(deps, asked.value);
  if (!begun.ok) return refusalPage(c, begun.error);
  return c.redirect(paths.application(viewOf(c).t.locale, asked.value.applicationId), 303);
};

/** Asks once more: what was changed and not submitted is lost. */
export const showGivingUp = (deps: WebDeps) => async (c: Context) => {
  const found = await applicationOf(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const view = viewOf(c);
  const { application } = found.value;
  if (application.stage !== 'submitted' || !application.amendment) {
    return c.redirect(paths.application(view.t.locale, application.id), 303);
  }
  return c.html(<GivingUpPage view={view} application={found.value} />);
};

export const postGivingUp = (deps: WebDeps) => async (c: Context) => {
  const asked = askedOf(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  const given = await giveUpAmendment(deps, asked.value);
  if (!given.ok) return refusalPage(c, given.error);
  const address = paths.application(viewOf(c).t.locale, asked.value.applicationId);
  return c.redirect(`${address}?done=amend.done.givenUp`, 303);
};

const GivingUpPage = ({ view, application }: { view: View; application: ApplicationView }) => {
  const { t } = view;
  const { id } = application.application;
  return (
    <Page
      view={view}
      title={t('amend.giveUp.title')}
      caption={textIn(t, application.file.title)}
      back={{ href: paths.application(t.locale, id) }}
    >
      <p>{t('amend.inForce', { at: submittedAt(t, application) })}</p>
      <WarningText t={t}>{t('amend.giveUp.warning')}</WarningText>
      <form method="post" action={paths.giveUpAmending(t.locale, id)}>
        <div class="govuk-button-group">
          <Button kind="warning">{t('amend.giveUp')}</Button>
          <LinkButton kind="secondary" href={paths.application(t.locale, id)}>
            {t('amend.goOn')}
          </LinkButton>
        </div>
      </form>
    </Page>
  );
};

type Props = { t: Translator; application: ApplicationView };

/** Above the sections of what was opened again: what counts meanwhile, and the way back. */
export const Amending = ({ t, application }: Props) =>
  application.application.stage === 'submitted' ? (
    <Inset>
      <p>
        <strong>{t('amend.inForce', { at: submittedAt(t, application) })}</strong> {t('amend.untilSubmitted')}
      </p>
      <p>
        <a href={paths.receipt(t.locale, application.application.id)}>{t('apply.receipt.see')}</a>
      </p>
      <p>
        <a href={paths.giveUpAmending(t.locale, application.application.id)}>{t('amend.giveUp')}</a>
      </p>
    </Inset>
  ) : null;

/** On the page of a submitted application: how it can be changed, or that changes were left behind by the deadline. */
export const AmendmentOf = ({ t, application: view }: Props) => {
  const { application, round, file } = view;
  if (application.stage !== 'submitted') return null;
  if (application.amendment) {
    return (
      <Inset>
        <p>{t('amend.late')}</p>
        <p>{t('amend.inForce', { at: submittedAt(t, view) })}</p>
      </Inset>
    );
  }
  if (!view.open) return null;
  return (
    <section>
      <h2 class="govuk-heading-m">{t('amend.title')}</h2>
      <p>{t('amend.text', { at: t.moment(deadlineOf(round), file.timeZone) })}</p>
      <form method="post" action={paths.amend(t.locale, application.id)}>
        <Button kind="secondary">{t('amend.begin')}</Button>
      </form>
    </section>
  );
};

const submittedAt = (t: Translator, { application, file }: ApplicationView): string =>
  application.stage === 'submitted' ? t.moment(application.submittedAt, file.timeZone) : '';
