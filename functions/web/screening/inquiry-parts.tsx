import type { CandidacyCommand } from '#functions/commands/candidacies.ts';
import type { AnswersView, CandidatePlace } from '#functions/commands/candidate-views.ts';
import { maxInquiry } from '#functions/commands/inquiry-texts.ts';
import { inquiryDays } from '#shared/domain/inquiry.ts';
import { permit } from '#shared/domain/permission.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { InquiryTag } from '../apply/inquiry.tsx';
import { Button, Hidden, Select, TextArea, TextField } from '../fields.tsx';
import { one } from '../form.ts';
import { Details, Facts } from '../parts.tsx';
import { paths } from '../paths.ts';
import { textIn } from '../words.ts';
import type { Again } from './candidate.tsx';
import { FileLink } from './file-link.tsx';

type Props = { t: Translator; place: CandidatePlace };

/** What the applicant was asked and how it stands; the texts are with the answers, where the stage is not blind. */
export const Inquiries = ({ t, place: { role, round, file, candidate, answersOpen } }: Props) => {
  const { inquiries, applicationId } = candidate;
  if (inquiries.length === 0) return null;
  const mayTakeBack = permit('inquiry.make', role, round.stage).ok && !candidate.withdrawn;
  return (
    <section>
      <h2 class="govuk-heading-m">{t('inquiry.list')}</h2>
      {inquiries.map(({ id, standing, askedAt, dueAt }) => (
        <div class="rank">
          <p class="rank__text">
            <InquiryTag t={t} standing={standing} /> {t('inquiry.askedAt')}:{' '}
            {t.moment(askedAt, file.timeZone)}. {t('timeline.by', { at: t.moment(dueAt, file.timeZone) })}
          </p>
          {standing === 'open' && mayTakeBack && (
            <form method="post" action={paths.takeQuestionBack(t.locale, round.id, applicationId)}>
              <Hidden name="inquiry" value={id} />
              <Button kind="secondary">{t('inquiry.takeBack')}</Button>
            </form>
          )}
        </div>
      ))}
      <p>{t(answersOpen ? 'inquiry.onAnswers' : 'inquiry.kept')}</p>
    </section>
  );
};

/** Asks for a document of the round file or for a text, one question at a time. */
export const AskForm = ({ t, place, again }: Props & { again: Again | undefined }) => {
  const { round, file, candidate } = place;
  if (candidate.inquiries.some(({ standing }) => standing === 'open')) return null;
  // The form of the judgement on the same page has fields of other names.
  const typed = again && 'question' in again.typed ? again.typed : undefined;
  const errors = typed && again?.errors;
  return (
    <Details summary={t('inquiry.ask')} open={typed !== undefined}>
      <p>{t('inquiry.ask.text')}</p>
      <form method="post" action={paths.ask(t.locale, round.id, candidate.applicationId)} novalidate>
        <TextArea
          t={t}
          name="question"
          label={t('inquiry.ask.question')}
          hint={t('inquiry.ask.question.hint', { maximum: maxInquiry })}
          errors={errors}
          value={typed ? one(typed, 'question') : ''}
        />
        <Select
          t={t}
          name="requirement"
          label={t('inquiry.ask.requirement')}
          empty={t('inquiry.ask.textOnly')}
          value={typed && one(typed, 'requirement')}
          options={file.documents.map(({ code, title }) => ({ value: code, text: textIn(t, title) }))}
        />
        <TextField
          t={t}
          name="workingDays"
          label={t('inquiry.ask.days')}
          inputMode="numeric"
          width={2}
          errors={errors}
          value={typed ? one(typed, 'workingDays') : String(inquiryDays.usual)}
        />
        <Button>{t('inquiry.ask')}</Button>
      </form>
    </Details>
  );
};

type AnsweredProps = { t: Translator; answers: AnswersView; command: CandidacyCommand };

/** Questions with what was answered, on the page whose opening is put on record. */
export const AnsweredInquiries = ({ t, answers: { inquiries, file }, command }: AnsweredProps) =>
  inquiries.length === 0 ? null : (
    <section>
      <h2 class="govuk-heading-m">{t('inquiry.list')}</h2>
      {inquiries.map(({ asked, question, answer, documents }) => (
        <div class="card">
          <InquiryTag t={t} standing={asked.standing} />
          <Facts
            facts={[
              { name: t('inquiry.question'), value: <span class="typed">{question}</span> },
              { name: t('inquiry.askedAt'), value: t.moment(asked.askedAt, file.timeZone) },
              ...(answer === ''
                ? []
                : [{ name: t('inquiry.answer'), value: <span class="typed">{answer}</span> }]),
              ...documents.map((document) => ({
                name: t('inquiry.answer.files'),
                value: <FileLink t={t} command={command} document={document} />,
              })),
            ]}
          />
        </div>
      ))}
    </section>
  );
