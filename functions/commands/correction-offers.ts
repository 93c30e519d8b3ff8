import { type Corrected, editionAfter } from '#functions/commands/correction-edition.ts';
import type { Counterfactual, Trial } from '#functions/commands/counterfactual.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { debtsOn, type EditionDebt, openTo, remedyOwed } from '#functions/commands/edition-debts.ts';
import { boardAt, boardWith, type OfferBoard, offerBoard } from '#functions/commands/offer-board.ts';
import { changed } from '#functions/commands/storing.ts';
import { waitingOn } from '#functions/commands/waiting-list.ts';
import { wallIn } from '#functions/commands/walls.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import type { Contender } from '#shared/domain/contender.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import { goingOut } from '#shared/domain/offer-parts.ts';
import { permit } from '#shared/domain/permission.ts';
import { isFinal, roundAggregate } from '#shared/domain/round-record.ts';
import type { Records } from '#shared/ports/records.ts';
import type { Affected, Counted } from '#shared/replay/affected.ts';

/** What follows for the offers of a round where a correction of its results is applied, as the offers stand now. */
export type CorrectedOffers = {
  /** The number of the edition that offers go by from then on. */
  edition: number;
  /** Who may be offered a post from then on and might not be before, and the other way round: these keep what they have. */
  comeIn: readonly ApplicationNumber[];
  stop: readonly ApplicationNumber[];
  /** How many offers go out at once. */
  next: number;
  /** Whose place on the waiting list of a post becomes another. */
  waiting: readonly MovedPlace[];
  /** Everybody who stands elsewhere, or is owed a remedy; these come first. */
  debts: readonly EditionDebt[];
  /** How many of `debts` are left out because they are closed to the reader, and of whom nothing is said anywhere here. */
  walled: number;
};

/** Undefined where somebody waits for the post on one side of the correction alone. */
export type MovedPlace = {
  number: ApplicationNumber;
  vacancy: string;
  before: number | undefined;
  after: number | undefined;
};

/**
 * What applying a correction comes to while offers are made, by what is done when it is applied: the edition, the board by it, and what it owes.
 * Undefined where offers do not go by it.
 */
export const offersAfter = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  place: Workplace,
  corrects: Corrects,
): Promise<CorrectedOffers | undefined> => {
  const found = await boardsAfter(deps, place, corrects);
  if (!found) return undefined;
  const { round, after, board, would, debts } = found;
  const wall = wallIn(place);
  const open = ({ applicationId }: Contender): boolean => !wall(applicationId);
  const [going, goingThen] = [goingOn(board), goingOn(would)];
  return {
    edition: after.editions?.at(-1)?.number ?? 1,
    comeIn: numbersIn(
      would,
      (one) => open(one) && !going.has(one.applicationId) && goingThen.has(one.applicationId),
    ),
    stop: numbersIn(
      would,
      (one) => open(one) && going.has(one.applicationId) && !goingThen.has(one.applicationId),
    ),
    next: goingOut(boardAt(would, deps.clock.now()), round).length,
    waiting:
      round.offersReleasedAt === undefined
        ? []
        : movedPlaces(board, would)
            .filter(({ contender }) => open(contender))
            .map(placeOf),
    ...openTo(place, debts),
  };
};

type Corrects = { correction: Corrected; after: Counted | undefined };

/** The board as it stands and as it would, with what would be owed, also to whom is closed to the reader. */
const boardsAfter = async (
  { records, clock }: Pick<CommandDeps, 'records' | 'clock'>,
  place: Workplace,
  { correction, after: counted }: Corrects,
) => {
  const { state } = place.round;
  if (state.stage !== 'offers') return undefined;
  // Whichever turn it takes, offers go by it from then on.
  const corrects = { correction, after: counted, turn: 0 };
  const within = { round: { ...place.round, state } };
  const { events, blobs } = await editionAfter(records, within, corrects, clock.now());
  const after = changed(roundAggregate, place.round.id, place.round, events).after.state;
  if (events.length === 0 || !isFinal(after)) return undefined;
  const reading = readingWith(records, blobs);
  const board = await offerBoard({ records }, state);
  const would = await boardWith(reading, after, board);
  return { round: state, after, board, would, debts: await debtsOn(reading, after, would) };
};

/** What applying a correction comes to owe to everybody whom it affects; as it was counted where offers do not go by it. */
export const affectedNow = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  place: Workplace,
  { correction, effects }: { correction: Corrected; effects: Counterfactual | undefined },
): Promise<readonly Affected[]> => {
  if (!effects) return [];
  const found = await boardsAfter(deps, place, { correction, after: effects.after });
  if (!found) return effects.everyone;
  const debts = found.debts.map(({ debt }) => debt);
  return owedAsOffers(effects.everyone, debts);
};

/**
 * Everybody with what is owed to them as the offers stand, by the rule that remedies are given by: a count of who would have which post at once knows
 * nothing of who let one go, or is asked next. An interview is owed whatever the offers are.
 */
export const owedAsOffers = (
  affected: readonly Affected[],
  debts: readonly Pick<EditionDebt, 'number' | 'owed'>[],
): Affected[] => {
  const owed = new Map(debts.map((debt) => [debt.number, remedyIn(debt)]));
  return affected.map(({ remedy: counted, ...one }) => {
    const remedy = counted === 'interview-owed' ? counted : owed.get(one.number);
    return { ...one, ...(remedy && { remedy }) };
  });
};

const remedyIn = (debt: Pick<EditionDebt, 'owed'>): Affected['remedy'] =>
  debt.owed === 'keeps' ? 'keeps-offer' : remedyOwed(debt);

/** The same where it is only tried: as the next one that would be asked for. Undefined for whoever may read no corrections. */
export const offersIfApplied = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  { place, corrections }: Pick<Trial, 'place' | 'corrections'>,
  { kind, after }: { kind: Corrected['corrects']['kind']; after: Counted | undefined },
): Promise<CorrectedOffers | undefined> => {
  const { by, round } = place;
  if (!permit('correction.read', by.role, round.state.stage).ok) return undefined;
  const number = (corrections?.state.corrections.length ?? 0) + 1;
  return await offersAfter(deps, place, { correction: { number, corrects: { kind } }, after });
};

/** The records, with lists beside them that are not stored yet. */
const readingWith = (
  records: Pick<Records, 'find' | 'blob'>,
  lists: readonly { sha256: string; text: string }[],
): Pick<Records, 'find' | 'blob'> => ({
  find: (aggregate, id) => records.find(aggregate, id),
  blob: async (sha256) => lists.find((one) => one.sha256 === sha256)?.text ?? (await records.blob(sha256)),
});

const goingOn = ({ contenders, posts }: OfferBoard): ReadonlySet<string> =>
  new Set(contenders.flatMap(({ state: { applicationId: id } }) => (posts.stopped?.has(id) ? [] : [id])));

const numbersIn = (
  { contenders }: OfferBoard,
  isAmong: (contender: Contender) => boolean,
): ApplicationNumber[] => contenders.flatMap(({ state }) => (isAmong(state) ? [state.number] : []));

type Moved = Omit<MovedPlace, 'number'> & { contender: Contender };

const movedPlaces = (board: OfferBoard, then: OfferBoard): Moved[] => {
  const [before, after] = [waitingOn(board), waitingOn(then)];
  return then.contenders.flatMap(({ id, state: contender }) => {
    const [old, own] = [before, after].map(
      (places) => new Map((places.get(id) ?? []).map(({ vacancy, position }) => [vacancy, position])),
    );
    return [...new Set([...(old?.keys() ?? []), ...(own?.keys() ?? [])])].flatMap((vacancy) => {
      const moved = { contender, vacancy, before: old?.get(vacancy), after: own?.get(vacancy) };
      return moved.before === moved.after ? [] : [moved];
    });
  });
};

const placeOf = ({ contender, ...place }: Moved): MovedPlace => ({ number: contender.number, ...place });
