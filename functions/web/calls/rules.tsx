import { addressesOf, type BeaconDue, beaconDue } from '#shared/domain/beacon.ts';
import type { Provenance } from '#shared/domain/provenance.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { type GatedStage, gatedStages } from '#shared/domain/stage.ts';
import { type Instant, readInstant } from '#shared/domain/time.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { retentionText } from '#shared/retention-texts.ts';
import { eligibilityText } from '#shared/rule-texts.ts';
import { Confidence, Details, Source, SourceText } from '../parts.tsx';
import { textIn } from '../words.ts';

type RulesProps = { t: Translator; file: RoundFile };
/** `closesAt`: of the call, extensions included. */
type CallRulesProps = RulesProps & { closesAt: Instant };

/** The rules of a round, each with where it comes from and how sure that is. */
export const Rules = ({ t, file, closesAt }: CallRulesProps) => (
  <>
    <h2 class="govuk-heading-m">{t('call.rules')}</h2>
    <p>{t('call.rules.text')}</p>
    <Group
      t={t}
      title={t('call.rules.eligibility')}
      rules={file.eligibility.map((rule) => [eligibilityText(t, rule, file), rule])}
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
    <Evaluation t={t} file={file} />
    <Ties t={t} file={file} closesAt={closesAt} />
    <Wishes t={t} file={file} />
    <Group
      t={t}
      title={t('call.rules.quotas')}
      rules={[
        [t('call.rules.postsTotal', { count: file.posts.total }), file.posts],
        ...file.posts.quotas.map((quota) => [quotaText(t, quota), quota] as const),
      ]}
    />
    <Conditions t={t} file={file} />
    <SecondChance t={t} file={file} />
    <Group
      t={t}
      title={t('call.rules.stages')}
      rules={gatedStages.map((stage) => [stageText(t, stage, file), file.stages[stage]])}
    />
    <Kept t={t} file={file} />
  </>
);

/** By what points are given, each criterion with its scale. */
const Evaluation = ({ t, file: { rubric } }: RulesProps) => (
  <>
    <h3 class="govuk-heading-s">{t('call.rules.evaluation')}</h3>
    <RuleSource t={t} of={rubric} />
    {rubric.criteria.map((criterion) => (
      <Details
        summary={
          criterion.independent
            ? textIn(t, criterion.title)
            : t('call.rules.criterion', { title: textIn(t, criterion.title), weight: criterion.weight })
        }
      >
        {criterion.independent && <p>{t('scoring.independent')}</p>}
        {criterion.markedBy === 'import' && <p>{t('marks.fromOutside')}</p>}
        <ul class="govuk-list govuk-list--bullet">
          {criterion.scale.map((point) => (
            <li>{t('call.rules.point', { points: point.points, label: textIn(t, point.label) })}</li>
          ))}
        </ul>
        <RuleSource t={t} of={criterion} />
      </Details>
    ))}
  </>
);

/** On what an offer may be accepted before it is fulfilled; nothing where the round has no such conditions. */
const Conditions = ({ t, file: { answer } }: RulesProps) =>
  answer.conditions ? (
    <Group
      t={t}
      title={t('call.rules.conditions')}
      rules={answer.conditions.map((rule) => [
        t('call.rules.condition', { title: textIn(t, rule.title), count: rule.workingDays }),
        rule,
      ])}
    />
  ) : null;

/** How who has no post may choose among those that stay empty; nothing where they may not. */
const SecondChance = ({ t, file: { exchange } }: RulesProps) =>
  exchange ? (
    <Group
      t={t}
      title={t('call.rules.exchange')}
      rules={[
        [t('call.rules.exchangeDays', { limit: exchange.limit, count: exchange.workingDays }), exchange],
      ]}
    />
  ) : null;

/** How equal totals are told apart, and which public value lots wait for: everyone can look it up when its time comes. */
const Ties = ({ t, file: { ties, timeZone }, closesAt }: CallRulesProps) => {
  const steps = ties.order.map((step) => t(`beacon.ties.${step}`)).join(', ');
  const due = ties.beacon && beaconDue(ties.beacon, closesAt);
  return (
    <Group
      t={t}
      title={t('beacon.ties')}
      rules={[
        [t('beacon.ties.order', { steps }), ties],
        ...(ties.beacon && due ? [[valueText(t, due, timeZone), ties.beacon] as const] : []),
      ]}
    />
  );
};

const valueText = (t: Translator, due: BeaconDue, zone: string): string => {
  const { chain, round, at } = due;
  const [address] = addressesOf(due);
  const facts = { round: String(round), chain: t(`beacon.chain.${chain}`), at: t.moment(at, zone) };
  return address === undefined
    ? t('beacon.ties.rehearsal', facts)
    : t('beacon.ties.value', { ...facts, address });
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

type GroupProps = {
  t: Translator;
  title: string;
  rules: readonly (readonly [string, Provenance])[];
  /** Said when there is no rule; without it the group is left out. */
  none?: string;
};

/** Rules of one kind. Where all come from one source it is named once, below them. */
const Group = ({ t, title, rules, none }: GroupProps) => {
  const [first] = rules;
  if (!first && none === undefined) return null;
  const shared = first && rules.every(([, rule]) => sameSource(rule, first[1])) ? first[1] : undefined;
  return (
    <>
      <h3 class="govuk-heading-s">{title}</h3>
      {!first && <p>{none}</p>}
      <ul class="govuk-list govuk-list--bullet">
        {rules.map(([text, rule]) => (
          <li>
            {text}
            {!shared && <RuleSource t={t} of={rule} />}
          </li>
        ))}
      </ul>
      {shared && <RuleSource t={t} of={shared} />}
    </>
  );
};

const sameSource = (a: Provenance, b: Provenance): boolean =>
  a.source === b.source && a.confidence === b.confidence && a.verifiedOn === b.verifiedOn;

/** An unverified rule is a sample, and says so before its source. */
const RuleSource = ({ t, of }: { t: Translator; of: Provenance }) =>
  of.confidence === 'unverified' ? (
    <p class="source">
      <Confidence t={t} level={of.confidence} /> {t('call.rules.sample')} <SourceText source={of.source} />
    </p>
  ) : (
    <Source t={t} of={of} />
  );

const documentText = (t: Translator, document: RoundFile['documents'][number]): string =>
  `${textIn(t, document.title)} ${document.required ? t('call.rules.documentRequired') : t('common.optional')}`;

const quotaText = (t: Translator, quota: RoundFile['posts']['quotas'][number]): string =>
  t(quota.kind === 'at-least' ? 'call.rules.quotaAtLeast' : 'call.rules.quotaAtMost', {
    title: textIn(t, quota.title),
    count: quota.posts,
  });

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
