import { calledOffTime } from '#functions/commands/called-off.ts';
import { candidacyPlace } from '#functions/commands/candidacies.ts';
import { type OthersCard, type OwnCard, othersCards, ownCard } from '#functions/commands/card-views.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { discussedIn, discussedOwed, markedCards } from '#functions/commands/discussed.ts';
import type { InterviewCommand } from '#functions/commands/interview-holding.ts';
import { type InterviewLine, lineOf, type StationLine } from '#functions/commands/interview-lines.ts';
import { type NeedsView, needsView } from '#functions/commands/interview-needs.ts';
import { noteText } from '#functions/commands/interview-notes.ts';
import { bookedSlot } from '#functions/commands/interview-own.ts';
import { ifInvited } from '#functions/commands/interview-reading.ts';
import { type HeldStation, heldStations, type PlacedSlot } from '#functions/commands/interview-stations.ts';
import { askedOf, panelBook } from '#functions/commands/panel-reading.ts';
import { readForm } from '#functions/commands/selection.ts';
import { type Workplace } from '#functions/commands/workplace.ts';
import { type AccessNeed, toldToHolders } from '#shared/domain/access-need.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Score } from '#shared/domain/candidacy.ts';
import type { HeldRecord } from '#shared/domain/held-interview.ts';
import type { PersonId, SlotId } from '#shared/domain/ids.ts';
import { countedScorecards, ownInterview, ownNote } from '#shared/domain/interview.ts';
import { accessOf } from '#shared/domain/interview-wishes.ts';
import { owedInterviewAggregate } from '#shared/domain/owed-interview.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock'>;

/** One interview, as those who hold it see it: here the applicant has a name. */
export type OneInterview = {
  place: Workplace;
  /** It is one that was owed, and held after its stage. */
  owed?: true;
  /** Its total is in the results: nothing of it changes any more. */
  counted?: true;
  line: InterviewLine;
  name: string;
  /** What the applicant needs, for the secretary who arranges it. */
  needs?: NeedsView;
  /** Of it what the visitor must know to hold the interview. */
  told: readonly AccessNeed[];
  booked?: PlacedSlot;
  /** When it begins, as long as it has not: whether somebody came is noted from then on. */
  beginsAt?: Instant;
  /** When it was to begin, where it was called off and got no other time; `heldAfter`: but has one after the stage, since it was owed. */
  calledOff?: { startsAt: Instant; heldAfter: boolean };
  /** The own cards of the stations where the visitor sits or has given one, in the order of these. */
  cards: readonly StationCard[];
  /** Given by others; hidden until all own ones are in. */
  others?: readonly OthersCard[];
  /** Of the whole interview: of one in one piece, or written before a note belonged to a station. */
  ownNote?: string;
  /** Written by others; hidden as their scorecards are. */
  otherNotes: readonly { station?: string; text: string }[];
};

/** The own card of one station, and the one that counts of it. */
export type StationCard = Pick<StationLine, 'station' | 'sits'> & {
  own: Score | undefined;
  card: OwnCard;
  /** The own note of it, where there are several stations. */
  note?: string;
  /** When the station begins, as long as it has not: nothing is written of it before. */
  beginsAt?: Instant;
};

/** One applicant's interview. That the name was read is noted, and by whom. */
export const viewOneInterview = async (
  deps: Pick<CommandDeps, 'records' | 'readLog' | 'clock'>,
  command: InterviewCommand,
): Promise<Result<OneInterview, Refusal>> => {
  const found = await candidacyPlace(
    deps,
    command,
    command.owed ? 'owed-interview.attend' : 'interview.read',
  );
  if (!found.ok) return found;
  const { place } = found.value;
  const kept = await (command.owed ? owedOf : invitedOf)(deps, found.value);
  if (!kept.ok) return kept;
  const state = kept.value;
  const book = await panelBook(deps.records, command.roundId);
  const booked = await bookedSlot(deps, state, { ...book, ...place.file });
  const held = heldStations(book, place.file, booked?.slot);
  const line = lineOf(state, place, held);
  const about = {
    candidacy: found.value.candidacy.state,
    slot: booked?.slot,
    book,
    file: place.file,
    now: deps.clock.now(),
  };
  return ok({
    place,
    ...afterItsStage(command, state),
    line,
    ...(await applicantOf(deps, { place, line, about })),
    ...(booked && { booked }),
    ...(booked && about.now < booked.slot.startsAt && { beginsAt: booked.slot.startsAt }),
    ...(await calledOffIn(deps, command, found.value)),
    cards: await Promise.all(
      line.stations
        .filter(({ sits, own }) => sits || own)
        .map((one) => stationCard(deps, { state, held, by: place.by, now: about.now }, one)),
    ),
    ...(line.own && (await othersFor(deps, state, place))),
    ...(await notesFor(deps, state, { by: place.by, own: line.own })),
  });
};

type At = { state: HeldRecord; held: readonly HeldStation[]; now: Instant } & Pick<Workplace, 'by'>;

const stationCard = async (
  deps: Pick<CommandDeps, 'records'>,
  { state, held, by, now }: At,
  { station, sits }: StationLine,
): Promise<StationCard> => {
  const of = { raterId: by.id, station: station.code };
  const own = ownInterview(state, of);
  const beginsAt = held.find((one) => one.station.code === station.code)?.part?.startsAt;
  return {
    station,
    sits,
    own: own.given,
    card: await ownCard(deps.records, own),
    ...(station.code !== undefined && (await ownNoteAt(deps, state, of))),
    ...(beginsAt !== undefined && now < beginsAt && { beginsAt }),
  };
};

const calledOffIn = async (
  { records }: Pick<CommandDeps, 'records'>,
  { owed }: InterviewCommand,
  { candidacy }: Found,
): Promise<Pick<OneInterview, 'calledOff'>> => {
  const startsAt = owed ? undefined : await calledOffTime(records, candidacy.state);
  if (!startsAt) return {};
  const after = await records.find(owedInterviewAggregate, candidacy.id);
  return { calledOff: { startsAt, heldAfter: after?.state.slotId !== undefined } };
};

const afterItsStage = (
  { owed }: InterviewCommand,
  { counted }: Kept,
): Pick<OneInterview, 'owed' | 'counted'> => (owed ? { owed, ...(counted ? { counted: true } : {}) } : {});

/** The record that an interview is kept in, with its time; `at`: since when it was owed. */
type Kept = HeldRecord & { slotId?: SlotId | undefined; at?: Instant; counted?: unknown };
type Found = { place: Workplace; candidacy: Parameters<typeof ifInvited>[2] };

const invitedOf = async ({ records }: Deps, { place, candidacy }: Found): Promise<Result<Kept, Refusal>> => {
  const invited = await ifInvited(records, place.round.state, candidacy);
  return invited.ok ? ok(invited.value.state) : invited;
};

/** One that has a time, or had one and is counted; who plans it reads what is needed before. */
const owedOf = async (
  { records }: Deps,
  { place: { by }, candidacy }: Found,
): Promise<Result<Kept, Refusal>> => {
  const owed = (await records.find(owedInterviewAggregate, candidacy.id))?.state;
  if (!owed || candidacy.state.withdrawnAt) return refuse({ kind: 'not-in-stage' });
  const isPlanned = by.role === 'secretary' && owed.status === 'granted';
  return isPlanned || owed.slotId !== undefined ? ok(owed) : refuse({ kind: 'not-in-stage' });
};

const othersFor = async (
  { records }: Pick<CommandDeps, 'records'>,
  candidacy: Kept,
  { by, committee, round }: Workplace,
): Promise<Pick<OneInterview, 'others'>> => {
  if (!committee) return {};
  const cards = othersOf(countedScorecards(candidacy, committee.state), by.id);
  const { applicationId, at } = candidacy;
  const since =
    at === undefined
      ? await discussedIn(records, round.state, 'interviews')
      : await discussedOwed(records, round.state, { at });
  const owed = at === undefined ? undefined : true;
  const marks = await markedCards(records, since, { applicationId, type: 'scorecard-given', cards, owed });
  return { others: await othersCards(records, cards, marks) };
};

const notesFor = async (
  deps: Pick<CommandDeps, 'records'>,
  candidacy: HeldRecord,
  { by, own: hasGiven }: Pick<Workplace, 'by'> & Pick<InterviewLine, 'own'>,
): Promise<Pick<OneInterview, 'ownNote' | 'otherNotes'>> => {
  const others = (candidacy.notes ?? []).filter(({ raterId }) => raterId !== by.id);
  const shown = hasGiven ? others : [];
  const read = shown.map(async ({ station, text }) => {
    const words = await noteText(deps.records, text);
    return words === undefined ? [] : [{ ...(station !== undefined && { station }), text: words }];
  });
  const { note } = await ownNoteAt(deps, candidacy, { raterId: by.id });
  return { ...(note !== undefined && { ownNote: note }), otherNotes: (await Promise.all(read)).flat() };
};

/** Nothing where there is none, and once it was erased. */
const ownNoteAt = async (
  { records }: Pick<CommandDeps, 'records'>,
  candidacy: HeldRecord,
  of: Parameters<typeof ownNote>[1],
): Promise<{ note?: string }> => {
  const own = ownNote(candidacy, of);
  const note = own && (await noteText(records, own.text));
  return note === undefined ? {} : { note };
};

const othersOf = (cards: readonly Score[], memberId: PersonId): Score[] =>
  cards.filter(({ raterId }) => raterId !== memberId);

type About = {
  place: Workplace;
  line: InterviewLine;
  about: Omit<Parameters<typeof needsView>[0], 'application' | 'asked'>;
};

/** The name, and of what is needed as much as the visitor's part asks for; that it was read is noted. */
const applicantOf = async (
  { records, readLog, clock }: Pick<CommandDeps, 'records' | 'readLog' | 'clock'>,
  { place: { by: reader }, line, about }: About,
): Promise<Pick<OneInterview, 'name' | 'needs' | 'told'>> => {
  const { applicationId } = line;
  const application = await records.find(applicationAggregate, applicationId);
  if (application?.state.stage !== 'submitted') return { name: '', told: [] };
  const form = await readForm(records, application.state.form);
  const asked = await askedOf(records, about.candidacy, application.state);
  const arranges = reader.role === 'secretary';
  const told = line.sits && !arranges ? toldToHolders(accessOf(asked)) : [];
  const what = arranges || told.length > 0 ? 'name-adjustments' : 'name-only';
  await readLog.add({ reader, owner: `application#${applicationId}`, what, at: clock.now() });
  const needs = arranges && needsView({ ...about, application: application.state, asked });
  return { name: form?.fullName ?? '', told, ...(needs && { needs }) };
};
