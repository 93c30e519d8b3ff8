import type { OwnInquiry } from '#functions/commands/inquiry-answer.ts';
import { maxInquiry } from '#functions/commands/inquiry-texts.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { TimelineStep } from '#shared/domain/timeline-step.ts';
import type { InquiryStanding, StoredSection } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, ErrorSummary, Hidden, LinkButton, TextArea } from '../fields.tsx';
import type { FieldError } from '../form.ts';
import { Page } from '../layout.tsx';
import { type Colour, Facts, Inset, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';
import { textIn } from '../words.ts';
import { Uploaded } from './documents.tsx';
import { markOf } from './tasks.ts';
import { acceptedText } from './upload.tsx';

type OpenProps = { t: Translator; id: string; steps: readonly TimelineStep[]; zone: string };

/** Above everything else on the page of an application: what the committee waits for. */
export const OpenInquiry = ({ t, id, steps, zone }: OpenProps) => {
  const step = steps.find(({ what }) => what === 'inquiry-open');
  if (!step?.inquiry || !step.at) return null;
  return (
    <section class="card">
      <h2 class="govuk-heading-m">{t('inquiry.todo')}</h2>
      <p>{t('inquiry.until', { at: t.moment(step.at, zone) })}</p>
      <LinkButton href={paths.inquiry(t.locale, id, step.inquiry)}>{t('inquiry.toAnswer')}</LinkButton>
    </section>
  );
};

const colours: Record<InquiryStanding, Colour> = {
  open: 'yellow',
  answered: 'green',
  withdrawn: 'grey',
  lapsed: 'red',
};

export const InquiryTag = ({ t, standing }: { t: Translator; standing: InquiryStanding }) => (
  <Tag colour={colours[standing]}>{t(`inquiry.standing.${standing}`)}</Tag>
);

type PageProps = {
  view: View;
  applicationId: string;
  own: OwnInquiry;
  file: RoundFile;
  errors: readonly FieldError[];
  stored?: StoredSection | undefined;
  /** What was typed into a form that was refused. */
  typed?: string;
};

export const InquiryPage = (props: PageProps) => {
  const { view, applicationId, own, file, errors } = props;
  const { t } = view;
  const { inquiry, standing, question, requirement } = own;
  return (
    <Page
      view={view}
      title={t('inquiry.title')}
      caption={textIn(t, file.title)}
      failed={errors.length > 0}
      back={{ href: paths.application(t.locale, applicationId), text: t('apply.toTasks') }}
    >
      <ErrorSummary t={t} errors={errors} />
      <p>
        <InquiryTag t={t} standing={standing} />
      </p>
      <Facts
        facts={[
          { name: t('inquiry.question'), value: <span class="typed">{question}</span> },
          ...(requirement ? [{ name: t('inquiry.wanted'), value: textIn(t, requirement.title) }] : []),
          { name: t('inquiry.askedAt'), value: t.moment(inquiry.askedAt, file.timeZone) },
          ...(standing === 'answered' && own.text !== ''
            ? [{ name: t('inquiry.answer'), value: <span class="typed">{own.text}</span> }]
            : []),
        ]}
      />
      {standing === 'open' ? <AnswerForm {...props} /> : <Files {...props} />}
    </Page>
  );
};

const AnswerForm = (props: PageProps) => {
  const { view, applicationId, own, file, errors, stored, typed } = props;
  const { t } = view;
  const { inquiry, requirement } = own;
  const action = paths.inquiry(t.locale, applicationId, inquiry.id);
  return (
    <>
      <p>
        <strong>{t('inquiry.until', { at: t.moment(inquiry.dueAt, file.timeZone) })}</strong>
      </p>
      {stored && <OtherText t={t} stored={stored} />}
      {requirement && <Files {...props} />}
      <form id={answerForm} method="post" action={action} novalidate>
        <Hidden name="basedOn" value={stored?.version ?? inquiry.draft?.version ?? 0} />
        <TextArea
          t={t}
          name="text"
          label={t('inquiry.answer')}
          hint={t('inquiry.answer.hint', { maximum: maxInquiry })}
          errors={errors}
          optional={requirement !== undefined}
          value={typed ?? own.text}
        />
        {requirement && (
          <>
            <p class="govuk-hint">{acceptedText(t, requirement)}</p>
            <button
              type="submit"
              class="govuk-button govuk-button--secondary"
              formaction={paths.inquiryUpload(t.locale, applicationId, inquiry.id)}
            >
              {t('apply.document.choose')}
            </button>
          </>
        )}
        <p>{t('inquiry.send.once')}</p>
        <div class="govuk-button-group">
          <Button name="press" value="send">
            {t('inquiry.send')}
          </Button>
          <Button kind="secondary" name="press" value="keep">
            {t('inquiry.saveLater')}
          </Button>
        </div>
      </form>
    </>
  );
};

/** By which buttons outside of it belong to the form. */
const answerForm = 'answer';

const OtherText = ({ t, stored }: { t: Translator; stored: StoredSection }) => {
  const text = stored.fields['text'];
  return (
    <div class="govuk-inset-text" role="alert">
      <h2 class="govuk-heading-m">{t('inquiry.otherText')}</h2>
      <p class="typed">{typeof text === 'string' ? text : ''}</p>
      <p>{t('inquiry.otherText.help')}</p>
    </div>
  );
};

/** Files of the answer, those on their way too; while it is open each can be taken out. */
const Files = ({ view, applicationId, own: { inquiry, standing } }: PageProps) => {
  const { t } = view;
  const { documents } = inquiry;
  if (documents.length === 0) return null;
  const waiting = documents.some(({ status }) => status === 'announced');
  const at = paths.inquiry(t.locale, applicationId, inquiry.id);
  return (
    <section id="files">
      <h2 class="govuk-heading-m">{t('inquiry.answer.files')}</h2>
      {waiting && (
        <Inset>
          <p role="status" data-refresh={markOf(documents)}>
            {t('apply.document.wait')} <a href={at}>{t('apply.document.look')}</a> {t('apply.document.again')}
          </p>
        </Inset>
      )}
      {documents.map((document) => (
        <Uploaded
          t={t}
          applicationId={applicationId}
          document={document}
          {...(standing === 'open' && {
            removal: paths.inquiryRemoval(t.locale, applicationId, inquiry.id),
            beside: answerForm,
            sending: `${paths.inquiryUpload(t.locale, applicationId, inquiry.id)}?file=${document.id}`,
          })}
        />
      ))}
    </section>
  );
};
