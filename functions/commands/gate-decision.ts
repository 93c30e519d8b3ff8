import { chairs } from '#functions/commands/chairing.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { engagedAgain } from '#functions/commands/engaged-letters.ts';
import { gateToLetGo, signalGate } from '#functions/commands/gates.ts';
import { nobodyAgain } from '#functions/commands/judged-before.ts';
import { makeOffers } from '#functions/commands/offer-messages.ts';
import { standingListOf } from '#functions/commands/pinned.ts';
import { neededReason } from '#functions/commands/reasons.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { unblindedSubstitutes } from '#functions/commands/unblinded.ts';
import {
  atGateWith,
  type CommitteeCommand,
  type OpenWorkplace,
  workplace,
} from '#functions/commands/workplace.ts';
import { claimsEnd } from '#shared/domain/claims-window.ts';
import type { DocumentWrite } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { gateAggregate, letGateGo } from '#shared/domain/gate.ts';
import { decideGate } from '#shared/domain/gate-decisions.ts';
import type { PersonId, Sha256 } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { awayFrom, recusalsOf, recusedVotes } from '#shared/domain/recusal.ts';
import { publicationMessages } from '#shared/domain/results-publication.ts';
import type { Round } from '#shared/domain/round.ts';
import { advanceStage, undoAdvance } from '#shared/domain/round-advance.ts';
import { isGatedRound, roundAggregate } from '#shared/domain/round-record.ts';
import type { Standing } from '#shared/domain/standing.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge' | 'chance'>;
type Attempt = Promise<Result<Versioned<Round>, Refusal | LostRace>>;
type Answer = Promise<Result<Versioned<Round>, Refusal>>;

/**
 * The chair advances the round on the proposal that the page showed: gate and round in one transaction, and the machine
 * is told. Of two at once one advances; the other is told that it was decided.
 */
export const advanceRound = (deps: Deps, command: CommitteeCommand & { proposal: Sha256 }): Answer =>
  decideAgain(async (): Attempt => {
    const found = await workplace(deps, command, 'gate.decide');
    if (!found.ok) return found;
    const place = atGateWith(found.value, command.proposal);
    if (!place.ok) return place;
    const chairing = chairs(place.value);
    if (!chairing.ok) return chairing;
    const judged = await nobodyAgain(deps, place.value);
    if (!judged.ok) return judged;
    const now = deps.clock.now();
    const standings = await standingsOnTable(deps.records, place.value, command.proposal);
    const unblinded = await unblindedSubstitutes(deps, place.value);
    const shown = { proposal: command.proposal, standings, unblinded };
    const decided = decisions(place.value, shown, now);
    if (!decided.ok) return decided;
    const { by, round, gate, committee } = place.value;
    const { change, after } = changed(roundAggregate, round.id, round, decided.value.round);
    const stored = await store(deps, {
      by,
      changes: [change, changed(gateAggregate, gate.id, gate, decided.value.gate).change],
      requires: [{ aggregate: 'committee', id: committee.id, version: committee.version }],
      outbox: [
        signalGate(gate, 'advanced', now),
        ...publicationMessages(after.state, after.version, now),
        ...boardMessages(after, now),
      ],
    });
    return stored.ok ? ok(after) : stored;
  });

/** No offer goes out before its release, but who named a partner is kept by then: whoever previews the first wave reads no form. */
const boardMessages = ({ id, version, state }: Versioned<Round>, now: Instant): OutboxMessage[] =>
  state.stage === 'offers' ? [makeOffers(state, `${id}#${version}`, now)] : [];

/** None where what the page showed lies on the table no more or never did: there may be no such list, and the decision is refused. */
const standingsOnTable = async (
  records: Pick<CommandDeps['records'], 'blob'>,
  { gate }: Pick<OpenWorkplace, 'gate'>,
  proposal: Sha256,
): Promise<readonly Standing[]> =>
  gate.state.proposal === proposal ? (await standingListOf(records, proposal)).standings : [];

const decisions = (
  { round, gate, committee: { state: committee }, file }: OpenWorkplace,
  {
    proposal,
    standings,
    unblinded,
  }: { proposal: Sha256; standings: readonly Standing[]; unblinded: ReadonlySet<PersonId> },
  now: Instant,
) => {
  const rule = file.committee;
  const away = awayFrom({ committee, rule }, standings);
  const whole = decideGate(gate.state, committee, { proposal, rule, away }, now);
  if (!whole.ok) return whole;
  const recusals = recusalsOf(
    recusedVotes({ gate: gate.state, committee, rule, unblinded }, standings),
    rule,
  );
  if (!recusals.ok) return recusals;
  const decided = { proposal, rule, away, recusals: recusals.value };
  const gateEvents = decideGate(gate.state, committee, decided, now);
  if (!gateEvents.ok) return gateEvents;
  const { stage: from } = round.state;
  const until = from === 'preliminary' ? { claimsCloseAt: claimsEnd(file, now) } : {};
  const advance = { from, gate: gate.state.id, decision: proposal, ...until };
  const roundEvents = advanceStage(round.state, advance, now);
  return roundEvents.ok ? ok({ gate: gateEvents.value, round: roundEvents.value }) : roundEvents;
};

/** Takes the last advance back, with a reason, before it has had an effect; the machine goes back to the former gate. */
export const undoLastAdvance = async (deps: Deps, command: CommitteeCommand & { reason: string }): Answer => {
  const reason = neededReason(deps, command);
  return reason.ok ? await decideAgain(() => undoOnce(deps, command, reason.value)) : reason;
};

const undoOnce = async (deps: Deps, command: CommitteeCommand, reason: DocumentWrite): Attempt => {
  const found = await workplace(deps, command, 'advance.undo');
  if (!found.ok) return found;
  const chairing = chairs(found.value);
  if (!chairing.ok) return chairing;
  const { by, round } = found.value;
  const now = deps.clock.now();
  const decision = undoAdvance(round.state, reason.ref, now);
  if (!decision.ok) return decision;
  const { change, after } = changed(roundAggregate, round.id, round, decision.value);
  const { claim, gate } = isGatedRound(round.state) ? await gateToLetGo(deps.records, round.state) : {};
  const stored = await store(deps, {
    by,
    changes: gate
      ? [change, changed(gateAggregate, gate.id, gate, letGateGo(gate.state, 'undone', now)).change]
      : [change],
    documents: [reason],
    ...(claim && { claims: [claim] }),
    outbox: [...(gate ? [signalGate(gate, 'undone', now)] : []), ...engagedAgain(after, now)],
  });
  return stored.ok ? ok(after) : stored;
};
