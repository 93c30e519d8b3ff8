import type { Criterion } from '#shared/domain/criterion.ts';
import {
  dividedBy,
  exactly,
  type Fraction,
  minus,
  plus,
  roundedPercent,
  times,
} from '#shared/domain/fraction.ts';
import type { PersonId, RoundId } from '#shared/domain/ids.ts';
import type { Certificate, Passport, PassportEvent, PracticeSheet } from '#shared/domain/passport.ts';
import { type PracticeRule, type PracticeText, textsOfTry } from '#shared/domain/practice-rule.ts';
import { meanOf } from '#shared/domain/ranking.ts';
import { endsOf, type Points, wholeFaults } from '#shared/domain/rubric.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** Who practises for which round. */
export type Practising = { roundId: RoundId; personId: PersonId };

/** Where somebody stands: they may score until then, they practise with so many tries left, or none is left. */
export type PracticeStanding =
  | { kind: 'certified'; until: Instant }
  | { kind: 'practising'; triesLeft: number }
  | { kind: 'used-up' };

const daySeconds = 86_400;

/** The certificate that holds at a moment. */
export const certificateAt = (passport: Passport | undefined, now: Instant): Certificate | undefined =>
  passport?.certificates.find(({ at, until, endedAt }) => at <= now && now < (endedAt ?? until));

export const practiceStanding = (
  passport: Passport | undefined,
  { tries }: PracticeRule,
  now: Instant,
): PracticeStanding => {
  const certificate = certificateAt(passport, now);
  if (certificate) return { kind: 'certified', until: certificate.until };
  const triesLeft = tries - (passport?.failed ?? 0);
  return triesLeft > 0 ? { kind: 'practising', triesLeft } : { kind: 'used-up' };
};

/** The sheets of the try that goes on. */
export const openSheets = (passport: Passport | undefined): readonly PracticeSheet[] => {
  const last = passport?.tries.at(-1);
  return last && !last.ended ? last.sheets : [];
};

/** What is still to be scored in the try that goes on, or in the next one. */
export const textsLeft = (
  passport: Passport | undefined,
  rule: PracticeRule,
  who: Practising,
): PracticeText[] => {
  const done = new Set(openSheets(passport).map(({ text }) => text));
  const ended = (passport?.tries ?? []).filter((one) => one.ended).length;
  return textsOfTry(rule, who, ended).filter(({ code }) => !done.has(code));
};

/** The newest sheet of a text. */
export const sheetOf = (passport: Passport | undefined, text: string): PracticeSheet | undefined =>
  passport?.tries.flatMap(({ sheets }) => sheets).findLast((sheet) => sheet.text === text);

/**
 * How far points lie from the reference, in percent of the scale: each criterion by its weight and by the length of its own scale.
 * Distances do not cancel each other; what is above and what is below does in `lean`.
 */
export const nearness = (
  criteria: readonly Criterion[],
  given: Points,
  reference: Points,
): { distance: number; lean: number } => {
  let [away, above, whole] = [exactly(0), exactly(0), exactly(0)];
  for (const criterion of criteria) {
    const part = partOfScale(criterion, given, reference);
    const weighed = times(exactly(criterion.weight), part);
    above = plus(above, weighed);
    away = plus(away, weighed.over < 0n ? { ...weighed, over: -weighed.over } : weighed);
    whole = plus(whole, exactly(criterion.weight));
  }
  const percent = (sum: Fraction): number => roundedPercent(dividedBy(times(sum, exactly(100)), whole));
  return { distance: percent(away), lean: percent(above) };
};

const partOfScale = (criterion: Criterion, given: Points, reference: Points): Fraction => {
  const { least, most } = endsOf(criterion);
  if (least === most) return exactly(0);
  const difference = minus(exactly(given[criterion.code] ?? 0), exactly(reference[criterion.code] ?? 0));
  return dividedBy(difference, minus(exactly(most), exactly(least)));
};

/**
 * Scores one text of the practice. The last of a try ends it, and where the try is passed its rater is certified from that moment. The
 * same points again change nothing; other points for a text whose reference was shown are refused as `practice-over`, like any
 * text that is not to be scored now. A text that comes again in a later try is scored anew, also with the points of the last time.
 */
export const scorePractice = (
  passport: Passport | undefined,
  { who, text, points }: { who: Practising; text: string; points: Points },
  { rule, criteria }: { rule: PracticeRule; criteria: readonly Criterion[] },
  now: Instant,
): Result<PassportEvent[], Refusal> => {
  const practises = practiceStanding(passport, rule, now).kind === 'practising';
  const wanted = practises ? textsLeft(passport, rule, who).find(({ code }) => code === text) : undefined;
  if (!wanted) {
    const before = passport?.tries.at(-1)?.sheets.findLast((sheet) => sheet.text === text);
    const again = before && criteria.every(({ code }) => before.points[code] === points[code]);
    return again ? ok([]) : refuse({ kind: 'practice-over' });
  }
  // Whoever practises judges everything: what is left out cannot be compared.
  const faults = wholeFaults(criteria, points);
  if (faults.length > 0) return refuse({ kind: 'invalid', faults });
  const sheet = { text, points: { ...points }, ...nearness(criteria, points, wanted.points), at: now };
  const sheets = [...openSheets(passport), sheet];
  return ok([
    { type: 'practice-scored', at: now, ...who, sheet },
    ...(sheets.length === rule.perTry ? tryEnded(sheets, rule, now) : []),
  ]);
};

const tryEnded = (sheets: readonly PracticeSheet[], rule: PracticeRule, now: Instant): PassportEvent[] => {
  const distance = meanOf(sheets.map((sheet) => sheet.distance));
  const lean = meanOf(sheets.map((sheet) => sheet.lean));
  const passed = distance <= rule.distance;
  const until = addSeconds(now, rule.validDays * daySeconds);
  return [
    { type: 'practice-ended', at: now, distance, lean, passed },
    ...(passed ? [{ type: 'rater-certified' as const, at: now, until, distance, lean }] : []),
  ];
};

/** Asks for practice anew: of who is certified, or has used up the tries. Of anybody else it changes nothing. */
export const askPractice = (
  passport: Passport | undefined,
  { rule, by }: { rule: PracticeRule; by: PersonId },
  now: Instant,
): PassportEvent[] =>
  passport && practiceStanding(passport, rule, now).kind !== 'practising'
    ? [{ type: 'practice-asked', at: now, by }]
    : [];

/** Of fewer the strictest, the mildest and the mean tell everybody's, and whoever knows the own one tells whose they are. */
const leastBalanced = 5;

/** How strict those are who are certified, against the reference: whether a committee is balanced. Undefined for fewer than five. */
export const balanceOf = (
  passports: readonly (Passport | undefined)[],
  now: Instant,
): { raters: number; mean: number; strictest: number; mildest: number } | undefined => {
  const leans = passports.flatMap((one) => certificateAt(one, now)?.lean ?? []);
  if (leans.length < leastBalanced) return undefined;
  return {
    raters: leans.length,
    mean: meanOf(leans),
    strictest: Math.min(...leans),
    mildest: Math.max(...leans),
  };
};
