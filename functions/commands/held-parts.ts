import type { OfferBoard } from '#functions/commands/offer-board.ts';
import { acceptancesOf, type Cascade, seatsTakenIn } from '#shared/domain/cascade.ts';
import { type CascadeFault, soundSteps } from '#shared/domain/cascade-check.ts';
import { heldAnswerOf, heldLapseOf } from '#shared/domain/held-answer.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import type { GivenAnswer } from '#shared/domain/offer-events.ts';
import { cascadeOf, type WaveOffer } from '#shared/domain/offer-wave.ts';
import type { Instant } from '#shared/domain/time.ts';

/** A part that the checker holds: an offer that is not made, an answer or a lapse that is kept, or somebody or a vacancy that stands wrong already. */
export type HeldPart = {
  number?: ApplicationNumber | undefined;
  vacancy?: string;
  faults: readonly HeldFault[];
  /** An answer in time that is kept; why it was declined is the person's own. */
  answered?: { at: Instant; kind: GivenAnswer['kind'] };
  /** Since when an offer should have lapsed whose lapse is held. */
  lapsed?: Instant;
  /** It is about somebody who is closed to the reader, of whom nothing else stands here. */
  walled?: true;
};

type HeldFault = CascadeFault & { who?: ApplicationNumber | undefined };

type Board = Pick<OfferBoard, 'contenders' | 'vacancies' | 'posts' | 'wave'>;

const cascadeOn = ({ contenders, vacancies, posts }: Board): Cascade =>
  cascadeOf(
    contenders.map(({ state }) => state),
    vacancies,
    posts,
  );

/**
 * The offers of a wave once more by a checker that does not know how it was made: an offer by which somebody would be skipped or a seat
 * given twice is set apart, and the others stay (ANCHORS B3).
 * @param most stops once so many hold
 */
export const soundOffers = (
  board: Board,
  most?: number,
): { sound: WaveOffer[]; isolated: { event: WaveOffer; faults: CascadeFault[] }[] } => {
  const offers = board.wave.map((offer) =>
    Object.assign({}, offer, { type: 'offered' as const, seeker: offer.applicationId }),
  );
  return soundSteps(cascadeOn(board), offers, most);
};

/** All that the checker holds on a board, with what is wrong with it. Everything else goes on. */
export const heldParts = (board: Board): HeldPart[] => {
  const { contenders } = board;
  const numbers = new Map<string, ApplicationNumber>(
    contenders.map(({ state }) => [state.applicationId, state.number]),
  );
  const named = (fault: CascadeFault): HeldFault =>
    'seeker' in fault ? { ...fault, who: numbers.get(fault.seeker) } : fault;
  const state = cascadeOn(board);
  const offers = board.wave.length === 0 ? [] : soundOffers(board).isolated;
  return [
    ...[...seatsTakenIn(state)].flatMap(([vacancy, seats]): HeldPart[] =>
      seats > (state.posts.get(vacancy) ?? 0)
        ? [{ vacancy, faults: [{ fault: 'over-capacity', vacancy }] }]
        : [],
    ),
    ...[...state.seekers.values()].flatMap((seeker): HeldPart[] =>
      acceptancesOf(seeker).length > 1
        ? [{ number: numbers.get(seeker.id), faults: [{ fault: 'two-acceptances' }] }]
        : [],
    ),
    ...contenders.flatMap(({ state: { number, offers: own } }) =>
      own.flatMap((offer): HeldPart[] => {
        const part = { number, vacancy: offer.vacancy, faults: [] };
        const [kept, lapsed] = [heldAnswerOf(offer), heldLapseOf(offer)];
        if (kept) return [{ ...part, answered: { at: kept.at, kind: kept.answer.kind } }];
        return lapsed ? [{ ...part, lapsed }] : [];
      }),
    ),
    ...offers.map(
      ({ event: { number, vacancy }, faults }): HeldPart => ({
        number,
        vacancy,
        faults: faults.map(named),
      }),
    ),
  ];
};

/** The same for a reader to whom some are closed: that something is held stays, and nothing of whom or why. */
export const heldBehind = (
  parts: readonly HeldPart[],
  closed: ReadonlySet<ApplicationNumber>,
): readonly HeldPart[] =>
  parts.map((part) => {
    if (part.number && closed.has(part.number)) return { faults: [], walled: true };
    const faults = part.faults.map((one) =>
      one.who && closed.has(one.who) ? { ...one, who: undefined } : one,
    );
    return { ...part, faults };
  });
