import { type ApplicationCommand, ownApplication } from '#functions/commands/application-reading.ts';
import { actorOf, type CommandDeps, workflow } from '#functions/commands/deps.ts';
import { type OfferPlace, offerPlace } from '#functions/commands/offer-place.ts';
import { prospectsIn } from '#functions/commands/offer-prospects.ts';
import { acceptWhere } from '#functions/commands/offers.ts';
import { changed, decideAgain, type LostRace, store, triesInTurn } from '#functions/commands/storing.ts';
import {
  acceptAhead as decideAccept,
  sayAhead as decideSay,
  takeBackAhead as decideTakeBack,
  isAnsweredAhead,
} from '#shared/domain/answer-ahead.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { type Exchanged, exchangedIn } from '#shared/domain/exchange.ts';
import type { ApplicationId, OfferId } from '#shared/domain/ids.ts';
import type { Prospects } from '#shared/domain/offer-prospect.ts';
import { permit } from '#shared/domain/permission.ts';
import type { Round } from '#shared/domain/round.ts';
import { isFinal, roundAggregate } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type Answer = Promise<Result<void, Refusal>>;
type Attempt = Promise<Result<void, Refusal | LostRace>>;

/** An applicant says which offers are accepted if they are not answered in time: those of the first so many posts of the own list. */
export const sayAhead = (deps: Deps, command: ApplicationCommand & { upTo: number }): Answer =>
  said(deps, command, (candidacy, at, now) => decideSay(candidacy, { ...at, upTo: command.upTo }, now));

/** Takes back what was said: from then on what is not answered in time lapses again. */
export const takeBackAhead = (deps: Deps, command: ApplicationCommand): Answer =>
  said(deps, command, decideTakeBack);

const said = (
  deps: Deps,
  command: ApplicationCommand,
  decide: (
    candidacy: Candidacy,
    at: Prospects & { zone: string },
    now: Instant,
  ) => Result<CandidacyEvent[], Refusal>,
): Answer =>
  decideAgain(async (): Attempt => {
    const own = await ownApplication(deps, command);
    if (!own.ok) return own;
    const candidacy = await deps.records.find(candidacyAggregate, command.applicationId);
    const round = await deps.records.find(roundAggregate, own.value.state.roundId);
    if (!candidacy || !round) return refuse({ kind: 'not-in-stage' });
    const permitted = permit('offer.answer', 'applicant', round.state.stage);
    if (!permitted.ok) return permitted;
    const { plan } = round.state;
    const prospects = await prospectsIn(deps.records, round.state, command.applicationId);
    const at = { ...prospects, zone: plan.timeZone };
    const decision = decide(candidacy.state, at, deps.clock.now());
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(undefined);
    return await store(deps, {
      by: actorOf(command.by),
      changes: [changed(candidacyAggregate, candidacy.id, candidacy, decision.value).change],
      requires: [{ aggregate: 'round', id: round.id, version: round.version }],
    });
  });

/**
 * Accepts an offer whose time is over where its owner said so in advance, as if they had pressed in the last instant, and tells them by letter. Does
 * nothing where nothing was said of it, or a better offer is open.
 */
export const acceptAhead = (deps: Deps, key: { applicationId: ApplicationId; offerId: OfferId }): Answer =>
  decideAgain(async (): Attempt => {
    const found = await offerPlace(deps, key);
    if (!found.ok) return found;
    const { round } = found.value;
    if (round.state.stage !== 'offers' || !isAcceptedAhead(found.value)) return ok(undefined);
    return await accepted(deps, found.value);
  }, triesInTurn);

/** Whether an open offer is accepted at its deadline as things stand. */
export const isAcceptedAhead = ({
  candidacy,
  offer,
  round,
}: Pick<OfferPlace, 'candidacy' | 'offer' | 'round'>) =>
  isAnsweredAhead(candidacy.state, offer, countingIn(round.state));

const countingIn = (round: Round): Exchanged => exchangedIn(isFinal(round) ? round : {});

const accepted = async (deps: Deps, place: OfferPlace): Attempt => {
  const { candidacy, offer, round } = place;
  const answer = { ...countingIn(round.state), offer: offer.id };
  const stored = await acceptWhere(deps, workflow, place, {
    decide: (placement, now) => ok(decideAccept(candidacy.state, { ...answer, placement }, now)),
    ahead: candidacy.state.ahead?.saidAt,
  });
  return stored.ok ? ok(undefined) : stored;
};
