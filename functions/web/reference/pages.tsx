import type { ReferenceForm } from '#functions/commands/reference-answer.ts';
import { ReferenceAnswer } from '#functions/commands/references.ts';
import type { StoredSection } from '#shared/errors.ts';
import { Button, ErrorSummary, Hidden, Radios, TextArea, TextField } from '../fields.tsx';
import type { FieldError } from '../form.ts';
import { Page } from '../layout.tsx';
import { OtherVersion } from '../other-version.tsx';
import { Details, Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';
import { textIn } from '../words.ts';

type LinkProps = {
  view: View;
  error?: string;
  /** What was typed while the browser had lost the link, and whose reference it is. */
  kept?: { referee: string; basedOn: string; answer: ReferenceAnswer | undefined };
};

/** Where the link of the letter leads. The token is behind the # and is put into the field by script, or pasted by hand. */
export const LinkPage = ({ view, error, kept }: LinkProps) => {
  const { t } = view;
  const errors = error === undefined ? undefined : [{ field: 'token', text: error }];
  return (
    <Page view={view} title={t('reference.open.title')} failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <p>{t('reference.open.text')}</p>
      <form method="post" action={paths.reference(t.locale)} data-from-fragment="token">
        <TextField
          t={t}
          name="token"
          label={t('reference.open.token')}
          spellCheck={false}
          autoComplete="off"
          errors={errors}
        />
        {kept && kept.referee !== '' && <Hidden name="referee" value={kept.referee} />}
        {kept?.answer && <Kept t={t} answer={kept.answer} basedOn={kept.basedOn} />}
        <Button>{t('common.continue')}</Button>
      </form>
      {view.passkeyScript !== undefined && <script src={view.passkeyScript} type="module"></script>}
    </Page>
  );
};

type KeptProps = { t: View['t']; answer: ReferenceAnswer; basedOn: string };

const Kept = ({ t, answer, basedOn }: KeptProps) => (
  <>
    {basedOn !== '' && <Hidden name="basedOn" value={basedOn} />}
    <Hidden name="known" value={answer.known} />
    <Hidden name="recommends" value={answer.recommends} />
    <Hidden name="text" value={answer.text} />
    <h2 class="govuk-heading-m">{t('problems.kept.title')}</h2>
    <Facts
      facts={[
        { name: t('reference.known'), value: <span class="typed">{answer.known}</span> },
        { name: t('reference.answer'), value: <span class="typed">{answer.text}</span> },
      ]}
    />
  </>
);

type Props = {
  view: View;
  form: ReferenceForm;
  maximum: number;
  errors: readonly FieldError[];
  stored?: StoredSection | undefined;
};

/** Who asks, what happens with the answer, and the form. */
export const ReferencePage = ({ view, form, maximum, errors, stored }: Props) => {
  const { t } = view;
  const { applicant, contact, file } = form;
  return (
    <Page
      view={view}
      title={t('reference.form.title', { applicant })}
      caption={textIn(t, file.title)}
      failed={errors.length > 0}
    >
      <ErrorSummary t={t} errors={errors} />
      <p>{t('reference.form.lead', { referee: contact?.name ?? '', applicant })}</p>
      <Inset>
        <p>
          {t(file.references?.confidential === true ? 'reference.notice.kept' : 'reference.notice.shown')}
        </p>
        <p>{t('reference.notice.consent')}</p>
      </Inset>
      {stored && <StoredAnswer t={t} stored={stored} />}
      <AnswerForm view={view} form={form} maximum={maximum} errors={errors} />
      <Details summary={t('reference.decline')}>
        <p>{t('reference.decline.text')}</p>
        <form method="post" action={paths.declineReference(t.locale)}>
          <Hidden name="referee" value={form.referee} />
          <Button kind="warning">{t('reference.decline')}</Button>
        </form>
      </Details>
    </Page>
  );
};

/** Another tab kept a text first: it is shown beside the form, which still holds what was typed here. */
const StoredAnswer = ({ t, stored: { fields } }: { t: View['t']; stored: StoredSection }) => {
  const recommends = ReferenceAnswer.shape.recommends.safeParse(fields['recommends']).data;
  return (
    <OtherVersion
      t={t}
      title={t('inquiry.otherText')}
      values={[
        { name: t('reference.known'), value: fields['known'] },
        { name: t('reference.recommends'), value: recommends && t(`reference.recommends.${recommends}`) },
        { name: t('reference.answer'), value: fields['text'] },
      ]}
    />
  );
};

const AnswerForm = ({ view: { t }, form: { referee, answer, version }, maximum, errors }: Props) => (
  <form method="post" action={paths.referenceForm(t.locale)} novalidate>
    <Hidden name="referee" value={referee} />
    <Hidden name="basedOn" value={version} />
    <TextArea t={t} name="known" rows={3} label={t('reference.known')} value={answer.known} errors={errors} />
    <Radios
      t={t}
      name="recommends"
      label={t('reference.recommends')}
      value={answer.recommends}
      errors={errors}
      options={(['yes', 'reservations', 'no'] as const).map((value) => ({
        value,
        text: t(`reference.recommends.${value}`),
      }))}
    />
    <TextArea
      t={t}
      name="text"
      rows={12}
      label={t('reference.answer')}
      hint={t('reference.answer.hint', { maximum })}
      value={answer.text}
      errors={errors}
    />
    <p>{t('reference.once')}</p>
    <div class="govuk-button-group">
      <Button name="press" value="send">
        {t('reference.send')}
      </Button>
      <Button kind="secondary" name="press" value="keep">
        {t('apply.saveAndLeave')}
      </Button>
    </div>
  </form>
);

export const ThanksPage = ({ view }: { view: View }) => (
  <Page view={view} title={view.t('reference.thanks.title')}>
    <p>{view.t('reference.thanks.text')}</p>
  </Page>
);
