import type { InterviewCriterion } from '#shared/domain/criterion.ts';
import type { KitQuestion } from '#shared/domain/interview-kit.ts';
import { leastSure } from '#shared/domain/provenance.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Confidence } from '../parts.tsx';
import { textIn } from '../words.ts';

/** The questions of the interview with what answers are worth, criterion by criterion; nothing where the round file has none. */
export const Kit = ({ t, criteria }: { t: Translator; criteria: readonly InterviewCriterion[] }) => {
  const asked = criteria.filter(({ questions = [] }) => questions.length > 0);
  if (asked.length === 0) return null;
  return (
    <section>
      <h2 class="govuk-heading-m">{t('kit.title')}</h2>
      <p>
        <Confidence t={t} level={leastSure(asked)} />
      </p>
      {asked.map(({ title, questions = [] }) => (
        <>
          <h3 class="govuk-heading-s">{textIn(t, title)}</h3>
          <ol class="govuk-list govuk-list--number">
            {questions.map((question) => (
              <li>
                {textIn(t, question.ask)}
                <Anchors t={t} question={question} />
              </li>
            ))}
          </ol>
        </>
      ))}
    </section>
  );
};

const Anchors = ({ t, question: { anchors = [] } }: { t: Translator; question: KitQuestion }) =>
  anchors.length === 0 ? null : (
    <ul class="govuk-list govuk-list--bullet">
      {anchors
        .toSorted((a, b) => a.points - b.points)
        .map(({ points, text }) => (
          <li>
            {t.number(points)}: {textIn(t, text)}
          </li>
        ))}
    </ul>
  );
