import { isBeyondGuest } from '#functions/commands/candidacies.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { codedNow, ratersOf } from '#functions/commands/rater-coding.ts';
import { neededReason, reasonText } from '#functions/commands/reasons.ts';
import { admittedIn } from '#functions/commands/score-reach.ts';
import { reportLetters } from '#functions/commands/score-report-letters.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import { inConflict } from '#shared/domain/committee.ts';
import type { DocumentWrite } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { scoreBy } from '#shared/domain/scoring.ts';
import type { Refusal } from '#shared/errors.ts';
import { type CorrectionEvent, type Corrections, correctionsAggregate } from '#shared/replay/correction.ts';
import { answerTo, closeReport as decideClose, ownReport } from '#shared/replay/score-report-decisions.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type Attempt = Promise<Result<void, Refusal | LostRace>>;

/**
 * Says that the own stored score of an application is not what was given, and writes to who answers it. One report at a time is open for an application: the same words once
 * more change nothing, others are refused, so that none are dropped unread. Results stay until somebody corrects them.
 */
export const reportScore = async (
  deps: Deps,
  command: CommitteeCommand & { application: ApplicationNumber; reason: string },
): Promise<Result<void, Refusal>> => {
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  return await decideAgain(async (): Attempt => {
    const found = await workplace(deps, command, 'own-scores.report');
    if (!found.ok) return found;
    const place = found.value;
    const { records } = deps;
    const { by, roundId, application } = command;
    const admitted = await admittedIn(records, place.round.state);
    const candidacy = admitted.find(({ number }) => number === application);
    if (!candidacy || isBeyondGuest(place, candidacy))
      return refuse({ kind: 'not-found', what: 'application' });
    const { applicationId } = candidacy;
    if (inConflict(place.committee?.state, by.id, applicationId))
      return refuse({ kind: 'conflict-of-interest' });
    if (!scoreBy(candidacy, by.id)) return refuse({ kind: 'not-found', what: 'application' });
    const before = await records.find(correctionsAggregate, roundId);
    const earlier = ownReport(before?.state, { by: by.id, applicationId });
    const coded = await ratersOf(deps, place, admitted);
    const isOpen =
      earlier &&
      before &&
      answerTo(earlier, codedNow(before.state, coded), coded.codes.get(by.id)).kind === 'open';
    if (isOpen) {
      const isSame = (await reasonText(records, earlier.reason)) === command.reason.trim();
      return isSame ? ok(undefined) : refuse({ kind: 'changed-meanwhile' });
    }
    const event = { by: by.id, roundId, applicationId, application, reason: reason.value.ref };
    const at = deps.clock.now();
    return await keep(deps, place, {
      before,
      events: [{ type: 'score-reported', at, ...event }],
      document: reason.value,
      outbox: await reportLetters(deps, place, { before, report: { ...event, by: by.id } }, at),
    });
  });
};

/** Answers a report where nothing is corrected, with a reason. Not by who reported, nor by whom the application is closed to. */
export const closeReport = async (
  deps: Deps,
  command: CommitteeCommand & { report: number; reason: string },
): Promise<Result<void, Refusal>> => {
  const reason = neededReason(deps, command);
  if (!reason.ok) return reason;
  return await decideAgain(async (): Attempt => {
    const found = await workplace(deps, command, 'correction.apply');
    if (!found.ok) return found;
    const place = found.value;
    const { by, roundId, report } = command;
    const before = await deps.records.find(correctionsAggregate, roundId);
    const asked = before?.state.reports?.find(({ number }) => number === report);
    if (asked && inConflict(place.committee?.state, by.id, asked.applicationId)) {
      return refuse({ kind: 'conflict-of-interest' });
    }
    const coded = await ratersOf(deps, place, await admittedIn(deps.records, place.round.state));
    const closing = { by: by.id, report, reason: reason.value.ref };
    const code = (rater: PersonId) => coded.codes.get(rater);
    const state = before && codedNow(before.state, coded);
    const events = decideClose(state, closing, { now: deps.clock.now(), code });
    if (!events.ok) return events;
    if (events.value.length === 0) return ok(undefined);
    return await keep(deps, place, { before, events: events.value, document: reason.value });
  });
};

type Kept = {
  before: Versioned<Corrections> | undefined;
  events: readonly CorrectionEvent[];
  document: DocumentWrite;
  outbox?: OutboxMessage[];
};

/** Whatever lies on the table: nothing is counted otherwise by it. A conflict that is declared meanwhile closes it all the same. */
const keep = async (
  deps: Deps,
  { by, round, committee }: Workplace,
  { before, events, document, outbox = [] }: Kept,
): Attempt =>
  await store(deps, {
    by,
    changes: [changed(correctionsAggregate, round.id, before, events).change],
    requires: [
      { aggregate: 'round', id: round.id, version: round.version },
      ...(committee
        ? [{ aggregate: 'committee' as const, id: committee.id, version: committee.version }]
        : []),
    ],
    documents: [document],
    outbox,
  });
