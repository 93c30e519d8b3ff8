import type { Context } from 'hono';
import {
  type ApplicationView,
  submitApplication,
  viewApplication,
} from '#functions/commands/applications.ts';
import { publicCall } from '#functions/commands/rounds.ts';
import { statusOf } from '#functions/http/problem.ts';
import { faultText, withTitle } from '#functions/http/refusal-text.ts';
import { submissionsOf } from '#shared/domain/application-amendment.ts';
import type { SectionId } from '#shared/domain/application-form.ts';
import { DocumentId } from '#shared/domain/ids.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { WebDeps } from '../deps.ts';
import { Button, Hidden } from '../fields.tsx';
import { many, one, readTyped, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { Facts } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { fieldLabel, schoolName, subjectName, textIn } from '../words.ts';
import { applicationOf, fieldsOf, requirementsOf, sectionsOf, shownOf } from './application.ts';
import { shownValue } from './form-field.tsx';
import { isLeftBehind, LeftBehind } from './left-behind.tsx';
import { KeptAside } from './section-page.tsx';
import { addressOf, markOf, taskOf } from './tasks.ts';

/** Everything that would be submitted, read back, with a way to change each part. */
export const showCheck = (deps: WebDeps) => async (c: Context) => {
  const found = await applicationOf(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const { application, draft } = found.value;
  const view = viewOf(c);
  if (!draft) return c.redirect(paths.application(view.t.locale, application.id), 303);
  const vacancies = await chosenVacancies(deps, found.value);
  return c.html(<CheckPage view={view} application={found.value} vacancies={vacancies} />);
};

/** Submits. Pressing twice, or again after a lost answer, leads to the same receipt. */
export const postSubmit = (deps: WebDeps) => async (c: Context) => {
  const found = await applicationOf(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const { asked } = found.value;
  const view = viewOf(c);
  const posted = await readTyped(c);
  const named = many(posted, 'without').map((id) => DocumentId.safeParse(id));
  const without = named.flatMap((id) => (id.success ? [id.data] : []));
  const submitted = await submitApplication(deps, { ...asked, without, ...submissionsKnown(posted) });
  if (submitted.ok) return c.redirect(paths.receipt(view.t.locale, asked.applicationId), 303);
  // A file that was given up has arrived after all: whoever pressed looks at the list again before it is final.
  if (submitted.error.kind === 'changed-meanwhile' && without.length > 0) {
    return c.redirect(paths.check(view.t.locale, asked.applicationId), 303);
  }
  if (!shownHere.has(submitted.error.kind)) return refusalPage(c, submitted.error);
  const now = await viewApplication(deps, asked);
  if (!now.ok) return refusalPage(c, now.error);
  const vacancies = await chosenVacancies(deps, now.value);
  const page = <CheckPage view={view} application={now.value} vacancies={vacancies} refused />;
  return c.html(page, statusOf(submitted.error));
};

/** How often the application was submitted when the page was drawn. */
const submissionsKnown = (posted: Typed): { after?: number } => {
  const after = one(posted, 'after');
  return /^\d{1,4}$/.test(after) ? { after: Number(after) } : {};
};

/** Refusals that the list of what is missing explains. */
const shownHere: ReadonlySet<Refusal['kind']> = new Set(['incomplete', 'document-not-arrived']);

const chosenVacancies = async (deps: WebDeps, view: ApplicationView): Promise<readonly Vacancy[]> => {
  const { choices } = shownOf(view);
  if (choices.length === 0) return [];
  const call = await publicCall(deps, view.round.id);
  const all = call.ok ? call.value.vacancies : [];
  return choices.flatMap((code) => all.find((vacancy) => vacancy.code === code) ?? []);
};

type CheckPageProps = {
  view: View;
  application: ApplicationView;
  vacancies: readonly Vacancy[];
  refused?: boolean;
};

const CheckPage = ({ view, application, vacancies, refused }: CheckPageProps) => {
  const { t } = view;
  const { id } = application.application;
  // What is kept apart is not read back here, nor submitted with the form.
  const sections: readonly SectionId[] = [
    ...sectionsOf(application).filter((section) => section !== 'equality'),
    'consent',
  ];
  return (
    <Page
      view={view}
      title={t('apply.checkAnswers')}
      caption={textIn(t, application.file.title)}
      failed={refused === true}
      back={{ href: paths.application(t.locale, id), text: t('apply.toTasks') }}
    >
      {isLeftBehind(application) ? (
        <LeftBehind view={view} application={application} />
      ) : (
        <Missing t={t} application={application} refused={refused === true} />
      )}
      {sections.map((section) => (
        <section>
          <h2 class="govuk-heading-m">{t(`apply.task.${section}`)}</h2>
          <Answers t={t} application={application} section={section} />
        </section>
      ))}
      <Documents t={t} application={application} />
      <Choices t={t} application={application} vacancies={vacancies} />
      <KeptAside t={t} application={application} />
      {!isLeftBehind(application) && <Submission t={t} application={application} />}
    </Page>
  );
};

/** The last button, as soon as nothing is missing, or nothing but files on their way, which can be given up. */
const Submission = ({ t, application }: { t: Translator; application: ApplicationView }) => {
  const coming = application.missing.filter(isAwaited);
  if (coming.length < application.missing.length) return null;
  const submissions = submissionsOf(application.application);
  return (
    <>
      <h2 class="govuk-heading-m">{t('apply.submit.title')}</h2>
      {coming.length > 0 && (
        <p role="status" data-refresh={markOf(shownOf(application).documents)}>
          {t('apply.submit.awaited')}
        </p>
      )}
      <p>{t(submissions === 0 ? 'apply.submit.text' : 'amend.submit.text')}</p>
      <form method="post" action={paths.submit(t.locale, application.application.id)}>
        <Hidden name="after" value={submissions} />
        {coming.map(({ facts }) => (
          <Hidden name="without" value={String(facts?.['document'])} />
        ))}
        {coming.length === 0 ? (
          <Button>{t('apply.submit')}</Button>
        ) : (
          <Button kind="secondary">{t('apply.submit.without')}</Button>
        )}
      </form>
    </>
  );
};

const isAwaited = ({ message }: Fault): boolean => message === 'application-form.document.awaited';

type MissingProps = { t: Translator; application: ApplicationView; refused: boolean };

/** What submission still needs, each leading to its page. */
const Missing = ({ t, application, refused }: MissingProps) =>
  application.missing.length === 0 ? null : (
    <div class="govuk-error-summary" {...(refused && { tabindex: -1, 'data-focus': true })}>
      <div role="alert">
        <h2 class="govuk-error-summary__title">{t('apply.stillMissing')}</h2>
        <div class="govuk-error-summary__body">
          <ul class="govuk-list govuk-error-summary__list">
            {withoutEchoes(application.missing).map((fault) => (
              <li>
                <a href={`${addressOf(t.locale, application.application.id, taskOf(fault))}#${fault.place}`}>
                  {faultText(withTitle(fault, application.file, t), t)}
                </a>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  );

/**
 * Whoever has not agreed is not told besides that it was to another version of the text, and of which document a file
 * is on its way not besides that there is none.
 */
const withoutEchoes = (missing: readonly Fault[]): readonly Fault[] => {
  const unsaid = new Set(missing.filter(isAwaited).map(({ place }) => place));
  if (missing.some(({ place }) => place === 'consent')) unsaid.add('consentVersion');
  return missing.filter((fault) => isAwaited(fault) || !unsaid.has(fault.place));
};

type AnswersProps = { t: Translator; application: ApplicationView; section: SectionId };

const Answers = ({ t, application, section }: AnswersProps) => {
  const { typed } = application.sections[section];
  const href = paths.section(t.locale, application.application.id, section);
  return (
    <Facts
      facts={fieldsOf(application, section)
        .filter((field) => field.name !== 'consentVersion')
        .map((field) => ({
          name: fieldLabel(t, field.name),
          value: <span class="typed">{shownValue(t, field, typed[field.name])}</span>,
          action: {
            href: `${href}#${field.name}`,
            text: t('common.change'),
            about: fieldLabel(t, field.name),
          },
        }))}
    />
  );
};

const Documents = ({ t, application }: { t: Translator; application: ApplicationView }) => {
  const own = shownOf(application);
  const requirements = requirementsOf(application);
  if (requirements.length === 0) return null;
  const received = (code: string): number =>
    own.documents.filter(({ requirement, status }) => requirement === code && status === 'received').length;
  return (
    <section>
      <h2 class="govuk-heading-m">{t('apply.documents')}</h2>
      <Facts
        facts={requirements.map((requirement) => ({
          name: textIn(t, requirement.title),
          value: t('apply.document.count', { count: received(requirement.code) }),
          action: {
            href: paths.documents(t.locale, own.id),
            text: t('common.change'),
            about: textIn(t, requirement.title),
          },
        }))}
      />
    </section>
  );
};

type ChoicesProps = { t: Translator; application: ApplicationView; vacancies: readonly Vacancy[] };

const Choices = ({ t, application, vacancies }: ChoicesProps) => (
  <section>
    <h2 class="govuk-heading-m">{t('apply.task.choices')}</h2>
    {vacancies.length === 0 ? (
      <p>{t('apply.choices.none')}</p>
    ) : (
      <ol class="govuk-list govuk-list--number">
        {vacancies.map((vacancy) => (
          <li>
            {subjectName(t, vacancy.subject)}, {schoolName(t, vacancy)}, {vacancy.district}
          </li>
        ))}
      </ol>
    )}
    <p>
      <a href={paths.choices(t.locale, application.application.id)}>{t('apply.choices.change')}</a>
    </p>
  </section>
);
