import type { CommandDeps } from '#functions/commands/deps.ts';
import { letterTo, outboxActor } from '#functions/commands/elsewhere-noting.ts';
import { nextTurn } from '#functions/commands/offer-board.ts';
import { makeOffers } from '#functions/commands/offer-messages.ts';
import { seatsOf, signals } from '#functions/commands/offers.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { type BroughtList, elsewhereAggregate } from '#shared/domain/elsewhere.ts';
import { listOf } from '#shared/domain/elsewhere-decisions.ts';
import { effectOf, noteAnswer } from '#shared/domain/elsewhere-gone.ts';
import { countingOf } from '#shared/domain/elsewhere-heard.ts';
import type { Said } from '#shared/domain/elsewhere-said.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import type { LetterTemplate } from '#shared/domain/letter-template.ts';
import { isFinal, roundAggregate } from '#shared/domain/round-record.ts';
import { inTurn } from '#shared/domain/turn.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

/** A statement that counts, and the version of the record in which it was read so. */
type Counting = { roundId: RoundId; list: BroughtList; number: number; version: number };

/**
 * Does with one person what follows from the statement of another region, and tells them, in one transaction: open offers end and their seats go to whoever comes next, in their turn. What
 * was accepted here stays, also where that happened at this very moment. Again changes nothing, and nothing is done once a later statement counts, which has a row of its own.
 * @throws when others keep storing first
 */
export const closeOne = async (
  deps: Deps,
  place: Counting,
  { id, said }: { id: ApplicationId; said: Said },
): Promise<void> => {
  const stored = await decideAgain(async (lost): Promise<Result<void, Refusal | LostRace>> => {
    const version = lost === 0 ? place.version : await versionStillCounting(deps, place);
    if (version === undefined) return ok(undefined);
    const round = await deps.records.find(roundAggregate, place.roundId);
    if (!round || !isFinal(round.state)) return ok(undefined);
    // Before the candidacy and the clock: whoever is offered something meanwhile takes the same turn.
    const turn = round.state.stage === 'offers' ? await nextTurn(deps.records, place.roundId) : undefined;
    const candidacy = await deps.records.find(candidacyAggregate, id);
    if (!candidacy) return ok(undefined);
    const now = deps.clock.now();
    const answer = { list: place.list.sha256, answer: said.answer, on: said.on, stage: round.state.stage };
    const events = inTurn(noteAnswer(candidacy.state, answer, now), turn?.turn);
    if (events.length === 0) return ok(undefined);
    const seats = await seatsOf(deps, { candidacy }, events, now);
    if (!seats.ok) return seats;
    const { change, after } = changed(candidacyAggregate, id, candidacy, events);
    const template = letterFor(candidacy.state, answer, events);
    const about = { round: round.state, list: place.list, id, at: now };
    const facts = { template, facts: { on: said.on }, version: after.version };
    const letters = template ? await letterTo(deps, about, { ...facts, template }) : [];
    const isBack = events.some(({ type }) => type === 'elsewhere-returned');
    const asking = makeOffers(round.state, `${round.id}#returned-${id}-${place.number}`, now);
    return await store(deps, {
      by: outboxActor,
      changes: [change, ...seats.value],
      requires: [
        { aggregate: 'round', id: round.id, version: round.version },
        { aggregate: 'elsewhere', id: round.id, version },
      ],
      ...(turn && { claims: turn.claims, releases: turn.releases }),
      outbox: [...letters, ...signals(events, now), ...(turn && isBack ? [asking] : [])],
    });
  });
  if (!stored.ok) throw new Error(`Candidacy ${id} could not be closed: ${stored.error.kind}.`);
};

const versionStillCounting = async (
  { records }: Deps,
  { roundId, list, number }: Counting,
): Promise<number | undefined> => {
  const found = await records.find(elsewhereAggregate, roundId);
  const now = found && listOf(found.state, list.number);
  return now && countingOf(now)?.number === number ? found.version : undefined;
};

/** That they are out, that they hold two posts, that they are in again, or that the offers were over by then. Of what ended without a post here or there they know themselves. */
const letterFor = (
  before: Candidacy,
  answer: Parameters<typeof effectOf>[1],
  events: readonly CandidacyEvent[],
): LetterTemplate | undefined => {
  const types = new Set(events.map(({ type }) => type));
  if (types.has('elsewhere-returned')) return 'elsewhere-returned';
  const { kind } = effectOf(before, answer);
  if (kind === 'conflict') return 'elsewhere-conflict';
  // Once is enough, whatever other day a later statement says.
  if (kind === 'over') return isEnded(before, answer.list) ? undefined : 'elsewhere-over';
  return types.has('elsewhere-gone') && answer.answer === 'accepted' ? 'elsewhere-accepted' : undefined;
};

const isEnded = ({ elsewhere = [] }: Candidacy, list: BroughtList['sha256']): boolean =>
  elsewhere.some((one) => one.list === list && one.answer?.kind === 'ended');
