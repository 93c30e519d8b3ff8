import { startApplication } from '#functions/commands/applications.ts';
import { chooseLetterLanguage } from '#functions/commands/letter-language.ts';
import { type CallView, publicCall } from '#functions/commands/rounds.ts';
import { applicantOf } from '#functions/http/applicant.ts';
import type { Route } from '#functions/http/authorize.ts';
import { sessionOf } from '#functions/http/session.ts';
import { SectionId } from '#shared/domain/application-form.ts';
import { roundFields } from '#shared/domain/application-form-asked.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { Locale } from '#shared/i18n/index.ts';
import { LetterLanguageField } from '../account/letter-language.tsx';
import { roundIdOf } from '../acting.ts';
import { deadlineOf } from '../calls/facts.ts';
import type { WebDeps } from '../deps.ts';
import { Button, LinkButton } from '../fields.tsx';
import { one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage, signInWithReturn } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { fieldLabel, textIn } from '../words.ts';

export const startRoutes = (deps: WebDeps): readonly Route[] => [
  {
    method: 'GET',
    path: '/:locale{kk|ru|en}/calls/:round/apply',
    who: 'public',
    handle: async (c) => {
      const id = roundIdOf(c);
      const call = id && (await publicCall(deps, id));
      if (!call) return refusalPage(c, { kind: 'not-found', what: 'round' });
      if (!call.ok) return refusalPage(c, call.error);
      const view = viewOf(c);
      const session = sessionOf(c);
      const profile = session && (await deps.people.profiles.find(session.personId));
      return c.html(<StartPage view={view} call={call.value} letters={profile?.locale ?? view.t.locale} />);
    },
  },
  {
    method: 'POST',
    path: '/:locale{kk|ru|en}/calls/:round/apply',
    who: 'signed-in',
    audit: 'application-started',
    handle: async (c) => {
      const roundId = roundIdOf(c);
      if (!roundId) return refusalPage(c, { kind: 'not-found', what: 'round' });
      const by = applicantOf(c);
      const chosen = Locale.safeParse(one(await readTyped(c), 'locale'));
      const started = await startApplication(deps, { by, roundId });
      if (!started.ok) return refusalPage(c, started.error);
      if (chosen.success) {
        await chooseLetterLanguage(deps, { personId: by.personId, locale: chosen.data });
      }
      return c.redirect(paths.application(viewOf(c).t.locale, started.value.id), 303);
    },
  },
];

/** What may be asked of somebody, by section; the consent speaks for itself. */
const sectionsAsked = (file: RoundFile) =>
  SectionId.options.flatMap((section) => {
    const fields =
      section === 'consent' ? [] : roundFields(file).filter((field) => field.section === section);
    return fields.length > 0 ? [{ section, fields }] : [];
  });

/** @property letters the language in which letters come so far */
type StartProps = { view: View; call: CallView; letters: Locale };

const StartPage = ({ view, call, letters }: StartProps) => {
  const { t } = view;
  const { round, file, open, coming } = call;
  const { opensAt } = round.plan;
  return (
    <Page
      view={view}
      title={t('apply.start.title')}
      caption={textIn(t, file.title)}
      back={{ href: paths.call(t.locale, round.id) }}
    >
      <p class="lead">{t('apply.start.lead')}</p>
      <h2 class="govuk-heading-m">{t('apply.start.need')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {sectionsAsked(file).map(({ section, fields }) => (
          <li>
            {t(`apply.task.${section}`)}: {fields.map(({ name }) => fieldLabel(t, name)).join('; ')}
          </li>
        ))}
      </ul>
      {file.documents.length > 0 && <h2 class="govuk-heading-m">{t('apply.documents')}</h2>}
      <ul class="govuk-list govuk-list--bullet">
        {file.documents.map((document) => (
          <li>
            {textIn(t, document.title)} {document.required ? '' : t('common.optional')}
          </li>
        ))}
      </ul>
      <p>{t('apply.start.saved')}</p>
      <p>
        <strong>{t('call.closesAt', { at: t.moment(deadlineOf(round), file.timeZone) })}.</strong>
      </p>
      {coming && opensAt && <Inset>{t('call.opensAt', { at: t.start(opensAt, file.timeZone) })}</Inset>}
      {!open && !coming && <Inset>{t('apply.start.closed')}</Inset>}
      {open && !view.visitor && (
        <LinkButton href={signInWithReturn(view)}>{t('apply.start.signIn')}</LinkButton>
      )}
      {open && view.visitor && (
        <form method="post" action={paths.apply(t.locale, round.id)}>
          <LetterLanguageField t={t} chosen={letters} />
          <Button>{t('apply.start.begin')}</Button>
        </form>
      )}
    </Page>
  );
};
