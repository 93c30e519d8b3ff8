import type { Child } from 'hono/jsx';
import type { Provenance, RoundFile } from '#shared/domain/round-file.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Confidence, Details, Source } from '../parts.tsx';
import { optionName, subjectName, textIn } from '../words.ts';

type RulesProps = { t: Translator; file: RoundFile };

/** The rules of a round, each with where it comes from and how sure that is. */
export const Rules = ({ t, file }: RulesProps) => (
  <>
    <h2 class="govuk-heading-m">{t('call.rules')}</h2>
    <p>{t('call.rules.text')}</p>
    <h3 class="govuk-heading-s">{t('call.rules.eligibility')}</h3>
    {file.eligibility.length === 0 && <p>{t('call.rules.everyone')}</p>}
    {file.eligibility.map((rule) => (
      <Rule t={t} of={rule}>
        {eligibilityText(t, rule, file)}
      </Rule>
    ))}
    <h3 class="govuk-heading-s">{t('call.rules.documents')}</h3>
    {file.documents.map((document) => (
      <Rule t={t} of={document}>
        {textIn(t, document.title)}{' '}
        {document.required ? t('call.rules.documentRequired') : t('common.optional')}
      </Rule>
    ))}
    <h3 class="govuk-heading-s">{t('call.rules.evaluation')}</h3>
    <Source t={t} of={file.rubric} />
    {file.rubric.criteria.map((criterion) => (
      <Details
        summary={t('call.rules.criterion', { title: textIn(t, criterion.title), weight: criterion.weight })}
      >
        <ul class="govuk-list govuk-list--bullet">
          {criterion.scale.map((point) => (
            <li>{t('call.rules.point', { points: point.points, label: textIn(t, point.label) })}</li>
          ))}
        </ul>
        <Source t={t} of={criterion} />
      </Details>
    ))}
    <h3 class="govuk-heading-s">{t('call.rules.choices')}</h3>
    <Rule t={t} of={file.choices}>
      {t('call.rules.choiceLimit', { count: file.choices.limit })}
    </Rule>
    {file.posts.quotas.length > 0 && <h3 class="govuk-heading-s">{t('call.rules.quotas')}</h3>}
    {file.posts.quotas.map((quota) => (
      <Rule t={t} of={quota}>
        {t(quota.kind === 'at-least' ? 'call.rules.quotaAtLeast' : 'call.rules.quotaAtMost', {
          title: textIn(t, quota.title),
          count: quota.posts,
        })}
      </Rule>
    ))}
    <h3 class="govuk-heading-s">{t('call.rules.stages')}</h3>
    {stages.map((stage) => (
      <Rule t={t} of={file.stages[stage]}>
        {stageText(t, stage, file)}
      </Rule>
    ))}
  </>
);

const stages = [
  'screening',
  'scoring',
  'interviews',
  'preliminary',
  'claims',
  'offers',
  'onboarding',
] as const;

const stageText = (t: Translator, stage: (typeof stages)[number], file: RoundFile): string => {
  const plan = file.stages[stage];
  const name = t(`codes.stage.${stage}`);
  return 'workingDays' in plan
    ? t('call.rules.stageDays', { stage: name, count: plan.workingDays })
    : t('call.rules.stageEnds', { stage: name, at: plan.endsAt });
};

const Rule = ({ t, of, children }: { t: Translator; of: Provenance; children: Child }) => (
  <div class="rule">
    <p>{children}</p>
    {of.confidence === 'unverified' ? (
      <p class="source">
        <Confidence t={t} level={of.confidence} /> {t('call.rules.sample')} {of.source}
      </p>
    ) : (
      <Source t={t} of={of} />
    )}
  </div>
);

type Eligibility = RoundFile['eligibility'][number];

const eligibilityText = (t: Translator, rule: Eligibility, file: RoundFile): string => {
  switch (rule.rule) {
    case 'education-at-least':
      return t('call.rules.education', { level: optionName(t, 'education', rule.level) });
    case 'category-at-least':
      return t('call.rules.category', { category: optionName(t, 'category', rule.category) });
    case 'experience-at-least':
      return t('call.rules.experience', { count: rule.years });
    case 'subject-among':
      return t('call.rules.subjects', {
        subjects: rule.subjects.map((subject) => subjectName(t, subject)).join(', '),
      });
    case 'any-of':
      return t('call.rules.anyOf', {
        rules: file.eligibility
          .filter((other) => other.rule !== 'any-of' && rule.codes.includes(other.code))
          .map((other) => eligibilityText(t, other, file))
          .join('; '),
      });
    default:
      return rule satisfies never;
  }
};
