import * as z from 'zod';
import { criteriaOf, itemName } from '#shared/correction-texts.ts';
import { ChangedItem, type EarlierClaim, type Granted, type ResultClaim } from '#shared/domain/claim.ts';
import { ApplicationNumber } from '#shared/domain/ids.ts';
import type { Standing } from '#shared/domain/standing.ts';
import { Texts } from '#shared/domain/texts.ts';
import { Instant } from '#shared/domain/time.ts';
import { Part } from '#shared/replay/supposition.ts';
import type { Gathered } from './gathered.ts';
import { byNumber, dayOf, listed } from './minutes-listed.ts';
import { pointTexts } from './minutes-ranking.ts';
import type { PaperBlock, PaperSection } from './paper.ts';
import type { PaperTranslator } from './words.ts';

/** What was changed; raters stand by the codes that lists and charts have. */
const Changed = z.strictObject({
  points: z
    .array(
      z.strictObject({
        ...ChangedItem.pick({ part: true, criterion: true, was: true, points: true }).shape,
        /** As the round file calls it. */
        title: Texts.optional(),
        /** Absent where another organisation gave them. */
        rater: z.string().optional(),
      }),
    )
    .min(1)
    .optional(),
  /** In percent, by the preliminary results, where they have it, and by the final ones. `total`: what both parts come to. */
  totals: z.array(
    z.strictObject({ of: z.enum([...Part.options, 'total']), was: z.number().optional(), is: z.number() }),
  ),
  interviewOwed: z.literal(true).optional(),
});
type Changed = z.infer<typeof Changed>;

export const MinutesClaim = z.strictObject({
  number: ApplicationNumber,
  filedAt: Instant,
  decidedAt: Instant.optional(),
  outcome: z.enum(['granted', 'dismissed', 'withdrawn']).optional(),
  /** The decision stood until then, when two people reopened the claim. */
  reopenedAt: Instant.optional(),
  /** By a claim that was upheld; absent in minutes before it was said. */
  changed: Changed.optional(),
});
export type MinutesClaim = z.infer<typeof MinutesClaim>;

type Told = Pick<Gathered, 'claims' | 'file' | 'round' | 'lists' | 'codes'>;

export const gatheredClaims = (gathered: Told): MinutesClaim[] =>
  gathered.claims
    .toSorted(byNumber)
    .flatMap((claim) =>
      (claim.earlier ?? []).map((one) => earlierOf(one, claim)).concat(claimOf(claim, gathered)),
    );

/** What a claim was before it was made again, or reopened: what a decision granted that stands no more changed nothing. */
const earlierOf = (claim: EarlierClaim, { number }: ResultClaim): MinutesClaim => {
  const { filedAt } = claim;
  if (claim.status === 'withdrawn')
    return { number, filedAt, decidedAt: claim.withdrawnAt, outcome: 'withdrawn' };
  const { decidedAt, reopened } = claim;
  const outcome = claim.status === 'upheld' ? 'granted' : 'dismissed';
  return { number, filedAt, decidedAt, outcome, reopenedAt: reopened.at };
};

const claimOf = (claim: ResultClaim, gathered: Told): MinutesClaim => {
  const { number, filedAt } = claim;
  if (claim.status === 'open') return { number, filedAt };
  if (claim.status === 'withdrawn')
    return { number, filedAt, decidedAt: claim.withdrawnAt, outcome: 'withdrawn' };
  const { decidedAt } = claim;
  return claim.status === 'upheld'
    ? { number, filedAt, decidedAt, outcome: 'granted', changed: changedBy(claim, gathered) }
    : { number, filedAt, decidedAt, outcome: 'dismissed' };
};

const changedBy = (
  { applicationId, corrected }: { applicationId: string; corrected: Granted },
  { file, round, lists, codes }: Told,
): Changed => {
  const standingIn = (stage: 'interviews' | 'claims'): Standing | undefined => {
    const decision = round.decisions[stage];
    const list = decision && lists.get(decision);
    return list?.standings.find((one) => one.applicationId === applicationId);
  };
  const [before, after] = [standingIn('interviews'), standingIn('claims')];
  const is = { ...corrected, total: before?.total === after?.total ? undefined : after?.total };
  const criteria = criteriaOf(file);
  const points = corrected.items?.map(({ part, criterion, raterId, was, points: given }) => {
    const title = criteria.find(({ code }) => code === criterion)?.title;
    const rater = raterId && codes?.get(raterId);
    return { part, criterion, was, points: given, ...(title && { title }), ...(rater && { rater }) };
  });
  return {
    ...(points && { points }),
    totals: ([...Part.options, 'total'] as const).flatMap((of) => {
      const value = is[of];
      const was = before?.[of];
      return value === undefined ? [] : [{ of, ...(was !== undefined && { was }), is: value }];
    }),
    ...(corrected.interviewOwed && { interviewOwed: true as const }),
  };
};

/** All claims, then what each that was upheld changed. */
export const claimsSection = (
  { claims, zone }: { claims: readonly MinutesClaim[]; zone: string },
  t: PaperTranslator,
): PaperSection => {
  const section = listed(t('papers.claims.heading'), t('papers.claims.none'), {
    columns: [
      { title: t('papers.applications.number'), width: 'fit', align: 'start' },
      { title: t('papers.claims.filed'), width: 'rest', align: 'start' },
      { title: t('papers.claims.decided'), width: 'rest', align: 'start' },
      { title: t('papers.claims.outcome'), width: 'rest', align: 'start' },
    ],
    rows: claims.toSorted(byNumber).map(({ number, filedAt, decidedAt, outcome, reopenedAt }) => {
      const said = t(`papers.claim.${outcome ?? 'open'}`);
      const day = dayOf(reopenedAt, zone, t);
      return [
        number,
        dayOf(filedAt, zone, t),
        dayOf(decidedAt, zone, t),
        reopenedAt ? t('papers.claim.reopened', { outcome: said, day }) : said,
      ];
    }),
  });
  return { ...section, blocks: [...section.blocks, ...changedBlocks(claims, t)] };
};

const changedBlocks = (claims: readonly MinutesClaim[], t: PaperTranslator): PaperBlock[] => {
  const facts = claims
    .toSorted(byNumber)
    .flatMap(({ number, changed }) =>
      changed ? [{ name: number, value: linesOf(changed, t).join('\n') }] : [],
    );
  if (facts.length === 0) return [];
  return [
    { kind: 'text', text: t('papers.claims.changed') },
    { kind: 'facts', facts },
  ];
};

const linesOf = ({ points = [], totals, interviewOwed }: Changed, t: PaperTranslator): string[] => [
  ...points.map(({ title, was, points: is, ...item }) => {
    const what = itemName(t, item, title ? [{ code: item.criterion, title }] : []);
    return t('papers.claims.moved', { what, before: t.number(was), after: t.number(is) });
  }),
  ...totals.map(({ of, was, is }) => {
    const [before = '', after = ''] = totalsOf([was, is], t).map((value) =>
      value === undefined ? t('papers.none') : t('results.percent', { value }),
    );
    return t('papers.claims.moved', { what: t(`papers.claims.of.${of}`), before, after });
  }),
  ...(interviewOwed ? [t('papers.claims.interviewOwed')] : []),
];

/** To the hundredth, as in the ranking; whole where two that differ would look equal. */
const totalsOf = (
  totals: readonly (number | undefined)[],
  t: PaperTranslator,
): readonly (string | undefined)[] => {
  const known = totals.flatMap((total) => total ?? []);
  const rounded = pointTexts(known, t.locale);
  const areApart = new Set(rounded).size === new Set(known).size;
  const texts = areApart ? rounded : known.map(t.number);
  return totals.map((total) => (total === undefined ? undefined : texts[known.indexOf(total)]));
};
