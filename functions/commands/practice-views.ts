import type { CommandDeps } from '#functions/commands/deps.ts';
import { type PracticePlace, practicePlace } from '#functions/commands/practice.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { type Committee, seatOf, votersOf } from '#shared/domain/committee.ts';
import { sittingGuests } from '#shared/domain/guest.ts';
import type { PersonId, RoundId } from '#shared/domain/ids.ts';
import { type Passport, type PracticeSheet, passportAggregate, passportId } from '#shared/domain/passport.ts';
import {
  balanceOf,
  openSheets,
  type PracticeStanding,
  practiceStanding,
  sheetOf,
  textsLeft,
} from '#shared/domain/practice.ts';
import type { PracticeText } from '#shared/domain/practice-rule.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records' | 'clock'>;

/** A text that was scored: the reference is shown with it. */
export type ScoredText = { text: PracticeText; sheet: PracticeSheet };

export type PracticeView = {
  place: PracticePlace;
  standing: PracticeStanding;
  /** What is to be scored now, in this order; without points and reasons. */
  left: readonly PracticeText[];
  /** Scored in the try that goes on. */
  scored: readonly ScoredText[];
  /** The try that ended last. */
  last: (NonNullable<Passport['tries'][number]['ended']> & { scored: readonly ScoredText[] }) | undefined;
};

/** How the reader's own practice stands. */
export const ownPractice = async (
  deps: Reads,
  command: CommitteeCommand,
): Promise<Result<PracticeView, Refusal>> => {
  const found = await practicePlace(deps, command, 'practice.score');
  if (!found.ok) return found;
  const { rule, by } = found.value;
  const who = { roundId: command.roundId, personId: by.id };
  const passport = (await deps.records.find(passportAggregate, passportId(who.roundId, who.personId)))?.state;
  const standing = practiceStanding(passport, rule, deps.clock.now());
  const shown = (sheets: readonly PracticeSheet[]): ScoredText[] =>
    sheets.flatMap((sheet) => {
      const text = rule.texts.find(({ code }) => code === sheet.text);
      return text ? [{ text, sheet }] : [];
    });
  const last = passport?.tries.findLast(({ ended }) => ended);
  return ok({
    place: found.value,
    standing,
    left: standing.kind === 'practising' ? textsLeft(passport, rule, who) : [],
    scored: shown(openSheets(passport)),
    last: last?.ended && { ...last.ended, scored: shown(last.sheets) },
  });
};

/** One text: to be scored now, or as it was scored last with its reference. Any other is not found. */
export const practiceText = async (
  deps: Reads,
  command: CommitteeCommand & { text: string },
): Promise<
  Result<{ practice: PracticeView; text: PracticeText; sheet: PracticeSheet | undefined }, Refusal>
> => {
  const own = await ownPractice(deps, command);
  if (!own.ok) return own;
  const practice = own.value;
  const open = practice.left.find(({ code }) => code === command.text);
  if (open) return ok({ practice, text: open, sheet: undefined });
  const id = passportId(command.roundId, practice.place.by.id);
  const sheet = sheetOf((await deps.records.find(passportAggregate, id))?.state, command.text);
  const text = practice.place.rule.texts.find(({ code }) => code === command.text);
  return sheet && text ? ok({ practice, text, sheet }) : refuse({ kind: 'not-found', what: 'page' });
};

/** How everybody on a committee stands who may be asked to score, and how their strictness spreads; undefined where nobody practises. */
export type PracticeOverview = {
  standings: ReadonlyMap<PersonId, PracticeStanding>;
  balance: ReturnType<typeof balanceOf>;
};

export const practiceOverview = async (
  { records, clock }: Reads,
  { roundId, committee, file }: { roundId: RoundId; committee: Committee | undefined; file: RoundFile },
): Promise<PracticeOverview | undefined> => {
  const rule = file.practice;
  if (!rule) return undefined;
  const now = clock.now();
  const seated = (committee?.seats ?? []).flatMap(({ personId }) => {
    const seat = seatOf(committee, personId)?.seat;
    return seat && seat !== 'secretary' ? [personId] : [];
  });
  const raters = [...seated, ...guestIds(committee, now)];
  const passports = await passportsOf(records, roundId, raters);
  return {
    standings: new Map(raters.map((rater) => [rater, practiceStanding(passports.get(rater), rule, now)])),
    balance: balanceOf([...passports.values()], now),
  };
};

/** Voting members and guests who have used up their tries: nothing can be asked of them until the secretary allows more. */
export const barredRaters = async (
  { records, clock }: Reads,
  { round, committee, file }: { round: { id: RoundId }; committee: Committee; file: RoundFile },
): Promise<ReadonlySet<PersonId>> => {
  const rule = file.practice;
  if (!rule) return new Set();
  const now = clock.now();
  const raters = [...votersOf(committee), ...guestIds(committee, now)];
  const passports = await passportsOf(records, round.id, raters);
  return new Set(
    [...passports].flatMap(([rater, passport]) =>
      practiceStanding(passport, rule, now).kind === 'used-up' ? [rater] : [],
    ),
  );
};

const guestIds = (committee: Committee | undefined, now: Instant): PersonId[] =>
  committee ? sittingGuests(committee, now).map(({ joined }) => joined.personId) : [];

const passportsOf = async (
  records: Pick<CommandDeps['records'], 'find'>,
  roundId: RoundId,
  raters: readonly PersonId[],
): Promise<Map<PersonId, Passport>> => {
  const found = await Promise.all(
    [...new Set(raters)].map(async (rater) => {
      const passport = await records.find(passportAggregate, passportId(roundId, rater));
      return passport ? [[rater, passport.state] as const] : [];
    }),
  );
  return new Map(found.flat());
};
