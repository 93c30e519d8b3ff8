import { type CandidacyCommand, candidacyPlace } from '#functions/commands/candidacies.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import type { InterviewCommand } from '#functions/commands/interview-holding.ts';
import { ifInvited } from '#functions/commands/interview-reading.ts';
import { heldStations } from '#functions/commands/interview-stations.ts';
import { owedPlace } from '#functions/commands/owed-interview-reading.ts';
import { askedOf, type PanelBook, unfitOf } from '#functions/commands/panel-reading.ts';
import { eachOf } from '#functions/commands/selection.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import type { TimetableDraft } from '#functions/commands/timetable.ts';
import { atWork, type OpenWorkplace, stands } from '#functions/commands/workplace.ts';
import { type AccessNeed, byHand } from '#shared/domain/access-need.ts';
import type { Application } from '#shared/domain/application.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { ApplicationId, Sha256 } from '#shared/domain/ids.ts';
import { accessOf, type InterviewWishes } from '#shared/domain/interview-wishes.ts';
import { type Lack, lacksIn } from '#shared/domain/panel.ts';
import { isStepsUntold } from '#shared/domain/provided.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Slot } from '#shared/domain/slot.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** What an applicant needs at the interview, for the secretary who arranges it. */
export type NeedsView = {
  needs: readonly AccessNeed[];
  other?: string;
  /** What the time that they have lacks of it; nothing once it has begun. */
  lacking: readonly Lack[];
  /** They need a way without steps, and nobody said whether that time has one. */
  stepsUntold: boolean;
  arranging: Arranging;
};

/** What a person arranges: `basis` is where it was said, which a confirmation names. */
export type Arranging = { needs: readonly AccessNeed[]; basis: Sha256 | undefined; arrangedAt?: Instant };

/** The digest of where what is needed now was said first: in wishes, or in the form. */
export const needsBasis = (
  { wishes, needsSaid }: Pick<Candidacy, 'wishes' | 'needsSaid'>,
  application: Application,
): Sha256 | undefined =>
  needsSaid ?? wishes?.digest ?? (application.stage === 'submitted' ? application.form.digest : undefined);

/** A confirmation counts as long as the same is needed, whatever else was wished since. */
export const arrangingOf = (
  candidacy: Pick<Candidacy, 'wishes' | 'needsSaid' | 'arranged'>,
  application: Application,
  asked: InterviewWishes,
): Arranging => {
  const basis = needsBasis(candidacy, application);
  const { arranged } = candidacy;
  return {
    needs: byHand(accessOf(asked)),
    basis,
    ...(arranged && arranged.basis === basis && { arrangedAt: arranged.at }),
  };
};

type Of = {
  candidacy: Candidacy;
  application: Application;
  asked: InterviewWishes;
  slot: Slot | undefined;
  book: PanelBook;
  file: Pick<RoundFile, 'interviews'>;
  now: Instant;
};

export const needsView = ({ candidacy, application, asked, slot, book, file, now }: Of): NeedsView => {
  const coming = slot && slot.startsAt > now ? slot : undefined;
  return {
    needs: accessOf(asked),
    ...(asked.other && { other: asked.other }),
    lacking: coming ? lacksIn(unfitOf(book, candidacy, asked, file)(coming)) : [],
    stepsUntold:
      coming !== undefined && asked.stepFree && isStepsUntold(coming, heldStations(book, file, coming)),
    arranging: arrangingOf(candidacy, application, asked),
  };
};

/**
 * The secretary says that what was read is arranged, or takes that back. Refused as `changed-meanwhile` where something else is needed by
 * now. A second press changes nothing.
 */
export const arrangeNeeds = (
  deps: Pick<CommandDeps, 'records' | 'clock' | 'nudge'>,
  command: InterviewCommand & { basis: Sha256; arranged: boolean },
): Promise<Result<Versioned<Candidacy>, Refusal>> =>
  decideAgain(async (): Promise<Result<Versioned<Candidacy>, Refusal | LostRace>> => {
    const found = await (command.owed ? owedNeeds : invitedNeeds)(deps, command);
    if (!found.ok) return found;
    const { place, candidacy } = found.value;
    const application = await deps.records.find(applicationAggregate, candidacy.id);
    if (!application) throw new Error(`Candidacy ${candidacy.id} is of no application.`);
    const asked = await askedOf(deps.records, candidacy.state, application.state);
    const { needs, basis, arrangedAt } = arrangingOf(candidacy.state, application.state, asked);
    if (basis !== command.basis || needs.length === 0) return refuse({ kind: 'changed-meanwhile' });
    if (command.arranged === (arrangedAt !== undefined)) return ok(candidacy);
    const at = deps.clock.now();
    const { change, after } = changed(candidacyAggregate, candidacy.id, candidacy, [
      command.arranged
        ? { type: 'interview-needs-arranged', at, basis }
        : { type: 'interview-needs-unarranged', at },
    ]);
    const stored = await store(deps, {
      by: place.by,
      changes: [change],
      requires: [
        ...stands(place),
        { aggregate: 'application', id: application.id, version: application.version },
      ],
    });
    return stored.ok ? ok(after) : stored;
  });

type Found = { place: OpenWorkplace; candidacy: Versioned<Candidacy> };
type Reads = Pick<CommandDeps, 'records' | 'clock'>;

/** Of an interview of the stage. */
const invitedNeeds = async (deps: Reads, command: CandidacyCommand): Promise<Result<Found, Refusal>> => {
  const found = await candidacyPlace(deps, command, 'interview.plan');
  if (!found.ok) return found;
  const place = atWork(found.value.place);
  if (!place.ok) return place;
  const candidacy = await ifInvited(deps.records, place.value.round.state, found.value.candidacy);
  return candidacy.ok ? ok({ place: place.value, candidacy: candidacy.value }) : candidacy;
};

/** Of one that is owed, from when it is granted until it is counted. */
const owedNeeds = async (deps: Reads, command: CandidacyCommand): Promise<Result<Found, Refusal>> => {
  const found = await owedPlace(deps, command, 'owed-interview.plan');
  if (!found.ok) return found;
  const { place, candidacy, owed } = found.value;
  const isToCome = owed?.state.status === 'granted' || owed?.state.status === 'planned';
  return isToCome && !candidacy.state.withdrawnAt
    ? ok({ place, candidacy })
    : refuse({ kind: 'not-in-stage' });
};

/** What is still open of what somebody needs: who it is, and nothing of what. */
export type OpenNeed = { toArrange: boolean; lacking: boolean; stepsUntold: boolean };

/** Undefined once their interview has begun. */
export const openNeedOf = async (
  records: Pick<CommandDeps, 'records'>['records'],
  of: Omit<Of, 'application' | 'asked'>,
): Promise<OpenNeed | undefined> => {
  const { candidacy, slot, now } = of;
  if (slot && slot.startsAt <= now) return undefined;
  const application = await records.find(applicationAggregate, candidacy.applicationId);
  if (!application) return undefined;
  const asked = await askedOf(records, candidacy, application.state);
  const { lacking, stepsUntold, arranging } = needsView({ ...of, application: application.state, asked });
  return {
    toArrange: arranging.needs.length > 0 && !arranging.arrangedAt,
    lacking: lacking.length > 0,
    stepsUntold,
  };
};

/** Whose needs nobody has confirmed to be arranged, whose time lacks what they need, and of whose nobody said whether steps are in the way. */
export type OpenNeeds = Record<keyof OpenNeed, readonly ApplicationId[]>;

/** More would only wait for each other in the client. */
const readsAtOnce = 32;

/** Of everybody in a timetable whose interview is still to come, also of those who have their time. */
export const openNeeds = async (
  { records, clock }: Pick<CommandDeps, 'records' | 'clock'>,
  { candidacies, book, slots, place }: TimetableDraft,
): Promise<OpenNeeds> => {
  const now = clock.now();
  const slotOf = new Map(slots.map(({ slot }) => [slot.id, slot]));
  const read = await eachOf([...candidacies.values()], readsAtOnce, async (candidacy) => {
    const slot = candidacy.slotId && slotOf.get(candidacy.slotId);
    const of = { candidacy, slot: slot || undefined, book, file: place.file, now };
    return { id: candidacy.applicationId, open: await openNeedOf(records, of) };
  });
  const whose = (what: keyof OpenNeed): ApplicationId[] =>
    read.filter(({ open }) => open?.[what]).map(({ id }) => id);
  return { toArrange: whose('toArrange'), lacking: whose('lacking'), stepsUntold: whose('stepsUntold') };
};
