import { keepContenders } from '#functions/commands/contenders.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { gateOfRound } from '#functions/commands/gates.ts';
import { soundOffers } from '#functions/commands/held-parts.ts';
import { tellOfHeld } from '#functions/commands/held-reminder.ts';
import { boardAt, momentOn, nextTurn, type OfferBoard, offerBoard } from '#functions/commands/offer-board.ts';
import {
  letterAbout,
  makeOffers,
  offerLetter,
  postFacts,
  startOffer,
} from '#functions/commands/offer-messages.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import { type SeatLedger, seatLedger } from '#functions/commands/seat-ledger.ts';
import { readCandidacies } from '#functions/commands/selection.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { log } from '#functions/log.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { contenderOf } from '#shared/domain/contender.ts';
import type { Actor, Versioned } from '#shared/domain/event.ts';
import { acceptsWork } from '#shared/domain/gate-decisions.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import { OfferId, type RoundId } from '#shared/domain/ids.ts';
import { answerBy, makeOffer } from '#shared/domain/offer.ts';
import { goingOut, letThrough } from '#shared/domain/offer-parts.ts';
import type { WaveOffer } from '#shared/domain/offer-wave.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import type { RoundIn } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { holdSeat } from '#shared/domain/seats.ts';
import type { Instant } from '#shared/domain/time.ts';
import { inTurn } from '#shared/domain/turn.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Change, Commit } from '#shared/ports/records.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;

/** Eight items each and seven beside them: under the hundred of one transaction. */
const offersAtOnce = 11;

/**
 * Makes the next offers: computed anew from who has what now, up to a page in one transaction, each with its letter and the
 * start of its machine; what is left is asked for by an outbox row. Nothing happens before the release, while offers are stopped, after the stage, or
 * while a proposal lies on the table; nobody is asked whom no part has reached. Repeatable: an offer that was made is not possible any more.
 * @returns how many were made by this call
 */
export const makeNextOffers = async (
  deps: Deps,
  { roundId, by }: { roundId: RoundId; by: Actor },
): Promise<number> => {
  const made = await decideAgain(async (): Promise<Result<number, Refusal | LostRace>> => {
    const turn = await nextTurn(deps.records, roundId);
    const place = await makingPlace(deps, roundId);
    if (!place) return ok(0);
    await keepContenders(deps, place.round.state, by);
    const read = await offerBoard(deps, place.round.state);
    const now = momentOn(read, deps.clock.now());
    const whole = boardAt(read, now);
    const board = { ...whole, wave: goingOut(whole, place.round.state) };
    const page = await soundPage(deps, board, place.round.state);
    if (page.length === 0) return ok(0);
    const asked = await askedIn(deps, board, page);
    if (!asked) return refuse({ kind: 'lost-race' });
    const making = { round: place.round.state, board, page, asked, now, turn: turn.turn };
    const offers = await offersOf(deps, making);
    if (!offers.ok) return refuse({ kind: 'lost-race' });
    const { changes, outbox } = offers.value;
    const rest =
      board.wave.length > page.length
        ? [makeOffers({ id: roundId }, `${roundId}#turn-${turn.turn}`, now)]
        : [];
    const { claims, releases } = turn;
    const { requires } = place;
    const commit = { by, changes, requires, claims, releases, outbox: [...outbox, ...rest] };
    const stored = await store(deps, commit);
    return stored.ok ? ok(page.length) : stored;
  });
  if (!made.ok) throw new Error(`The next offers of ${roundId} could not be made: ${made.error.kind}.`);
  if (made.value > 0) log.info('OFFERS_MADE', { roundId, count: made.value });
  return made.value;
};

/** The next offers of the wave that the checker lets through; one that it holds is not made, is told to the operator and shown to staff. */
const soundPage = async (deps: Deps, board: OfferBoard, round: RoundIn<'offers'>): Promise<WaveOffer[]> => {
  const { sound, isolated } = soundOffers(board, offersAtOnce);
  for (const { event, faults } of isolated) {
    const reason = faults.map(({ fault }) => fault).join(' ');
    log.error('OFFER_NOT_SOUND', { roundId: round.id, applicationId: event.applicationId, reason });
  }
  if (isolated.length > 0) await tellOfHeld(deps, round);
  return sound;
};

/** Where offers may be made now; undefined where they may not. */
const makingPlace = async (
  { records }: Deps,
  roundId: RoundId,
): Promise<
  { round: Versioned<RoundIn<'offers'>>; requires: NonNullable<Commit['requires']> } | undefined
> => {
  const round = await records.find(roundAggregate, roundId);
  if (round?.state.stage !== 'offers' || letThrough(round.state) === 0) return undefined;
  const gate = await gateOfRound(records, round.state);
  if (!gate || !acceptsWork(gate.state).ok) return undefined;
  return {
    round: { ...round, state: round.state },
    requires: [
      { aggregate: 'round', id: round.id, version: round.version },
      { aggregate: 'gate', id: gate.id, version: gate.version },
    ],
  };
};

/** The records of those who are asked; undefined where one says something else by now than the board does. */
const askedIn = async (
  { records }: Pick<Deps, 'records'>,
  { contenders }: OfferBoard,
  page: readonly WaveOffer[],
): Promise<ReadonlyMap<string, Versioned<Candidacy>> | undefined> => {
  const ids = page.map(({ applicationId }) => applicationId);
  const asked = new Map((await readCandidacies(records, ids)).map((one) => [one.id, one]));
  const onBoard = new Map(contenders.map(({ id, state }) => [id, state]));
  const isSame = (id: string): boolean => {
    const [record, shown] = [asked.get(id), onBoard.get(id)];
    return record !== undefined && canonicalJson(contenderOf(record.state)) === canonicalJson(shown);
  };
  return ids.every(isSame) ? asked : undefined;
};

type Making = {
  round: RoundIn<'offers'>;
  board: OfferBoard;
  page: readonly WaveOffer[];
  asked: ReadonlyMap<string, Versioned<Candidacy>>;
  now: Instant;
  turn: number;
};

const offersOf = async (
  deps: Deps,
  making: Making,
): Promise<Result<{ changes: Change[]; outbox: OutboxMessage[] }, Refusal>> => {
  const { round, page, now } = making;
  const changes: Change[] = [];
  const outbox: OutboxMessage[] = [];
  const ledger = seatLedger(deps.records, round.id);
  const file = await roundFileOf(deps.records, round.plan);
  const expiresAt = answerBy(file, now);
  for (const wanted of page) {
    const offer = { ...wanted, id: OfferId.parse(deps.chance.id()), expiresAt };
    const made = await offerTo(making, offer, ledger);
    if (!made.ok) return made;
    changes.push(made.value);
    outbox.push(
      startOffer(round, { ...offer, attempt: 1 }, now),
      await letterOf(deps, { ...making, file }, offer),
    );
  }
  return ok({ changes: [...changes, ...ledger.changes()], outbox });
};

type Made = WaveOffer & { id: OfferId; expiresAt: Instant };

/** The offer in the candidacy, and the seat that it holds. */
const offerTo = async (
  { round, board, asked, now, turn }: Making,
  { applicationId, vacancy, id, expiresAt, reserve }: Made,
  ledger: SeatLedger,
): Promise<Result<Change, Refusal>> => {
  const candidacy = asked.get(applicationId);
  const capacity = board.vacancies.find(({ code }) => code === vacancy)?.posts ?? 0;
  if (!candidacy) throw new Error(`Application ${applicationId} has no candidacy.`);
  const { exchangedAt, exchangedTurn } = board.posts;
  const wanted = { id, vacancy, expiresAt, reserve, exchangedAt, exchangedTurn };
  const offered = makeOffer(candidacy.state, wanted, now);
  if (!offered.ok) return offered;
  const held = await ledger.decide(vacancy, (seats) =>
    holdSeat(seats, { roundId: round.id, vacancy, capacity }, { offer: id, applicationId }, now),
  );
  if (!held.ok) return held;
  return ok(changed(candidacyAggregate, candidacy.id, candidacy, inTurn(offered.value, turn)).change);
};

const letterOf = async (
  { records }: Deps,
  { round, board, now, file }: Making & { file: RoundFile },
  { applicationId, number, vacancy, id, expiresAt, reserve }: Made,
): Promise<OutboxMessage> => {
  const application = await records.find(applicationAggregate, applicationId);
  const post = board.vacancies.find(({ code }) => code === vacancy);
  if (!application || !post) throw new Error(`Offer ${id} is for nobody, or of no vacancy.`);
  const { personId } = application.state;
  const { template, ...kept } = offerLetter(file, reserve);
  const facts = { number, ...postFacts(post), expiresAt, ...kept };
  return letterAbout({ template, cause: id, to: personId }, round, facts, now);
};
