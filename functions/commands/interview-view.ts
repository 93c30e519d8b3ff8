import { type CandidacyCommand, candidacyPlace } from '#functions/commands/candidacies.ts';
import { type OthersCard, type OwnCard, othersCards, ownCard } from '#functions/commands/card-views.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { noteText } from '#functions/commands/interview-notes.ts';
import { bookedSlot, type PlacedSlot } from '#functions/commands/interview-own.ts';
import { ifInvited, placesOf, slotsIn } from '#functions/commands/interview-reading.ts';
import { freeOn, panelBook, panelOf } from '#functions/commands/panel-reading.ts';
import { candidaciesIn, goingOn, readForm } from '#functions/commands/selection.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import type { ApplicationForm } from '#shared/domain/application-form.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Candidacy, Score } from '#shared/domain/candidacy.ts';
import { inConflict } from '#shared/domain/committee.ts';
import type { ApplicationId, ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import {
  countedScorecards,
  ownInterview,
  ownNote,
  ownScorecard,
  scorecardsNeeded,
} from '#shared/domain/interview.ts';
import type { InterviewNote } from '#shared/domain/interview-note.ts';
import { type Panel, panelistsOf } from '#shared/domain/panel.ts';
import { isGatedRound } from '#shared/domain/round-record.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock'>;

/** An application that is to be interviewed, by number: no name and nobody's points. */
export type InterviewLine = {
  applicationId: ApplicationId;
  number: ApplicationNumber;
  missed: boolean;
  given: number;
  needed: number;
  /** Whether the visitor has given a scorecard. */
  own: boolean;
  /** Whether the visitor sits on the panel that holds it, or on the committee where there is none. */
  sits: boolean;
  /** Too few of the panel are left, since conflicts of interest were declared: another time, or another panel. */
  short: boolean;
  /** The visitor has a conflict of interest: the application is out of reach. */
  conflict: boolean;
};

export type InterviewsView = {
  place: Workplace;
  /** In the order of time. */
  slots: { slot: PlacedSlot; line?: InterviewLine }[];
  panels: readonly Panel[];
  /** Who was invited and has booked nothing. */
  unbooked: InterviewLine[];
};

/** The plan of a round's interviews, for its committee. */
export const viewInterviews = async (
  deps: Deps,
  command: CommitteeCommand,
): Promise<Result<InterviewsView, Refusal>> => {
  const found = await workplace(deps, command, 'candidacy.read');
  if (!found.ok) return found;
  const { round } = found.value;
  const { state } = round;
  const going = isGatedRound(state) ? await goingOn(deps.records, state, 'scoring') : new Set();
  const taking = (await candidaciesIn(deps.records, state.id))
    .map((one) => one.state)
    .filter((one) => !one.withdrawnAt && going.has(one.applicationId));
  const slots = await slotsIn(deps.records, state.id);
  const book = await panelBook(deps.records, state.id);
  const panelOfSlot = new Map(slots.map((slot) => [slot.id, panelOf(book, slot)]));
  const lines = new Map(
    taking.map((one) => [
      one.applicationId,
      lineOf(one, found.value, one.slotId && panelOfSlot.get(one.slotId)),
    ]),
  );
  const places = await placesOf(deps.records, slots);
  const booked = new Set(slots.map(({ applicationId }) => applicationId));
  return ok({
    place: found.value,
    slots: slots.map((slot) => {
      const line = slot.applicationId && lines.get(slot.applicationId);
      const where = places.get(slot.place.digest) ?? '';
      const placed = { slot, where, panel: panelOfSlot.get(slot.id) };
      return line ? { slot: placed, line } : { slot: placed };
    }),
    panels: book.panels?.state.panels ?? [],
    unbooked: [...lines.values()].filter(({ applicationId }) => !booked.has(applicationId)),
  });
};

const lineOf = (
  candidacy: Candidacy,
  { by, file, committee: found }: Workplace,
  panel: Panel | undefined,
): InterviewLine => {
  const committee = found?.state;
  const { applicationId, number, missedInterview: missed } = candidacy;
  return {
    applicationId,
    number,
    missed,
    given: committee ? countedScorecards(candidacy, committee).length : 0,
    needed: committee ? scorecardsNeeded(candidacy, { committee, panel }, file.interviews) : 0,
    own: ownScorecard(candidacy, by.id) !== undefined,
    sits: committee !== undefined && panelistsOf(panel, committee).includes(by.id),
    short: committee !== undefined && isShort(freeOn(panel, committee, candidacy, file)),
    conflict: inConflict(committee, by.id, applicationId),
  };
};

const isShort = ({ has, needs }: ReturnType<typeof freeOn>): boolean => has < needs;

/** One interview, as those who hold it see it: here the applicant has a name. */
export type OneInterview = {
  place: Workplace;
  line: InterviewLine;
  name: string;
  /** What the applicant needs at the interview, for the secretary who arranges it and for nobody who judges. */
  adjustments?: string;
  booked?: PlacedSlot;
  own?: Score;
  card: OwnCard;
  /** Given by others; hidden until the own one is in. */
  others?: readonly OthersCard[];
  ownNote?: string;
  /** Written by others; hidden as their scorecards are. */
  otherNotes: readonly string[];
};

/** One applicant's interview. That the name was read is noted, and by whom. */
export const viewOneInterview = async (
  deps: Pick<CommandDeps, 'records' | 'readLog' | 'clock'>,
  command: CandidacyCommand,
): Promise<Result<OneInterview, Refusal>> => {
  const found = await candidacyPlace(deps, command, 'interview.read');
  if (!found.ok) return found;
  const { place } = found.value;
  const candidacy = await ifInvited(deps.records, place.round.state, found.value.candidacy);
  if (!candidacy.ok) return candidacy;
  const { state } = candidacy.value;
  const form = await formOf(deps, place, command.applicationId);
  const name = form?.fullName ?? '';
  const booked = await bookedSlot(deps, state);
  const book = await panelBook(deps.records, state.roundId);
  const line = lineOf(state, place, panelOf(book, booked?.slot));
  const adjustments = place.by.role === 'secretary' ? form?.adjustments : undefined;
  return ok({
    place,
    line,
    name,
    ...(adjustments !== undefined && { adjustments }),
    ...(booked && { booked }),
    card: await ownCard(deps.records, ownInterview(state, place.by.id)),
    ...(await cardsFor(deps, state, place)),
    ...(await notesFor(deps, state, place)),
  });
};

const cardsFor = async (
  { records }: Pick<CommandDeps, 'records'>,
  candidacy: Candidacy,
  { by, committee }: Workplace,
): Promise<Pick<OneInterview, 'own' | 'others'>> => {
  const own = ownScorecard(candidacy, by.id);
  if (!own || !committee) return {};
  const others = othersOf(countedScorecards(candidacy, committee.state), by.id);
  return { own, others: await othersCards(records, others) };
};

const notesFor = async (
  { records }: Pick<CommandDeps, 'records'>,
  candidacy: Candidacy,
  { by }: Workplace,
): Promise<Pick<OneInterview, 'ownNote' | 'otherNotes'>> => {
  const own = ownNote(candidacy, by.id);
  const others = (candidacy.notes ?? []).filter(({ raterId }) => raterId !== by.id);
  const read = async ({ text }: InterviewNote): Promise<string[]> => {
    const words = await noteText(records, text);
    return words === undefined ? [] : [words];
  };
  const shown = ownScorecard(candidacy, by.id) ? others : [];
  const [text] = own ? await read(own) : [];
  return {
    ...(text !== undefined && { ownNote: text }),
    otherNotes: (await Promise.all(shown.map(read))).flat(),
  };
};

const othersOf = (cards: readonly Score[], memberId: PersonId): Score[] =>
  cards.filter(({ raterId }) => raterId !== memberId);

/** The form as it was submitted, of which the name is shown, and to the secretary what is to be arranged. */
const formOf = async (
  { records, readLog, clock }: Pick<CommandDeps, 'records' | 'readLog' | 'clock'>,
  { by: reader }: Workplace,
  applicationId: ApplicationId,
): Promise<ApplicationForm | undefined> => {
  const application = await records.find(applicationAggregate, applicationId);
  if (application?.state.stage !== 'submitted') return undefined;
  const what = reader.role === 'secretary' ? 'name-adjustments' : 'name';
  await readLog.add({ reader, owner: `application#${applicationId}`, what, at: clock.now() });
  return await readForm(records, application.state.form);
};
