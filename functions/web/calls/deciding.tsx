import { addressesOf, type BeaconDue, beaconDue } from '#shared/domain/beacon.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Details } from '../parts.tsx';
import { recusalText } from '../recusal-text.ts';
import { textIn } from '../words.ts';
import { InterviewRules, PassingRules } from './interview-rules.tsx';
import { RaterRules } from './raters-rules.tsx';
import { Group, RuleSource } from './rule-group.tsx';

type DecidingProps = { t: Translator; file: RoundFile };
/** `closesAt`: of the call, extensions included. */
type CallDecidingProps = DecidingProps & { closesAt: Instant };

/** By what rules a round is decided, from the points to the last post, each with where it comes from and how sure that is. */
export const DecidingRules = ({ t, file, closesAt }: CallDecidingProps) => (
  <>
    <p>{t('call.rules.text')}</p>
    <Evaluation t={t} file={file} />
    <RaterRules t={t} file={file} />
    <Severity t={t} file={file} />
    <InterviewRules t={t} file={file} />
    <PassingRules t={t} file={file} />
    <Ties t={t} file={file} closesAt={closesAt} />
    <CommitteeRules t={t} file={file} />
    <Departures t={t} file={file} />
    <Group
      t={t}
      title={t('call.rules.quotas')}
      rules={[
        [t('call.rules.postsTotal', { count: file.posts.total }), file.posts],
        ...mechanismRules(t, file),
        ...file.posts.quotas.map((quota) => [quotaText(t, file, quota), quota] as const),
      ]}
    />
    <Conditions t={t} file={file} />
    <ClaimTime t={t} file={file} />
    <SecondChance t={t} file={file} />
    <Elsewhere t={t} file={file} />
  </>
);

/** By what points are given, each criterion with its scale. */
const Evaluation = ({ t, file: { rubric } }: DecidingProps) => (
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

/** Whether scores are adjusted for how severe their raters are; nothing where they count as they are given. */
const Severity = ({ t, file: { raters } }: DecidingProps) =>
  raters.severityAdjustment ? (
    <Group t={t} title={t('severity.rule.title')} rules={[[t('severity.rule'), raters.severityAdjustment]]} />
  ) : null;

/** How many vote, and how many of them must. */
const CommitteeRules = ({ t, file: { committee } }: DecidingProps) => {
  const { minimum, maximum, quorum } = committee;
  const text =
    maximum === undefined
      ? t('call.rules.committee.least', { minimum, ...quorum })
      : t('call.rules.committee.most', { minimum, maximum, ...quorum });
  return (
    <Group
      t={t}
      title={t('call.rules.committee')}
      rules={[[text, committee], ...recusalRules(t, committee), ...absentChairRules(t, committee)]}
    />
  );
};

/** What follows for a vote from a conflict of interest, where the file says it. */
const recusalRules = (t: Translator, { recusal }: RoundFile['committee']) =>
  recusal ? [[recusalText(t, { recusal }), recusal] as const] : [];

/** Who chairs while the chair is away, where the file says it. */
const absentChairRules = (t: Translator, { absentChair }: RoundFile['committee']) =>
  absentChair ? [[t('call.rules.absentChair'), absentChair] as const] : [];

/** Where the committee may decide otherwise than points do. */
const Departures = ({ t, file: { shortlist, results } }: DecidingProps) => {
  const allowed = [['shortlist', shortlist] as const, ['results', results] as const].filter(
    ([, { departures }]) => departures === 'with-reason',
  );
  return (
    <Group
      t={t}
      title={t('call.rules.departures')}
      rules={allowed.map(([where, rule]) => [t(`call.rules.departures.${where}`), rule] as const)}
      none={t('call.rules.departures.none')}
    />
  );
};

/** On what an offer may be accepted before it is fulfilled; nothing where the round has no such conditions. */
const Conditions = ({ t, file: { answer } }: DecidingProps) =>
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

/** How long a claim may wait for its decision; nothing where the round says no time. */
const ClaimTime = ({ t, file: { claims } }: DecidingProps) =>
  claims ? (
    <Group
      t={t}
      title={t('codes.stage.claims')}
      rules={[[t('call.rules.claimDays', { count: claims.workingDays }), claims]]}
    />
  ) : null;

/** How who has no post may choose among those that stay empty; nothing where they may not. */
const SecondChance = ({ t, file: { exchange } }: DecidingProps) =>
  exchange ? (
    <Group
      t={t}
      title={t('call.rules.exchange')}
      rules={[
        [t('call.rules.exchangeDays', { limit: exchange.limit, count: exchange.workingDays }), exchange],
      ]}
    />
  ) : null;

/** Whether who has no post may choose among those of other regions; nothing where they may not. */
const Elsewhere = ({ t, file: { elsewhere } }: DecidingProps) =>
  elsewhere ? (
    <Group
      t={t}
      title={t('elsewhere.rules')}
      rules={[[t('elsewhere.rules.text', { limit: elsewhere.limit }), elsewhere]]}
    />
  ) : null;

/** How equal totals are told apart, and which public value lots wait for: everyone can look it up when its time comes. */
const Ties = ({ t, file: { ties, timeZone }, closesAt }: CallDecidingProps) => {
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

/** How posts are given out, where the file names it. */
const mechanismRules = (t: Translator, { posts: { allocation } }: RoundFile) =>
  allocation
    ? [
        [t(`kept.mechanism.${allocation.mechanism}`), allocation] as const,
        ...(allocation.openFirst === undefined
          ? []
          : [[t('kept.openFirst', { count: allocation.openFirst }), allocation] as const]),
        ...(allocation.counting ? [[t(`kept.counting.${allocation.counting}`), allocation] as const] : []),
      ]
    : [];

/** Quotas "at least" of files that are older keep nothing. */
const quotaText = (
  t: Translator,
  { posts: { allocation } }: RoundFile,
  { kind, precedence, posts: count, title }: RoundFile['posts']['quotas'][number],
): string => {
  const facts = { title: textIn(t, title), count };
  if (kind === 'at-most') return t('call.rules.quotaAtMost', facts);
  if (!allocation) return t('call.rules.quotaAtLeast', facts);
  return t(allocation.openFirst === undefined ? 'kept.rule' : 'kept.ruleOver', { ...facts, precedence });
};
