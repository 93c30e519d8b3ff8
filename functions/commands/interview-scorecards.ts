import {
  type CardInput,
  commentDocuments,
  draftDocument,
  filledCard,
  typedIn,
} from '#functions/commands/card-texts.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import {
  atInterview,
  type Held,
  type InterviewCommand,
  stationMeant,
} from '#functions/commands/interview-holding.ts';
import type { CardForm } from '#shared/domain/card.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { HeldRecord } from '#shared/domain/held-interview.ts';
import {
  draftScorecard,
  giveScorecard,
  type Interviewed,
  noteAttendance,
  ownInterview,
} from '#shared/domain/interview.ts';
import type { Station } from '#shared/domain/station.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge' | 'chance'>;
type Answer = Promise<Result<Versioned<HeldRecord>, Refusal>>;

/** A card, and the station that it is of where interviews have several. */
type StationCard = InterviewCommand & CardInput & { station?: string | undefined };

/**
 * A voting member's scorecard of a station that has begun. Refused for who has a conflict of interest with the
 * application or does not sit on the panel that held it, and while a proposal lies on the table.
 */
export const scoreInterview = (deps: Deps, command: StationCard): Answer =>
  atInterview(deps, command, 'score', async (held) => {
    const station = stationMeant(held, command);
    if (!station.ok) return station;
    const card = filledCard(command);
    const { documents, refs } = commentDocuments(deps, placeOf(held, command), card.comments);
    const saved = { ...(await savedBy(deps, command, held, station.value)), card, comments: refs };
    const decision = giveScorecard(held, saved, formOf(held, station.value));
    return decision.ok ? ok({ events: decision.value, documents }) : decision;
  });

/** Puts a scorecard aside that is not finished: it counts nowhere, and nobody else reads it. */
export const draftInterviewCard = (deps: Deps, command: StationCard): Answer =>
  atInterview(deps, command, 'score', async (held) => {
    const station = stationMeant(held, command);
    if (!station.ok) return station;
    const card = filledCard(command);
    const document = draftDocument(deps, placeOf(held, command), card);
    const before = await savedBy(deps, command, held, station.value);
    const saved = { ...before, card, document: document.ref };
    const decision = draftScorecard(held, saved, formOf(held, station.value));
    return decision.ok ? ok({ events: decision.value, documents: [document] }) : decision;
  });

const placeOf = ({ version }: Held, { applicationId, owed }: StationCard) => ({
  applicationId,
  version,
  apart: owed && ('owed-interview' as const),
});

/** What a card of a station is asked by. */
const formOf = ({ place }: Held, { criteria }: Station): CardForm => ({ criteria, rule: place.file.cards });

const savedBy = async (
  { records }: Deps,
  { by, basedOn }: StationCard,
  { candidacy }: Interviewed,
  { code: station }: Station,
) => ({
  raterId: by.id,
  station,
  basedOn,
  typed: await typedIn(records, ownInterview(candidacy, { raterId: by.id, station })),
});

/** The secretary notes that somebody did not come, or takes it back. */
export const recordAttendance = (deps: Deps, command: InterviewCommand & { came: boolean }): Answer =>
  atInterview(deps, command, 'attend', async (interviewed) => {
    const noted = noteAttendance(interviewed, command.came);
    return noted.ok ? ok({ events: noted.value, documents: [] }) : noted;
  });
