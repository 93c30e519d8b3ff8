import type { PropsWithChildren } from 'hono/jsx';
import type { ApplicationView } from '#functions/commands/applications.ts';
import type { Typed as FormTyped, SectionId } from '#shared/domain/application-form.ts';
import { type AskedField, keptAside } from '#shared/domain/application-form-asked.ts';
import type { Fault, StoredSection } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, ErrorSummary, Hidden } from '../fields.tsx';
import { fieldErrors } from '../form.ts';
import { Page } from '../layout.tsx';
import { Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';
import { fieldLabel, textIn } from '../words.ts';
import { pageFields } from './application.ts';
import { ConsentText } from './consent-terms.tsx';
import { FormField, shownValue } from './form-field.tsx';
import { LeftBehind } from './left-behind.tsx';

type SectionPageProps = {
  view: View;
  application: ApplicationView;
  section: SectionId;
  typed: FormTyped;
  basedOn: number;
  faults?: readonly Fault[];
  stored?: StoredSection | undefined;
  saved?: boolean;
};

export const SectionPage = (props: SectionPageProps) => {
  const { view, application, section, typed } = props;
  const { t } = view;
  const { id } = application.application;
  const shown = pageFields(application, section);
  const errors = fieldErrors(props.faults ?? [], t);
  return (
    <Page
      view={view}
      title={t(`apply.task.${section}`)}
      caption={textIn(t, application.file.title)}
      failed={errors.length > 0}
      back={{ href: paths.application(t.locale, id), text: t('apply.toTasks') }}
    >
      <ErrorSummary t={t} errors={errors} />
      {props.saved === true && <Inset>{t('apply.savedWithFaults')}</Inset>}
      {props.stored && <StoredVersion t={t} shown={shown} stored={props.stored} />}
      <LeftBehind view={view} application={application} />
      {section === 'consent' && <ConsentText t={t} application={application} />}
      {section === 'equality' && <Inset>{t('apply.equality.apart')}</Inset>}
      <form method="post" action={paths.section(t.locale, id, section)} novalidate>
        <Hidden name="basedOn" value={props.basedOn} />
        <Hidden name="shown" value={shown.map(({ field }) => field.name).join(' ')} />
        <Hidden name="revealed" value="" />
        {shown.map(({ field, asked }) => (
          <Hanging field={field} asked={asked} shown={shown}>
            <FormField t={t} file={application.file} field={field} typed={typed} errors={errors} />
          </Hanging>
        ))}
        <KeptAside t={t} application={application} section={section} />
        <div class="govuk-button-group">
          <Button name="next" value="go-on">
            {t('common.saveAndContinue')}
          </Button>
          <Button kind="secondary" name="next" value="leave">
            {t('apply.saveAndLeave')}
          </Button>
        </div>
      </form>
    </Page>
  );
};

type Shown = ReturnType<typeof pageFields>;

/** A question that hangs on another one of the same page: hidden while it is not asked, for the script to show. */
const Hanging = ({
  field: { when },
  asked,
  shown,
  children,
}: PropsWithChildren<{ field: AskedField; asked: boolean; shown: Shown }>) =>
  when && shown.some(({ field }) => field.name === when.question) ? (
    <div data-when={when.question} data-is={when.is.join(' ')} hidden={!asked}>
      {children}
    </div>
  ) : (
    <>{children}</>
  );

type AsideProps = { t: Translator; application: ApplicationView; section?: SectionId };

/** Answers of a section, or of all of them, that nothing asks for any more. */
export const KeptAside = ({ t, application: { file, answers }, section }: AsideProps) => {
  const aside = keptAside(file, answers).filter(
    (field) => section === undefined || field.section === section,
  );
  if (aside.length === 0) return null;
  return (
    <div class="govuk-inset-text">
      <h2 class="govuk-heading-s">{t('apply.keptAside')}</h2>
      <p>{t('apply.keptAside.text')}</p>
      <Facts
        facts={aside.map((field) => ({
          name: fieldLabel(t, field.name),
          value: <span class="typed">{shownValue(t, field, answers[field.name])}</span>,
        }))}
      />
    </div>
  );
};

type StoredProps = { t: Translator; shown: Shown; stored: StoredSection };

/** Another tab saved first: what stands there is shown beside the form, which still holds what was typed here. */
const StoredVersion = ({ t, shown, stored }: StoredProps) => (
  <div class="govuk-inset-text" role="alert">
    <h2 class="govuk-heading-m">{t('apply.twoVersions')}</h2>
    <p>{t('apply.twoVersions.text')}</p>
    <Facts
      facts={shown
        .filter(({ field, asked }) => asked || stored.fields[field.name] !== undefined)
        .map(({ field }) => ({
          name: fieldLabel(t, field.name),
          value: <span class="typed">{shownValue(t, field, stored.fields[field.name])}</span>,
        }))}
    />
  </div>
);
