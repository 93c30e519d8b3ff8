import { apart, type ClosedItem } from '#functions/commands/closed-items.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { type HeldPart, heldBehind, heldParts } from '#functions/commands/held-parts.ts';
import { boardToRelease, type OfferBoard, offerBoard } from '#functions/commands/offer-board.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import { alarmsOverRelease, openTo } from '#functions/commands/release-alarms.ts';
import { unreachedIn } from '#functions/commands/returned-letters.ts';
import { wallIn } from '#functions/commands/walls.ts';
import { type CommitteeCommand, workplace } from '#functions/commands/workplace.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import {
  goingOut,
  isHeldBack,
  type PlacedOffer,
  partThrough,
  throughNext,
  waitingOffers,
} from '#shared/domain/offer-parts.ts';
import type { RaisedAlarm } from '#shared/domain/release-alarms.ts';
import type { Round, RoundIn } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Wall } from '#shared/domain/walls.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

export type OfferPreview = OfferBoard & {
  round: Versioned<Extract<Round, { decisions: unknown }>>;
  file: RoundFile;
  alarms: RaisedAlarm[];
  /** Offers that wait for a release, and those of them that the part that is looked at would let go. */
  waiting: readonly PlacedOffer[];
  part: { offers: readonly PlacedOffer[]; through: number | undefined };
  letting: Letting;
  held: readonly HeldPart[];
  /** What is closed to whoever looks: they let go and count all of it, and read nothing of it. */
  wall: Wall;
  /** In the place of everybody of the ranking who is. */
  closed: readonly ClosedItem[];
};

/** How far offers were let go. */
type Letting = {
  /** Whether somebody has to let the rest go; of `isWhole` everybody was let go already. */
  isHeldBack: boolean;
  isWhole: boolean;
  /** Some were let go, and nobody has stopped them. */
  mayStop: boolean;
  /** Up to which place of the ranking; undefined where it is everybody, or nobody yet. */
  through: number | undefined;
  /** Offers that were let go and are being made. */
  onTheirWay: number;
  stopped: { at: Instant; said: string | undefined } | undefined;
  /** Whoever was made an offer and is not reached by letters; counted while somebody has to let the rest go. */
  unreached: number;
};

/**
 * Who has which offer, and who would be asked next, as the administrator sees it before letting the offers go out.
 * @param next how many offers the next part is to have; all without it, or where there are not more
 */
export const previewOffers = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  { next, ...command }: CommitteeCommand & { next?: number | undefined },
): Promise<Result<OfferPreview, Refusal>> => {
  const found = await workplace(deps, command, 'offer.read');
  if (!found.ok) return found;
  const { round, file } = found.value;
  const { state } = round;
  if (!('decisions' in state)) return refuse({ kind: 'wrong-stage', stage: state.stage });
  const read = await offerBoard(deps, state);
  const items = read.contenders.map((one) => one.state);
  const { closed } = await apart(deps, found.value, { action: 'offer.confirm', items });
  const seen = { wall: wallIn(found.value), closed };
  if (state.stage !== 'offers') {
    const nothing = { waiting: [], part: { offers: [], through: undefined }, alarms: [] };
    return ok({
      ...read,
      ...seen,
      wave: [],
      round: { ...round, state },
      file,
      ...nothing,
      letting: ended,
      held: [],
    });
  }
  const board = boardToRelease(read, state, deps.clock.now());
  const waiting = waitingOffers(board, state);
  const through = next === undefined ? undefined : throughNext(waiting, next);
  const alarms = await alarmsOverRelease(deps.records, { round: state, board, file });
  return ok({
    ...board,
    ...seen,
    round: { ...round, state },
    file,
    alarms: openTo(seen.wall, alarms),
    waiting,
    part: { offers: partThrough(waiting, through), through },
    letting: await lettingOf(deps, state, board),
    held: heldBehind(heldParts(board), numbersBehind(board, seen.wall)),
  });
};

/** The numbers of everybody on a board who is closed to a reader. */
export const numbersBehind = (
  { contenders }: Pick<OfferBoard, 'contenders'>,
  wall: Wall,
): ReadonlySet<ApplicationNumber> =>
  new Set(contenders.flatMap(({ state }) => (wall(state.applicationId) ? state.number : [])));

const ended: Letting = {
  isHeldBack: false,
  isWhole: true,
  mayStop: false,
  through: undefined,
  onTheirWay: 0,
  stopped: undefined,
  unreached: 0,
};

const lettingOf = async (
  { records }: Pick<CommandDeps, 'records'>,
  round: RoundIn<'offers'>,
  board: OfferBoard,
): Promise<Letting> => {
  const { offersThrough: through, offersStopped: stop, offersReleasedAt } = round;
  const isHeld = isHeldBack(round);
  const unreached: ReadonlySet<string> = isHeld ? await unreachedIn({ records }, round.id) : new Set();
  return {
    isHeldBack: isHeld,
    isWhole: offersReleasedAt !== undefined && !isHeld,
    mayStop: offersReleasedAt !== undefined && !stop,
    through,
    onTheirWay: isHeld ? goingOut(board, round).length : 0,
    stopped: stop && { at: stop.at, said: await reasonText(records, stop.reason) },
    unreached: board.contenders.filter(({ id, state }) => state.offers.length > 0 && unreached.has(id))
      .length,
  };
};
