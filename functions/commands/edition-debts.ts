import type { CommandDeps } from '#functions/commands/deps.ts';
import { type OfferBoard, offerBoard } from '#functions/commands/offer-board.ts';
import { type Ordered, offerLists } from '#functions/commands/offer-order.ts';
import { cascadeIn } from '#functions/commands/posts-place.ts';
import { wallIn } from '#functions/commands/walls.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import type { Contender } from '#shared/domain/contender.ts';
import { countedEditions, type ResultsEdition } from '#shared/domain/edition.ts';
import { type OwedTo, owedBy } from '#shared/domain/edition-owed.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import { goOnBy } from '#shared/domain/offer-order.ts';
import { permit } from '#shared/domain/permission.ts';
import { grantedRemedies, PlaceRemedyKind, type Remedy } from '#shared/domain/remedy.ts';
import { isFinal } from '#shared/domain/round-record.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result } from '#shared/result.ts';

/** What corrected results come to for one person, as the offers and the remedies stand now. */
export type EditionDebt = Omit<OwedTo, 'seeker'> & {
  number: ApplicationNumber;
  /** By the first results, then by each edition that offers went by. */
  stood: Pick<Standing, 'rank' | 'outcome'>[];
  /** The number of a remedy that was proposed for the post, and waits for a second person. */
  proposed?: number;
};

export type EditionDebts = {
  place: Workplace;
  /** None where the results were not corrected while offers were made. */
  editions: readonly ResultsEdition[];
  /** Everybody who stands elsewhere than before or is owed a remedy; these come first, and then it goes by rank. */
  debts: readonly EditionDebt[];
  /** How many are left out because they are closed to the reader. */
  walled: number;
  /** Whether the reader may propose a remedy now. */
  mayPropose: boolean;
};

/** What corrected results owe to whom: drawn anew whenever it is asked for, so that each remedy and each offer moves it. */
export const editionDebts = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  command: CommitteeCommand,
): Promise<Result<EditionDebts, Refusal>> => {
  const found = await workplace(deps, command, 'correction.read');
  if (!found.ok) return found;
  const place = found.value;
  const { state } = place.round;
  const editions = isFinal(state) ? countedEditions(state) : [];
  const mayPropose = permit('remedy.decide', place.by.role, state.stage).ok;
  if (!isFinal(state) || editions.length === 0)
    return ok({ place, editions, debts: [], walled: 0, mayPropose });
  const board = await offerBoard(deps, state);
  const { debts, walled } = openTo(place, await debtsOn(deps.records, state, board));
  return ok({ place, editions, debts, walled, mayPropose });
};

type Concerned = { contender: Contender; debt: EditionDebt };

/**
 * Everybody who stands elsewhere by the last results that offers go by than by those before, or is owed a remedy. For an edition that is not stored
 * yet by the same rule: of a round and a board as they would be with it.
 */
export const debtsOn = async (
  records: Pick<Records, 'blob'>,
  round: Ordered & { remedies?: Remedy[] | undefined },
  board: OfferBoard,
): Promise<readonly Concerned[]> => {
  const lists = (await offerLists(records, round)).map(({ standings }) => standings);
  const now = cascadeIn(board);
  const seats = withoutAdded(now.posts, grantedRemedies(round));
  const byId = new Map<string, Contender>(board.contenders.map((one) => [one.id, one.state]));
  const stoodAt = lists.map(
    (standings) => new Map<string, Standing>(standings.map((one) => [one.applicationId, one])),
  );
  const all = owedBy(now, lists.map(goOnBy), seats).flatMap(({ seeker, ...owed }) => {
    const contender = byId.get(seeker);
    const stood = stoodAt
      .flatMap((list) => list.get(seeker) ?? [])
      .map(({ rank, outcome }) => ({ rank, outcome }));
    if (!contender) return [];
    const { number } = contender;
    return [{ contender, debt: { ...owed, number, stood, ...waiting(round.remedies, contender, owed) } }];
  });
  return all.filter(({ debt }) => isOwed(debt) || hasMoved(debt));
};

/** Without those that are closed to the reader; what is owed a remedy comes first. */
export const openTo = (
  place: Workplace,
  concerned: readonly Concerned[],
): Pick<EditionDebts, 'debts' | 'walled'> => {
  const wall = wallIn(place);
  const open = concerned.filter(({ contender }) => !wall(contender.applicationId));
  const debts = open.map(({ debt }) => debt).toSorted((a, b) => Number(isOwed(b)) - Number(isOwed(a)));
  return { debts, walled: concerned.length - open.length };
};

/** The remedy that two people have to decide; undefined where none is owed. */
export const remedyOwed = ({ owed }: Pick<EditionDebt, 'owed'>): PlaceRemedyKind | undefined =>
  PlaceRemedyKind.options.find((kind) => kind === owed);

const isOwed = (debt: Pick<EditionDebt, 'owed'>): boolean => remedyOwed(debt) !== undefined;

const hasMoved = ({ stood: [first, ...later] }: EditionDebt): boolean =>
  later.some((one) => one.rank !== first?.rank || one.outcome !== first?.outcome);

const withoutAdded = (
  posts: ReadonlyMap<string, number>,
  granted: readonly Remedy[],
): ReadonlyMap<string, number> => {
  const seats = new Map(posts);
  for (const { kind, vacancies } of granted) {
    const [added] = kind === 'extra-place' ? vacancies : [];
    if (added) seats.set(added, Math.max(0, (seats.get(added) ?? 0) - 1));
  }
  return seats;
};

const waiting = (
  remedies: readonly Remedy[] = [],
  { applicationId }: Contender,
  { post }: Pick<OwedTo, 'post'>,
): { proposed?: number } => {
  const found = remedies.find(
    (one) =>
      one.status === 'waiting' &&
      one.applicationId === applicationId &&
      one.vacancies.some((code) => code === post),
  );
  return found ? { proposed: found.number } : {};
};
