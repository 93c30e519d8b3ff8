import type { Context } from 'hono';
import { type ApplicationView, saveSection, viewApplication } from '#functions/commands/applications.ts';
import { statusOf as httpStatusOf } from '#functions/http/problem.ts';
import { type Field, type Typed as FormTyped, SectionId } from '#shared/domain/application-form.ts';
import type { Fault, StoredSection } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Hidden } from '../fields.tsx';
import { dateOf, fieldErrors, many, one, readTyped, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { fieldLabel, textIn } from '../words.ts';
import { applicationOf, fieldsOf } from './application.ts';
import { FormField, shownValue } from './form-field.tsx';
import { faultsOf, nextAfter } from './tasks.ts';

/** One section of the form; what was saved before is in it. */
export const showSection = (deps: WebDeps) => async (c: Context) => {
  const found = await sectionOf(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const { application, section } = found.value;
  if (!application.draft) {
    return c.redirect(paths.application(viewOf(c).t.locale, application.application.id), 303);
  }
  const { typed, version } = application.sections[section];
  return c.html(<SectionPage view={viewOf(c)} {...{ application, section, typed }} basedOn={version} />);
};

/**
 * Saves what was typed, complete or not, and goes on. What is wrong with it is shown at once, after it was saved:
 * nobody loses a text because a number beside it was wrong.
 */
export const postSection = (deps: WebDeps) => async (c: Context) => {
  const found = await sectionOf(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const { application, section } = found.value;
  const view = viewOf(c);
  const { locale } = view.t;
  const posted = await readTyped(c);
  const typed = typedFields(fieldsOf(application.file, section), posted);

  const saved = await saveSection(deps, { ...application.asked, section, basedOn: basedOn(posted), typed });
  if (!saved.ok) {
    const { error } = saved;
    const faults = error.kind === 'invalid' ? error.faults : [];
    const stored = error.kind === 'changed-meanwhile' ? error.stored : undefined;
    if (faults.length === 0 && stored === undefined) return refusalPage(c, error);
    const version = stored?.version ?? basedOn(posted);
    const page = { application, section, typed, faults, stored, basedOn: version };
    return c.html(<SectionPage view={view} {...page} />, httpStatusOf(error));
  }
  if (one(posted, 'next') === 'leave') {
    return c.redirect(`${paths.application(locale, application.application.id)}?done=common.done.saved`, 303);
  }
  const after = await viewApplication(deps, application.asked);
  if (!after.ok) return refusalPage(c, after.error);
  const faults = faultsOf(after.value, section);
  if (faults.length === 0) return c.redirect(nextAfter(locale, after.value, section), 303);
  const { version } = after.value.sections[section];
  const page = { application, section, typed, faults, basedOn: version, saved: true };
  return c.html(<SectionPage view={view} {...page} />, 422);
};

const sectionOf = async (deps: WebDeps, c: Context) => {
  const section = SectionId.safeParse(c.req.param('section'));
  if (!section.success) return { ok: false, error: { kind: 'not-found', what: 'page' } } as const;
  const found = await applicationOf(deps, c);
  if (!found.ok) return found;
  return { ok: true, value: { application: found.value, section: section.data } } as const;
};

const basedOn = (posted: Typed): number => {
  const version = Number(one(posted, 'basedOn'));
  return Number.isInteger(version) && version >= 0 ? version : 0;
};

const typedFields = (fields: readonly Field[], posted: Typed): FormTyped =>
  Object.fromEntries(fields.map((field) => [field.name, typedField(field, posted)]));

const typedField = (field: Field, posted: Typed): string | string[] => {
  if (field.control === 'some-of') return [...many(posted, field.name)];
  return field.control === 'date' ? dateOf(posted, field.name) : one(posted, field.name);
};

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

const SectionPage = (props: SectionPageProps) => {
  const { view, application, section, typed } = props;
  const { t } = view;
  const { id } = application.application;
  const fields = fieldsOf(application.file, section);
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
      {props.stored && <StoredVersion t={t} fields={fields} stored={props.stored} />}
      {section === 'consent' && <ConsentText t={t} application={application} />}
      <form method="post" action={paths.section(t.locale, id, section)} novalidate>
        <Hidden name="basedOn" value={props.basedOn} />
        {fields.map((field) => (
          <FormField t={t} file={application.file} field={field} typed={typed} errors={errors} />
        ))}
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

/** Another tab saved first: what stands there is shown beside the form, which still holds what was typed here. */
const StoredVersion = ({
  t,
  fields,
  stored,
}: {
  t: Translator;
  fields: readonly Field[];
  stored: StoredSection;
}) => (
  <div class="govuk-inset-text" role="alert">
    <h2 class="govuk-heading-m">{t('apply.twoVersions')}</h2>
    <p>{t('apply.twoVersions.text')}</p>
    <dl class="govuk-summary-list">
      {fields.map((field) => (
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key">{fieldLabel(t, field.name)}</dt>
          <dd class="govuk-summary-list__value">{shownValue(t, field, stored.fields[field.name])}</dd>
        </div>
      ))}
    </dl>
  </div>
);

const ConsentText = ({ t, application }: { t: Translator; application: ApplicationView }) => (
  <div class="govuk-inset-text">
    {textIn(t, application.file.consent.text)
      .split('\n')
      .map((paragraph) => (
        <p>{paragraph}</p>
      ))}
  </div>
);
