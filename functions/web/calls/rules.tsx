import { bindingRules } from '#shared/domain/eligibility.ts';
import type { Eligibility } from '#shared/domain/eligibility-rule.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { type GatedStage, gatedStages } from '#shared/domain/stage.ts';
import { readInstant } from '#shared/domain/time.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { retentionText } from '#shared/retention-texts.ts';
import { eligibilityText } from '#shared/rule-texts.ts';
import { textIn } from '../words.ts';
import { Group } from './rule-group.tsx';

type RulesProps = { t: Translator; file: RoundFile };

/** What whoever applies goes by, each rule with where it comes from and how sure that is. */
export const Rules = ({ t, file }: RulesProps) => (
  <>
    <h2 class="govuk-heading-m">{t('call.rules')}</h2>
    <p>{t('call.rules.text')}</p>
    <Group
      t={t}
      title={t('call.rules.eligibility')}
      rules={eligibilityRules(t, file)}
      none={t('call.rules.everyone')}
    />
    {file.incentives && (
      <Group
        t={t}
        title={t('call.incentives')}
        rules={file.incentives.map((rule) => [textIn(t, rule.title), rule])}
      />
    )}
    <Group
      t={t}
      title={t('call.rules.documents')}
      rules={file.documents.map((document) => [documentText(t, document), document])}
    />
    <Wishes t={t} file={file} />
    <Group
      t={t}
      title={t('call.rules.stages')}
      rules={gatedStages.map((stage) => [stageText(t, stage, file), file.stages[stage]])}
    />
    <Kept t={t} file={file} />
  </>
);

/** Who may take part: first what everybody must meet, then what only one way of it asks, which reads like a condition of its own otherwise. */
const eligibilityRules = (t: Translator, file: RoundFile) => {
  const binding = bindingRules(file.eligibility);
  const parts = file.eligibility.filter((rule) => !binding.includes(rule));
  const textOf = (rule: Eligibility): string => {
    const text = eligibilityText(t, rule, file);
    return binding.includes(rule) ? text : t('screening.alternative', { rule: text });
  };
  return [...binding, ...parts].map((rule) => [textOf(rule), rule] as const);
};

/** How long what people type and send is kept. */
const Kept = ({ t, file }: RulesProps) =>
  file.retention ? (
    <Group
      t={t}
      title={t('rights.retention.title')}
      rules={file.retention.map((rule) => [retentionText(t, rule), rule])}
    />
  ) : null;

const documentText = (t: Translator, document: RoundFile['documents'][number]): string =>
  `${textIn(t, document.title)} ${document.required ? t('call.rules.documentRequired') : t('common.optional')}`;

const stageText = (t: Translator, stage: GatedStage, file: RoundFile): string => {
  const plan = file.stages[stage];
  const name = t(`codes.stage.${stage}`);
  return 'workingDays' in plan
    ? t('call.rules.stageDays', { stage: name, count: plan.workingDays })
    : t('call.rules.stageEnds', { stage: name, at: momentIn(t, plan.endsAt, file.timeZone) });
};

const momentIn = (t: Translator, text: string, zone: string): string => {
  const instant = readInstant(text);
  return instant ? t.moment(instant, zone) : text;
};

/** What applicants choose and whom they name. */
const Wishes = ({ t, file }: RulesProps) => (
  <>
    {file.references && (
      <Group
        t={t}
        title={t('reference.title')}
        rules={[
          [
            t(file.references.required === false ? 'reference.rule.optional' : 'reference.rule', {
              count: file.references.count,
            }),
            file.references,
          ],
        ]}
      />
    )}
    <Group
      t={t}
      title={t('call.rules.choices')}
      rules={[[t('call.rules.choiceLimit', { count: file.choices.limit }), file.choices]]}
    />
  </>
);
