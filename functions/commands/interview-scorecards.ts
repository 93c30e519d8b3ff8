import type { CandidacyCommand } from '#functions/commands/candidacies.ts';
import {
  type CardInput,
  commentDocuments,
  draftDocument,
  filledCard,
  typedIn,
} from '#functions/commands/card-texts.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { atInterview, maySit } from '#functions/commands/interview-holding.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { CardForm } from '#shared/domain/card.ts';
import type { Versioned } from '#shared/domain/event.ts';
import {
  draftScorecard,
  giveScorecard,
  type Interviewed,
  noteAttendance,
  ownInterview,
} from '#shared/domain/interview.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge' | 'chance'>;
type Answer = Promise<Result<Versioned<Candidacy>, Refusal>>;

/**
 * A voting member's scorecard of an interview that has begun. Refused for who has a conflict of interest with the
 * application or does not sit on the panel that held it, and while a proposal lies on the table.
 */
export const scoreInterview = (deps: Deps, command: CandidacyCommand & CardInput): Answer =>
  atInterview(deps, command, 'interview.score', async (held) => {
    const sits = maySit(held, command);
    if (!sits.ok) return sits;
    const { place, version, ...interviewed } = held;
    const { applicationId } = command;
    const card = filledCard(command);
    const { documents, refs } = commentDocuments(deps, { applicationId, version }, card.comments);
    const saved = { ...(await savedBy(deps, command, interviewed)), card, comments: refs };
    const decision = giveScorecard(interviewed, saved, interviewForm(place.file));
    return decision.ok ? ok({ events: decision.value, documents }) : decision;
  });

/** Puts a scorecard aside that is not finished: it counts nowhere, and nobody else reads it. */
export const draftInterviewCard = (deps: Deps, command: CandidacyCommand & CardInput): Answer =>
  atInterview(deps, command, 'interview.score', async (held) => {
    const sits = maySit(held, command);
    if (!sits.ok) return sits;
    const { place, version, ...interviewed } = held;
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
