import { type ApplicationCommand, openApplication } from '#functions/commands/application-reading.ts';
import { calledOffTime } from '#functions/commands/called-off.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { engagedSlots } from '#functions/commands/engaged-slots.ts';
import { type Arranging, arrangingOf } from '#functions/commands/interview-needs.ts';
import { ifInvited, slotsIn } from '#functions/commands/interview-reading.ts';
import { type PlacedSlot, placedSlots } from '#functions/commands/interview-stations.ts';
import { owedToCome } from '#functions/commands/owed-interview-reading.ts';
import { askedOf, type PanelBook, panelBook, unfitOf } from '#functions/commands/panel-reading.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import type { Application } from '#shared/domain/application.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import type { InterviewWishes } from '#shared/domain/interview-wishes.ts';
import { type OwedInterview, owedInterviewAggregate } from '#shared/domain/owed-interview.ts';
import { type Lack, lacksIn, type Unfit } from '#shared/domain/panel.ts';
import { permit } from '#shared/domain/permission.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { slotAggregate } from '#shared/domain/slot.ts';
import type { Instant } from '#shared/domain/time.ts';
import { dayAt } from '#shared/domain/zone.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

/** What an applicant's interview page shows. */
export type InterviewView = {
  application: Application;
  round: Round;
  file: RoundFile;
  /** Whether interviews are held now, and this application is to have one. */
  invited: boolean;
  missed: boolean;
  /** Of the record that a booking is kept in: it grows with each change of the booking. */
  version: number;
  booked?: PlacedSlot;
  /** It is one that was owed, and is held after its stage: how far it is, and why its last time was cancelled. */
  owed?: OwnOwed;
  /** The committee could not keep the last booking; why is empty once it was erased. */
  calledOff?: { at: Instant; reason: string; startsAt?: Instant };
  /** What the applicant asks of the interview, as far as it is known. */
  asked: InterviewWishes;
  /** Whether they can say it anew: while they are invited, and until an interview begins that is owed. */
  mayWish: boolean;
  /** What of it a person arranges, and since when that is confirmed. */
  arranging: Arranging | undefined;
  /** In the order of time: those that have not begun, with a panel that may hear the application. */
  free: readonly PlacedSlot[];
  /** How many free times are left out because what is asked is not there, and how many lack each thing. */
  left: { times: number; lacks: ReadonlyMap<Lack, number> };
  /** What the booked time lacks of what is asked by now; once it has begun, no other one can be chosen in its place. */
  lacking: readonly Lack[];
  /** Days with times, booked ones too, as YYYY-MM-DD: those that can be asked for. */
  days: readonly string[];
};

export type OwnOwed = {
  status: 'granted' | 'planned' | 'counted';
  missed: boolean;
  cancelled?: { at: Instant; reason: string };
};

/** The own booking, and what else could be booked. */
export const viewInterview = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  command: ApplicationCommand,
): Promise<Result<InterviewView, Refusal>> => {
  const opened = await openApplication(deps, command);
  if (!opened.ok) return opened;
  const { found, file } = opened.value;
  const round = opened.value.round.state;
  const candidacy = await deps.records.find(candidacyAggregate, found.id);
  const asked = await askedOf(deps.records, candidacy?.state ?? {}, found.state);
  const arranging = candidacy && arrangingOf(candidacy.state, found.state, asked);
  const book = await panelBook(deps.records, round.id);
  const owed = await grantedOwed(deps, found.state.id);
  const held = await bookedSlot(deps, owed ? owedHolding(owed, candidacy) : candidacy?.state, {
    ...book,
    ...file,
  });
  const asking = { round, file, candidacy, asked, book, booked: held };
  return ok({
    application: found.state,
    round,
    file,
    asked,
    arranging,
    missed: candidacy?.state.missedInterview ?? false,
    version: versionOf(candidacy) + versionOf(owed),
    ...(held && { booked: held }),
    ...(owed && { owed: await ownOwed(deps, owed.state) }),
    ...(await (owed ? owingOf : invitationOf)(deps, asking)),
  });
};

const versionOf = (record: { version: number } | undefined): number => record?.version ?? 0;

const owedHolding = (
  { state }: Versioned<OwedInterview>,
  candidacy: Versioned<Candidacy> | undefined,
): Pick<Candidacy, 'slotId' | 'withdrawnAt'> => ({
  ...(state.slotId && { slotId: state.slotId }),
  ...(candidacy?.state.withdrawnAt && { withdrawnAt: candidacy.state.withdrawnAt }),
});

/** Of what waits for a second person, or was refused, the applicant is told nothing. */
const grantedOwed = async (
  { records }: Pick<CommandDeps, 'records'>,
  id: ApplicationId,
): Promise<Versioned<OwedInterview> | undefined> => {
  const owed = await records.find(owedInterviewAggregate, id);
  return owed && owed.state.status !== 'waiting' && owed.state.status !== 'refused' ? owed : undefined;
};

const ownOwed = async (
  { records }: Pick<CommandDeps, 'records'>,
  { status, missedInterview, cancelled }: OwedInterview,
): Promise<OwnOwed> => {
  const last = cancelled.at(-1);
  const off = status === 'granted' && last;
  return {
    status: status === 'planned' || status === 'counted' ? status : 'granted',
    missed: missedInterview,
    ...(off && { cancelled: { at: off.at, reason: (await reasonText(records, off.reason)) ?? '' } }),
  };
};

type Asking = Pick<InterviewView, 'round' | 'file' | 'asked'> & {
  candidacy: Versioned<Candidacy> | undefined;
  book: PanelBook;
  booked: PlacedSlot | undefined;
};

type Invitation = Pick<
  InterviewView,
  'invited' | 'mayWish' | 'free' | 'left' | 'lacking' | 'days' | 'calledOff'
>;

const uninvited = (): Invitation => ({
  invited: false,
  mayWish: false,
  free: [],
  left: leftOut([]),
  lacking: [],
  days: [],
});

/** What there is for somebody who is owed one: until it begins they can say what they need at it. */
const owingOf = async (deps: Pick<CommandDeps, 'records' | 'clock'>, asking: Asking): Promise<Invitation> => {
  const { round, file, candidacy, asked, book, booked } = asking;
  if (round.stage === 'interviews') return await invitationOf(deps, asking);
  if (!candidacy || !permit('interview.wish', 'applicant', round.stage).ok) return uninvited();
  const toCome = await owedToCome(deps, candidacy.state, file.timeZone);
  if (!toCome.ok) return uninvited();
  const lacking = booked ? lacksIn(unfitOf(book, candidacy.state, asked, file)(booked.slot)) : [];
  return { ...uninvited(), mayWish: true, lacking };
};

/** What there is for somebody who is to have an interview, while interviews are held. */
const invitationOf = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  { round, file, candidacy, asked, book, booked }: Asking,
): Promise<Invitation> => {
  if (round.stage !== 'interviews' || !candidacy) return uninvited();
  if (!(await ifInvited(deps.records, round, candidacy)).ok) return uninvited();
  const { free, days } = await openSlots(deps, round, { ...book, ...file });
  const slots = free.map(({ slot }) => slot);
  const engaged = await engagedSlots(deps, { round, file, book }, slots);
  const unfit = unfitOf({ ...book, engaged }, candidacy.state, asked, file);
  return {
    invited: true,
    mayWish: true,
    free: free.filter(({ slot }) => unfit(slot).length === 0),
    left: leftOut(free.map(({ slot }) => unfit(slot))),
    lacking: booked && booked.slot.startsAt > deps.clock.now() ? lacksIn(unfit(booked.slot)) : [],
    days,
    ...(await calledOffOf(deps, candidacy.state)),
  };
};

const leftOut = (unfit: readonly Unfit[][]): InterviewView['left'] => {
  const told = unfit.map(lacksIn).filter(({ length }) => length > 0);
  const lacks = new Map<Lack, number>();
  for (const lack of told.flat()) lacks.set(lack, (lacks.get(lack) ?? 0) + 1);
  return { times: told.length, lacks };
};

const calledOffOf = async (
  { records }: Pick<CommandDeps, 'records'>,
  candidacy: Candidacy,
): Promise<Pick<InterviewView, 'calledOff'>> => {
  const { calledOff: off } = candidacy;
  if (!off) return {};
  const startsAt = await calledOffTime(records, candidacy);
  const reason = (await reasonText(records, off.reason)) ?? '';
  return { calledOff: { at: off.at, reason, ...(startsAt && { startsAt }) } };
};

/** The slot of a candidacy, for its owner and for those who interview. */
export const bookedSlot = async (
  { records }: Pick<CommandDeps, 'records'>,
  candidacy: Pick<Candidacy, 'slotId' | 'withdrawnAt'> | undefined,
  told: Told,
): Promise<PlacedSlot | undefined> => {
  if (!candidacy?.slotId || candidacy.withdrawnAt) return undefined;
  const slot = await records.find(slotAggregate, candidacy.slotId);
  const [placed] = slot ? await placedSlots(records, [slot.state], told) : [];
  return placed;
};

/** What slots are shown with. */
type Told = Pick<PanelBook, 'panels'> & Pick<RoundFile, 'interviews'>;

type OpenSlots = { free: PlacedSlot[]; days: string[] };

const openSlots = async (
  { records, clock }: Pick<CommandDeps, 'records' | 'clock'>,
  round: Round,
  told: Told & Pick<RoundFile, 'timeZone'>,
): Promise<OpenSlots> => {
  const now = clock.now();
  const coming = (await slotsIn(records, round.id)).filter(({ startsAt }) => startsAt > now);
  const free = coming.filter(({ applicationId }) => !applicationId);
  return {
    free: await placedSlots(records, free, told),
    days: [...new Set(coming.map(({ startsAt }) => dayAt(told.timeZone, startsAt)))],
  };
};
