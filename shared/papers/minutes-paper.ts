import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { sourceIn } from '#shared/domain/provenance.ts';
import { regionName } from '#shared/domain/region.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { Minutes } from './minutes.ts';
import { agreementSection, interviewAgreementSection } from './minutes-agreement.ts';
import { claimsSection } from './minutes-claims.ts';
import { committeeSection } from './minutes-committee.ts';
import { conflictsSection } from './minutes-conflicts.ts';
import { correctionsSection } from './minutes-corrections.ts';
import { gatesSection } from './minutes-gates.ts';
import { lettingSection } from './minutes-letting.ts';
import { marksFacts } from './minutes-marks.ts';
import { offersSection, placementsSection, postsSection } from './minutes-outcomes.ts';
import { applicationsSection } from './minutes-ranking.ts';
import { releasesSection } from './minutes-releases.ts';
import { reportsSection } from './minutes-reports.ts';
import type { Paper, PaperFact, PaperSection, PaperSignature } from './paper.ts';
import { type PaperTranslator, withPaperTexts } from './words.ts';

/** The minutes of a round as a paper in the language of the translator. Equal minutes give equal papers. */
export const minutesPaper = (minutes: Minutes, translator: Translator): Paper => {
  const t = withPaperTexts(translator);
  const region = regionName(minutes.region)[t.locale];
  return {
    locale: t.locale,
    issuer: t('papers.issuer', { region }),
    title: t('papers.minutes.title', { number: minutes.number }),
    subject: t('papers.minutes.subject', { intake: minutes.intake, title: minutes.title[t.locale] }),
    date: t.day(minutes.madeAt, minutes.zone),
    place: region,
    facts: factsOf(minutes, t),
    remarks:
      minutes.unverified.length > 0
        ? [t('papers.minutes.unverifiedRemark', { section: t('papers.unverified.heading') })]
        : [],
    sections: numbered([
      committeeSection(minutes, t),
      ...conflictsSection(minutes, t),
      gatesSection(minutes, t),
      ...agreementSection(minutes, t),
      ...interviewAgreementSection(minutes, t),
      applicationsSection(minutes, t),
      offersSection(minutes, t),
      postsSection(minutes, t),
      claimsSection(minutes, t),
      ...correctionsSection(minutes, t),
      ...reportsSection(minutes, t),
      ...releasesSection(minutes, t),
      ...lettingSection(minutes, t),
      placementsSection(minutes, t),
      ...unverifiedSection(minutes, t),
    ]),
    signatures: {
      heading: t('papers.signatures'),
      hint: t('papers.signature'),
      lines: signaturesOf(minutes, t),
    },
    pageOf: t('papers.pageOf', { page: '{page}', pages: '{pages}' }),
    digest: { label: t('papers.digest'), sha256: minutesDigest(minutes) },
    madeAt: minutes.madeAt,
  };
};

/** What the foot of each page names: SHA-256 of the minutes as canonical JSON. */
export const minutesDigest = (minutes: Minutes) => sha256Of(canonicalJson(minutes));

const factsOf = (
  { roundId, roundFile, register, published = [], applications, posts, ...minutes }: Minutes,
  t: PaperTranslator,
) => {
  const { total, offerable, filled } = posts;
  const outcome = { total: offerable, filled, unfilled: offerable - filled };
  return [
    { name: t('papers.minutes.round'), value: roundId },
    { name: t('papers.minutes.roundFile'), value: roundFile },
    { name: t('papers.minutes.register'), value: register },
    ...marksFacts(minutes, t),
    ...drawFacts(minutes, t),
    ...published.map(({ stage, root, edition }) => ({
      name: [
        t(`papers.minutes.root.${stage}`),
        ...(edition === undefined ? [] : [`${t('verification.edition')} ${edition}`]),
      ].join('. '),
      value: root,
    })),
    { name: t('papers.minutes.applications'), value: t.number(applications.length) },
    {
      name: t('papers.minutes.posts'),
      value:
        offerable < total
          ? t('papers.minutes.postsLimited', { ...outcome, beyond: total - offerable })
          : t('papers.minutes.postsValue', outcome),
    },
  ] satisfies PaperFact[];
};

const drawFacts = ({ draw, zone }: Pick<Minutes, 'draw' | 'zone'>, t: PaperTranslator): PaperFact[] =>
  draw ? [{ name: t('papers.minutes.draw'), value: drawText(draw, zone, t) }] : [];

const drawText = (draw: NonNullable<Minutes['draw']>, zone: string, t: PaperTranslator): string => {
  if ('value' in draw) {
    const { value, randomness, outAt } = draw;
    const { chain, round, signature } = value;
    const named = { chain: t(`beacon.chain.${chain}`), round: String(round), signature, randomness };
    return t('papers.minutes.draw.value', { ...named, at: t.moment(outAt, zone) });
  }
  const { waivedAt, reason } = draw;
  const why = reason === undefined ? [] : [t('papers.gates.reason', { reason })];
  return [`${t('papers.minutes.draw.waived', { at: t.moment(waivedAt, zone) })}.`, ...why].join(' ');
};

const numbered = (sections: readonly PaperSection[]): PaperSection[] =>
  sections.map(({ heading, blocks }, index) => ({ heading: `${index + 1}. ${heading}`, blocks }));

/** What rests on the same source stands together, in the order of the round file. */
const unverifiedSection = ({ unverified }: Minutes, t: PaperTranslator): PaperSection[] => {
  if (unverified.length === 0) return [];
  const bySource = Map.groupBy(unverified, ({ source }) => sourceIn(t.locale, source));
  const items = Array.from(bySource, ([source, resting]) => {
    const rules = new Set(resting.map(({ rule }) => rule[t.locale]));
    return t('papers.unverified.item', { rules: [...rules].join('; '), source });
  });
  return [{ heading: t('papers.unverified.heading'), blocks: [{ kind: 'list', items }] }];
};

/** Chair, then whoever else had a vote when the round ended, then the secretary. */
const signaturesOf = (minutes: Minutes, t: PaperTranslator): PaperSignature[] => {
  const voting = minutes.seats.filter(({ votesAtEnd }) => votesAtEnd);
  const seats = [
    ...voting.filter(({ seat }) => seat === 'chair'),
    ...voting.filter(({ seat }) => seat !== 'chair'),
    ...minutes.seats.filter(({ seat, leftAt }) => seat === 'secretary' && leftAt === undefined),
  ];
  return seats.map(({ seat, name }) => ({
    role: t(`papers.seat.${seat}`),
    name: name ?? t('papers.nameNotGiven'),
  }));
};
