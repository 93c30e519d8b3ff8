import { Mechanism } from '#shared/allocation/instance.ts';
import type { Finding } from '#shared/bundle/finding.ts';
import type { Leaf, Statement } from '#shared/bundle/format.ts';
import { ownPosts } from '#shared/bundle/own-posts.ts';
import { isRanked } from '#shared/bundle/place.ts';
import { type RoundRules, rulesIn } from '#shared/bundle/rules.ts';
import type { Verification } from '#shared/bundle/verify.ts';
import { dividedBy, exactly, minus, roundedPercent } from '#shared/domain/fraction.ts';
import { interviewPart, partOf } from '#shared/domain/minimum.ts';
import { keptCounting } from '#shared/domain/post-caps.ts';
import { Counting } from '#shared/domain/post-rule.ts';
import en from '#shared/i18n/en/verification.json' with { type: 'json' };
import kk from '#shared/i18n/kk/verification.json' with { type: 'json' };
import type { Locale } from '#shared/i18n/locale.ts';
import { type Facts, fill } from '#shared/i18n/message.ts';
import ru from '#shared/i18n/ru/verification.json' with { type: 'json' };

type VerifyKey = keyof typeof en;

/** Only these texts: the page that works offline carries nothing else. */
const texts: Record<Locale, Record<VerifyKey, string>> = { kk, ru, en };

export type Say = (key: VerifyKey, facts?: Facts) => string;

export const verifyWords =
  (locale: Locale): Say =>
  (key, facts = {}) =>
    fill(texts[locale][key], facts, locale);

/** What verifying came to, in words. */
export type Report = {
  holds: boolean;
  verdict: string;
  /** What the bundle says it is. */
  about: { name: string; value: string }[];
  findings: { holds: boolean; text: string }[];
  /** What the receipt says to its owner. */
  own: string[];
};

export const reportOf = (verification: Verification, locale: Locale): Report => {
  const say = verifyWords(locale);
  const { holds, findings } = verification;
  return {
    holds,
    verdict: say(holds ? 'verification.holds' : 'verification.broken'),
    about: aboutOf(verification, say),
    findings: findings.map((finding) => ({ holds: finding.holds, text: said(finding, say) })),
    own: ownOf(verification, { say, locale }),
  };
};

/** More would only say the same again. */
const mostNumbers = 5;

const said = (
  { check, holds, count = 0, by = 0, numbers = [], at, uncounted }: Finding,
  say: Say,
): string => {
  if (holds)
    return say(`verification.${check}.yes`, { count, number: count, ...(at && { at }), ...uncounted });
  const named = numbers.slice(0, mostNumbers).join(', ');
  const more = numbers.length > mostNumbers ? ` … (${numbers.length})` : '';
  return say(`verification.${check}.no`, {
    numbers: named === '' ? '–' : `${named}${more}`,
    number: count,
    by,
  });
};

const aboutOf = ({ bundle }: Verification, say: Say): Report['about'] => {
  if (!bundle) return [];
  const { statement, key } = bundle;
  return [
    { name: say(`verification.what.${statement.stage}`), value: statement.roundId },
    ...editionOf(statement, say),
    { name: say('verification.region'), value: statement.region },
    { name: say('verification.madeAt'), value: statement.madeAt },
    { name: say('verification.roundFile'), value: statement.roundFile.sha256 },
    ...drawing(statement, say),
    ...givingOut(statement, say),
    { name: say('verification.root'), value: statement.root },
    { name: say('verification.key'), value: key },
  ];
};

const editionOf = ({ edition, editions = [] }: Statement, say: Say): Report['about'] => {
  if (!edition)
    return editions.map(({ number, root }) => ({
      name: say('verification.edition.named', { number }),
      value: root,
    }));
  const { number, correctedAt: at, cause, corrects } = edition;
  const why = say(`verification.cause.${cause}`);
  return [
    { name: say('verification.edition'), value: say('verification.edition.of', { number, at, why }) },
    { name: say('verification.corrects'), value: corrects.root },
  ];
};

/** Which public value counts follows from when the call closed, which its readers knew and these files alone cannot show. */
const drawing = ({ draw }: Statement, say: Say): Report['about'] => {
  if (!draw) return [];
  const { beacon, callClosedAt: at } = draw;
  return [
    { name: say('verification.callClosed'), value: say('verification.callClosed.at', { at }) },
    ...(beacon ? [{ name: say('verification.beacon'), value: beaconOf(beacon) }] : []),
  ];
};

/** By which mechanism posts were given out, and which were kept, where the round file says it. */
const givingOut = ({ offers, roundFile }: Statement, say: Say): Report['about'] => {
  const allocation = rulesIn(roundFile.text)?.posts.allocation;
  const mechanism = Mechanism.safeParse(allocation?.mechanism).data;
  if (!offers || !mechanism) return [];
  const { reserves = [] } = offers;
  const kept = reserves.map(({ posts }) => posts).join(', ');
  const counting = keptCounting(Counting.safeParse(allocation?.counting).data, reserves);
  return [
    { name: say('verification.mechanism'), value: say(`verification.mechanism.${mechanism}`) },
    ...(offers.openFirst === undefined
      ? []
      : [{ name: say('verification.openFirst'), value: String(offers.openFirst) }]),
    ...(kept === '' ? [] : [{ name: say('verification.kept'), value: kept }]),
    ...(counting
      ? [{ name: say('verification.counting'), value: say(`verification.counting.${counting}`) }]
      : []),
  ];
};

const beaconOf = ({ chain, round }: { chain: string; round: number }): string => `${chain} ${round}`;

const ownOf = (
  { bundle, receipt }: Verification,
  { say, locale }: { say: Say; locale: Locale },
): string[] => {
  const rules = bundle && rulesIn(bundle.statement.roundFile.text);
  if (!bundle || !receipt || !rules) return [];
  const { row } = receipt.leaf;
  const { number } = row;
  if (!isRanked(row)) return [say('verification.own.unranked', { number })];
  const { minimumPoints: minimum } = rules.results;
  const count = bundle.statement.rows.filter(isRanked).length;
  const shown = (value: number): string =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(value);
  const missing = roundedPercent(dividedBy(minus(exactly(minimum), exactly(row.total)), exactly(1)));
  return [
    say('verification.own.rank', { number, rank: row.rank, count, total: shown(row.total) }),
    missing > 0
      ? say('verification.own.missing', { minimum: shown(minimum), missing: shown(missing) })
      : say('verification.own.enough', { minimum: shown(minimum) }),
    ...ownPartsOf(receipt.leaf, rules).map(({ code, own, atLeast }) =>
      say(own < atLeast ? 'verification.own.part.missing' : 'verification.own.part.enough', {
        part: code === interviewPart ? say('verification.own.interview') : code,
        minimum: shown(atLeast),
        own: shown(own),
      }),
    ),
    ...ownPosts(bundle.statement, receipt.leaf, say),
  ];
};

/** What the owner has of each part that has a minimum. */
const ownPartsOf = ({ row, marks }: Leaf, { minimums = [] }: RoundRules) =>
  minimums.flatMap((one) => {
    const parts = { marks: marks ?? row.scoring?.marks, interview: row.interview?.value };
    const own = partOf(one.code, parts);
    return own === undefined ? [] : [{ ...one, own }];
  });
