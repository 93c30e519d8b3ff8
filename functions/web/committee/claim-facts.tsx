import { criteriaOf, itemsText, totalsText } from '#shared/correction-texts.ts';
import { type EarlierClaim, isDecided, type ResultClaim, waitingReopening } from '#shared/domain/claim.ts';
import { clockStart, decideClaimBy, isClaimOverdue } from '#shared/domain/claim-rule.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { type Colour, type Fact, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import { textIn } from '../words.ts';

const colours: Record<ResultClaim['status'], Colour> = {
  open: 'yellow',
  withdrawn: 'grey',
  rejected: 'grey',
  upheld: 'green',
};

export const ClaimTag = ({ t, status }: { t: Translator; status: ResultClaim['status'] }) => (
  <Tag colour={colours[status]}>{t(`results.claim.status.${status}`)}</Tag>
);

/** The same for colleagues, who see as well that a second person is waited for. */
export const ClaimTags = ({ t, claim }: { t: Translator; claim: ResultClaim }) => (
  <>
    <ClaimTag t={t} status={claim.status} />
    {waitingReopening(claim) && (
      <>
        {' '}
        <Tag colour="yellow">{t('results.claim.status.reopening')}</Tag>
      </>
    )}
  </>
);

/** Where the files of an application are opened, as long as the committee may. */
export const answersOf = (t: Translator, round: Round, { applicationId }: ResultClaim): string | undefined =>
  isGatedRound(round) ? paths.answers(t.locale, round.id, applicationId) : undefined;

/** The documents of the application that a claim points at, with a link to where they are opened; nothing where it points at none. */
export const evidenceFacts = (
  t: Translator,
  { evidence = [] }: Pick<ResultClaim, 'evidence'>,
  { documents }: Pick<RoundFile, 'documents'>,
  href?: string,
): Fact[] => {
  const named = documents.filter(({ code }) => evidence.includes(code));
  if (named.length === 0) return [];
  const titles = named.map(({ title }) => textIn(t, title)).join('; ');
  return [{ name: t('results.claim.evidence'), value: href ? <a href={href}>{titles}</a> : titles }];
};

/** By when the claim is to be decided, and whether that is over; nothing where the round file says no time, and of one that was withdrawn. */
export const clockFacts = (t: Translator, claim: ResultClaim, file: RoundFile, now: Instant): Fact[] => {
  const by = claim.status === 'withdrawn' ? undefined : decideClaimBy(file, claim);
  if (!by) return [];
  const last = t.moment(by, file.timeZone);
  const moment = clockStart(claim) === claim.filedAt ? last : t('results.claim.by.reopened', { at: last });
  const isLate = isClaimOverdue(file, claim, now);
  const value = isLate ? <LateMoment t={t} moment={moment} /> : moment;
  return [{ name: t('results.claim.by'), value }];
};

const LateMoment = ({ t, moment }: { t: Translator; moment: string }) => (
  <>
    {moment} <Tag colour="red">{t('results.claim.overdue')}</Tag>
  </>
);

/** Who decided it, when, what was granted and why, for colleagues; nothing before. */
export const decisionFacts = (
  t: Translator,
  claim: ResultClaim,
  {
    file,
    names,
    reason,
  }: { file: Criteria & Pick<RoundFile, 'timeZone'>; names: ReadonlyMap<PersonId, string>; reason: string },
): Fact[] => {
  if (!isDecided(claim)) return [];
  const by = `${names.get(claim.by) ?? claim.by}, ${t.moment(claim.decidedAt, file.timeZone)}`;
  return [
    { name: t('results.claim.decidedBy'), value: by },
    ...correctedFacts(t, claim, file),
    { name: t('committee.reason'), value: <span class="typed">{reason}</span> },
  ];
};

type Criteria = Pick<RoundFile, 'rubric' | 'interviews'>;

/** The points and totals that an upheld claim was granted. Whose card it was is not said. */
export const correctedFacts = (t: Translator, claim: ResultClaim | EarlierClaim, file: Criteria): Fact[] => {
  if (claim.status !== 'upheld') return [];
  const { items = [] } = claim.corrected;
  const points = itemsText(t, items, criteriaOf(file));
  return [
    ...(items.length > 0 ? [{ name: t('results.claim.items'), value: points }] : []),
    { name: t('results.claim.corrected'), value: totalsText(t, claim.corrected) },
  ];
};

/** What the application stands at, in percent. */
export const pointsFacts = (t: Translator, standing: Standing | undefined): Fact[] => {
  const percent = (value: number | undefined): string =>
    value === undefined ? '–' : t('results.percent', { value: t.number(value) });
  const { scoring, rated, interview, total } = standing ?? {};
  return [
    { name: t('committee.scoring'), value: percent(scoring) },
    ...(rated
      ? [
          { name: t('severity.raw'), value: percent(rated.raw) },
          { name: t('severity.adjusted'), value: percent(rated.adjusted) },
        ]
      : []),
    { name: t('committee.interview'), value: percent(interview) },
    { name: t('committee.total'), value: percent(total) },
  ];
};
