import type { Candidacy, CandidacyEvent, Score } from '#shared/domain/candidacy.ts';
import { type CardForm, draftCard, giveCard, type OwnCards } from '#shared/domain/card.ts';
import { type Committee, pointsCount } from '#shared/domain/committee.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { HeldEvent, HeldRecord } from '#shared/domain/held-interview.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { InterviewNote } from '#shared/domain/interview-note.ts';
import { freePanelists, type Panel } from '#shared/domain/panel.ts';
import { partsOf, type Slot } from '#shared/domain/slot.ts';
import type { Station } from '#shared/domain/station.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Decision = Result<HeldEvent[], Refusal>;

/** Who gives a scorecard to whom, and when. `slot` is the one that the application has booked. */
export type Interviewed = {
  candidacy: HeldRecord;
  slot: Slot | undefined;
  now: Instant;
  zone: string;
};

/**
 * One member's scorecard of a station, or a better one in its place (`giveCard`): points for what the round file asks about there.
 * Refused before the station began, and where there was no interview.
 */
export const giveScorecard = (
  interviewed: Interviewed,
  saved: Parameters<typeof giveCard>[1],
  form: CardForm,
): Decision => {
  const { candidacy, now } = interviewed;
  const held = heldNow(interviewed, saved.station);
  if (!held.ok) return held;
  const score = giveCard(ownInterview(candidacy, saved), saved, form, now);
  if (!score.ok) return score;
  return ok(score.value ? [{ type: 'scorecard-given', at: now, score: score.value }] : []);
};

/** The same scorecard before it is finished. */
export const draftScorecard = (
  interviewed: Interviewed,
  saved: Parameters<typeof draftCard>[1],
  form: CardForm,
): Decision => {
  const { candidacy, now } = interviewed;
  const held = heldNow(interviewed, saved.station);
  if (!held.ok) return held;
  const draft = draftCard(ownInterview(candidacy, saved), saved, form, now);
  if (!draft.ok) return draft;
  return ok(draft.value ? [{ type: 'scorecard-drafted', at: now, draft: draft.value }] : []);
};

const heldNow = (interviewed: Interviewed, station: string | undefined): Result<Slot, Refusal> => {
  const held = begun(interviewed, station);
  return held.ok && interviewed.candidacy.missedInterview ? refuse({ kind: 'not-in-stage' }) : held;
};

/** What a member writes down of a station, from its beginning on; a better text takes its place. */
export const noteInterview = (
  interviewed: Interviewed,
  { raterId, station, text }: Scoring & { text: DocumentRef },
): Decision => {
  const held = begun(interviewed, station);
  if (!held.ok) return held;
  const at = interviewed.now;
  const note = { raterId, ...(station !== undefined && { station }), text, at };
  return ok([{ type: 'interview-noted', at, note }]);
};

/** @param of without a station the note of an interview in one piece, or an older one of the whole interview */
export const ownNote = ({ notes = [] }: Pick<HeldRecord, 'notes'>, of: Scoring): InterviewNote | undefined =>
  notes.find(({ raterId, station }) => raterId === of.raterId && station === of.station);

/** That somebody did not come, or came after all. Refused before the interview was to begin. */
export const noteAttendance = (interviewed: Interviewed, came: boolean): Decision => {
  const { candidacy, now } = interviewed;
  const held = begun(interviewed);
  if (!held.ok) return held;
  if (candidacy.missedInterview !== came) return ok([]);
  return ok([{ type: came ? 'interview-attended' : 'interview-missed', at: now }]);
};

/**
 * Takes a booking back that cannot be kept, for a reason that the applicant reads; they may then book again. Refused as `too-late`
 * once somebody has scored the interview; `not-in-stage` where the application is withdrawn, has not booked it or missed it.
 */
export const callOffInterview = (
  { slotId, scorecards, missedInterview, withdrawnAt }: Candidacy,
  { slot, reason, notHeld }: CallingOff,
  { now, zone }: { now: Instant; zone: string },
): Result<CandidacyEvent[], Refusal> => {
  if (withdrawnAt || slotId !== slot.id || missedInterview) return refuse({ kind: 'not-in-stage' });
  if (scorecards.length > 0) return refuse({ kind: 'too-late', closesAt: slot.startsAt, zone });
  const said = saidNotHeld({ slot, notHeld }, now);
  if (!said.ok) return said;
  return ok([{ type: 'interview-cancelled', at: now, slot: slot.id, reason, ...said.value }]);
};

type CallingOff = { slot: Slot; reason: DocumentRef; notHeld?: boolean | undefined };

/**
 * From its beginning on an interview may have been held, though nobody has given a scorecard yet: whoever calls it off says that it was not.
 * Otherwise somebody who came would lose it without a word.
 */
export const saidNotHeld = (
  { slot, notHeld }: Pick<CallingOff, 'slot' | 'notHeld'>,
  now: Instant,
): Result<{ notHeld?: true }, Refusal> => {
  if (now < slot.startsAt) return ok({});
  const fault = { place: 'notHeld', message: 'interview.fault.notHeld' };
  return notHeld ? ok({ notHeld: true }) : refuse({ kind: 'invalid', faults: [fault] });
};

/** @param station that must have begun; the whole interview where none is said */
const begun = ({ slot, now, zone }: Interviewed, station?: string): Result<Slot, Refusal> => {
  if (!slot) return refuse({ kind: 'not-in-stage' });
  const { startsAt } = partsOf(slot).find(({ code }) => code === station) ?? slot;
  return now < startsAt ? refuse({ kind: 'too-early', until: startsAt, zone }) : ok(slot);
};

/** The first that a member has given. */
export const ownScorecard = (
  { scorecards }: Pick<HeldRecord, 'scorecards'>,
  raterId: PersonId,
): Score | undefined => scorecards.find((card) => card.raterId === raterId);

/** Who scores where. */
type Scoring = { raterId: PersonId; station?: string | undefined };

/** What a member has saved at a station, given or not. */
export const ownInterview = (
  { scorecards, scorecardDrafts }: Pick<HeldRecord, 'scorecards' | 'scorecardDrafts'>,
  { raterId, station }: Scoring,
): OwnCards => {
  const isOwn = (card: Scoring): boolean => card.raterId === raterId && card.station === station;
  return { given: scorecards.find(isOwn), draft: scorecardDrafts?.find(isOwn) };
};

/** The scorecards that stand: not what was given before a conflict of interest was known, also once it is cleared. */
export const standingScorecards = (
  { applicationId, scorecards }: Pick<HeldRecord, 'applicationId' | 'scorecards'>,
  committee: Committee,
): Score[] =>
  scorecards.filter(({ raterId: memberId, at }) => pointsCount(committee, { memberId, at }, applicationId));

/** The scorecards that count: the same without those that judge too little. */
export const countedScorecards = (
  held: Pick<HeldRecord, 'applicationId' | 'scorecards'>,
  committee: Committee,
): Score[] => standingScorecards(held, committee).filter(({ counts }) => counts !== false);

/**
 * How many scorecards a station needs: what the round file says, or as many as may give one, where conflicts of interest
 * and cards that judge too little leave fewer; never none. Without a panel the whole committee may.
 */
export const scorecardsNeeded = (
  { applicationId, scorecards: given }: Pick<Candidacy, 'applicationId' | 'scorecards'>,
  { committee, panel }: { committee: Committee; panel?: Panel | undefined },
  { code, scorecards }: Pick<Station, 'code' | 'scorecards'>,
): number => {
  const tooLittle = new Set(
    given.flatMap((card) => (card.counts === false && card.station === code ? [card.raterId] : [])),
  );
  const free = freePanelists(panel, committee, applicationId).filter((id) => !tooLittle.has(id));
  return Math.max(1, Math.min(scorecards, free.length));
};

/** How many scorecards that count a station still lacks. */
export const scorecardsLacking = (
  held: Pick<Candidacy, 'applicationId' | 'scorecards'>,
  judging: { committee: Committee; panel?: Panel | undefined },
  station: Pick<Station, 'code' | 'scorecards'>,
): number => {
  const given = countedScorecards(held, judging.committee).filter((card) => card.station === station.code);
  return Math.max(0, scorecardsNeeded(held, judging, station) - given.length);
};
