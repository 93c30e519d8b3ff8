import { type CandidacyCommand, candidacyPlace } from '#functions/commands/candidacies.ts';
import {
  type CardInput,
  commentDocuments,
  draftDocument,
  filledCard,
  typedIn,
} from '#functions/commands/card-texts.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { ifInvited } from '#functions/commands/interview-reading.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { atWork, mayJudge, type OpenWorkplace, standsWithEffect } from '#functions/commands/workplace.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { CardForm } from '#shared/domain/card.ts';
import type { DocumentWrite } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import {
  draftScorecard,
  giveScorecard,
  type Interviewed,
  noteAttendance,
  ownInterview,
  standingScorecards,
} from '#shared/domain/interview.ts';
import type { Action } from '#shared/domain/permission.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { slotAggregate } from '#shared/domain/slot.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge' | 'chance'>;
type Answer = Promise<Result<Versioned<Candidacy>, Refusal>>;

/**
 * A voting member's scorecard of an interview that has begun. Refused for who has a conflict of interest with the
 * application, and while a proposal lies on the table.
 */
export const scoreInterview = (deps: Deps, command: CandidacyCommand & CardInput): Answer =>
  atInterview(deps, command, 'interview.score', async ({ place, version, ...interviewed }) => {
    if (!mayJudge(place)) return refuse({ kind: 'not-allowed' });
    const { applicationId } = command;
    const card = filledCard(command);
    const { documents, refs } = commentDocuments(deps, { applicationId, version }, card.comments);
    const saved = { ...(await savedBy(deps, command, interviewed)), card, comments: refs };
    const decision = giveScorecard(interviewed, saved, interviewForm(place.file));
    return decision.ok ? ok({ events: decision.value, documents }) : decision;
  });

/** Puts a scorecard aside that is not finished: it counts nowhere, and nobody else reads it. */
export const draftInterviewCard = (deps: Deps, command: CandidacyCommand & CardInput): Answer =>
  atInterview(deps, command, 'interview.score', async ({ place, version, ...interviewed }) => {
    if (!mayJudge(place)) return refuse({ kind: 'not-allowed' });
    const { applicationId } = command;
    const card = filledCard(command);
    const document = draftDocument(deps, { applicationId, version }, card);
    const saved = { ...(await savedBy(deps, command, interviewed)), card, document: document.ref };
    const decision = draftScorecard(interviewed, saved, interviewForm(place.file));
    return decision.ok ? ok({ events: decision.value, documents: [document] }) : decision;
  });

/** What an interviewer's card is asked by. */
const interviewForm = ({ interviews, cards }: Pick<RoundFile, 'interviews' | 'cards'>): CardForm => ({
  criteria: interviews.criteria,
  rule: cards,
});

const savedBy = async (
  { records }: Deps,
  { by, basedOn }: CandidacyCommand & CardInput,
  { candidacy }: Interviewed,
) => ({
  raterId: by.id,
  basedOn,
  typed: await typedIn(records, ownInterview(candidacy, by.id)),
});

/** The secretary notes that somebody did not come, or takes it back. */
export const recordAttendance = (deps: Deps, command: CandidacyCommand & { came: boolean }): Answer =>
  atInterview(deps, command, 'interview.attend', async (interviewed) => {
    const noted = noteAttendance(interviewed, command.came);
    return noted.ok ? ok({ events: noted.value, documents: [] }) : noted;
  });

type Decided = { events: CandidacyEvent[]; documents: readonly DocumentWrite[] };
type At = Interviewed & { place: OpenWorkplace; version: number };
type Decide = (at: At) => Promise<Result<Decided, Refusal>>;

const atInterview = (deps: Deps, command: CandidacyCommand, action: Action, decide: Decide): Answer =>
  decideAgain(async (): Promise<Result<Versioned<Candidacy>, Refusal | LostRace>> => {
    const found = await candidacyPlace(deps, command, action);
    if (!found.ok) return found;
    const place = atWork(found.value.place);
    if (!place.ok) return place;
    const { by, round, file } = place.value;
    const candidacy = await ifInvited(deps.records, round.state, found.value.candidacy);
    if (!candidacy.ok) return candidacy;

    const now = deps.clock.now();
    const { slotId } = candidacy.value.state;
    const slot = slotId && (await deps.records.find(slotAggregate, slotId))?.state;
    const interviewed = {
      // A card that no longer counts is given anew, be it with the same points.
      candidacy: withCounted(candidacy.value.state, place.value),
      slot: slot || undefined,
      now,
      zone: file.timeZone,
    };
    const { id, version } = candidacy.value;
    const decision = await decide({ ...interviewed, place: place.value, version });
    if (!decision.ok) return decision;
    const { events, documents } = decision.value;
    if (events.length === 0) return ok(candidacy.value);
    const { change, after } = changed(candidacyAggregate, id, candidacy.value, events);
    const { changes, requires } = standsWithEffect(place.value, now);
    const stored = await store(deps, { by, changes: [change, ...changes], requires, documents });
    return stored.ok ? ok(after) : stored;
  });

const withCounted = (candidacy: Candidacy, { committee }: OpenWorkplace): Candidacy => ({
  ...candidacy,
  scorecards: standingScorecards(candidacy, committee.state),
});
