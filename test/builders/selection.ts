import {
  rankVacancies,
  saveSection,
  startApplication,
  submitApplication,
} from '#functions/commands/applications.ts';
import type { Applicant } from '#functions/commands/deps.ts';
import { advanceRound } from '#functions/commands/gate-decision.ts';
import { drawUpProposal, vote } from '#functions/commands/gate-work.ts';
import { gateOfRound, openGate } from '#functions/commands/gates.ts';
import { roundFileOf } from '#functions/commands/pinned.ts';
import { assignRaters } from '#functions/commands/rater-drawing.ts';
import type { Contact } from '#functions/commands/reference-contact.ts';
import { nameReferee } from '#functions/commands/references.ts';
import { closeCall } from '#functions/commands/rounds.ts';
import { scoreApplication } from '#functions/commands/scoring.ts';
import { prepareScreening } from '#functions/commands/screening-preparation.ts';
import { changed } from '#functions/commands/storing.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { ApplicationIn } from '#shared/domain/application.ts';
import { SectionId, type Typed } from '#shared/domain/application-form.ts';
import { fields } from '#shared/domain/application-form-fields.ts';
import type { Candidacy } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import {
  type Committee,
  type CommitteeEvent,
  committeeAggregate,
  type SeatKind,
} from '#shared/domain/committee.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { Gate } from '#shared/domain/gate.ts';
import { type ApplicationId, type GateId, PersonId, type RoundId, VacancyCode } from '#shared/domain/ids.ts';
import { checkDigit } from '#shared/domain/iin.ts';
import type { GatedRound } from '#shared/domain/round.ts';
import { isGatedRound, roundAggregate } from '#shared/domain/round-record.ts';
import { ratedCriteria } from '#shared/domain/rubric.ts';
import { sectionsWell } from '#test/builders/application.ts';
import { aCallIn, granted, uploaded, type World } from '#test/builders/scenes.ts';
import { tellResults } from '#test/builders/told-results.ts';
import { at } from '#test/builders/worlds.ts';

const seated = (id: string, role: 'chair' | 'secretary' | 'member'): Person => ({
  kind: 'person',
  id: PersonId.parse(id.padEnd(20, '0')),
  role,
});

export const chair = seated('CHA1R', 'chair');
export const secretary = seated('SECRETARY', 'secretary');
/** Four members, who vote with the chair: five in all. */
export const members = ['MA', 'MB', 'MC', 'MD'].map((id) => seated(id, 'member'));
export const [dana, erlan] = [member(0), member(1)];
/** Sits in the region but not on the committee. */
export const stranger = seated('STRANGER', 'member');
export const auditor: Person = { ...stranger, id: PersonId.parse('A'.repeat(20)), role: 'auditor' };

function member(index: number): Person {
  const found = members[index];
  if (!found) throw new Error(`There is no member ${index}.`);
  return found;
}

/** A synthetic person's IIN: born in the 19th century, numbered. */
export const anIin = (index: number): string => {
  for (let serial = index * 10; serial < index * 10 + 10; serial += 1) {
    const eleven = `8003152${String(serial).padStart(4, '0')}`;
    const digit = checkDigit(Array.from(eleven, Number));
    if (digit !== undefined) return `${eleven}${digit}`;
  }
  throw new Error(`No IIN has the number ${index}.`);
};

export const anApplicant = (index: number): Applicant => ({
  personId: PersonId.parse(`APP${String(index).padStart(2, '0')}`.padEnd(20, '0')),
});

/** Somebody who submits in an open call; `typed` says where the form differs. */
const aSubmissionIn = async (
  world: World,
  roundId: RoundId,
  { by, typed = {}, referee }: { by: Applicant; typed?: Typed; referee?: Contact | undefined },
): Promise<ApplicationIn<'submitted'>> => {
  const { state } = granted(await startApplication(world, { by, roundId }));
  const applicationId = state.id;
  for (const section of SectionId.options) {
    const different = Object.entries(typed).filter(
      ([name]) => fields.find((field) => field.name === name)?.section === section,
    );
    const own = { ...sectionsWell[section], ...Object.fromEntries(different) };
    granted(await saveSection(world, { by, applicationId, section, basedOn: 0, typed: own }));
  }
  const codes = [VacancyCode.parse('MAT-003')];
  granted(await rankVacancies(world, { by, applicationId, basedOn: [], codes }));
  await uploaded(world, { by, applicationId }, `%PDF-1.7 ${applicationId}`);
  if (referee) granted(await nameReferee(world, { by, applicationId, slot: 1, contact: referee }));
  return granted(await submitApplication(world, { by, applicationId })).application;
};

export type Selection = {
  roundId: RoundId;
  applications: readonly ApplicationIn<'submitted'>[];
};

/** A call that has just closed, with a committee of five and as many applications as there are forms. */
export const aClosedCallIn = async (
  world: World,
  forms: readonly Typed[] = [{}, {}, {}],
  file?: Uint8Array,
  referee?: Contact,
): Promise<Selection> => {
  const roundId = await aCallIn(world, file);
  const applications: ApplicationIn<'submitted'>[] = [];
  for (const [index, typed] of forms.entries()) {
    const by = anApplicant(index);
    const one = { by, typed: { iin: anIin(index), ...typed }, referee };
    applications.push(await aSubmissionIn(world, roundId, one));
  }
  world.clock.to(at('2022-10-04T12:00'));
  granted(await closeCall(world, roundId));
  await seatIn(world, roundId, [
    [chair, 'chair'],
    [secretary, 'secretary'],
    ...members.map((one): [Person, SeatKind] => [one, 'member']),
  ]);
  return { roundId, applications };
};

/** The same at the open gate of screening. */
export const aScreeningIn = async (
  world: World,
  forms?: readonly Typed[],
  file?: Uint8Array,
  referee?: Contact,
): Promise<Selection> => {
  const selection = await aClosedCallIn(world, forms, file, referee);
  const { roundId } = selection;
  if ((await prepareScreening(world, roundId)) !== 'done') throw new Error('Screening is not prepared.');
  granted(await openGate(world, { roundId, token: 'screening' }));
  return selection;
};

/** The same at the open gate of scoring, everyone admitted and two raters asked for each. */
export const aScoringIn = async (
  world: World,
  forms?: readonly Typed[],
  file?: Uint8Array,
): Promise<Selection> => {
  const selection = await aScreeningIn(world, forms, file);
  await advanceIn(world, selection.roundId);
  return selection;
};

/** Draws up, votes and advances; then the machine does what it does before the next gate. */
export const advanceIn = async (world: World, roundId: RoundId): Promise<void> => {
  const proposal = granted(await drawUpProposal(world, { by: secretary, roundId })).state.proposal;
  if (!proposal) throw new Error('Nothing lies on the table.');
  for (const by of [chair, ...members]) {
    granted(await vote(world, { by, roundId, proposal, choice: 'for', reason: '' }));
  }
  const { state } = granted(await advanceRound(world, { by: chair, roundId, proposal }));
  if (state.stage === 'scoring') await assignRaters(world, roundId);
  if (state.stage === 'claims') await tellResults(world, { by: secretary, roundId });
  if (state.stage !== 'closed') granted(await openGate(world, { roundId, token: state.stage }));
};

/** Events of a committee, as if its own commands had decided them. */
export const committeeChangedIn = async (
  world: World,
  roundId: RoundId,
  events: readonly CommitteeEvent[],
): Promise<Versioned<Committee>> => {
  const before = await world.records.find(committeeAggregate, roundId);
  const { change, after } = changed(committeeAggregate, roundId, before, events);
  granted(await world.records.commit({ by: { kind: 'operator' }, changes: [change] }));
  return after;
};

export const seatIn = (world: World, roundId: RoundId, seats: readonly (readonly [Person, SeatKind])[]) =>
  committeeChangedIn(
    world,
    roundId,
    seats.map(([{ id: personId }, seat]) => ({
      type: 'seat-given',
      at: world.clock.now(),
      roundId,
      personId,
      seat,
    })),
  );

export const leaves = (world: World, roundId: RoundId, { id: personId }: Person) =>
  committeeChangedIn(world, roundId, [{ type: 'seat-left', at: world.clock.now(), personId }]);

export const candidacyOf = async (world: World, applicationId: ApplicationId): Promise<Candidacy> => {
  const found = await world.records.find(candidacyAggregate, applicationId);
  if (!found) throw new Error(`There is no candidacy ${applicationId}.`);
  return found.state;
};

export const roundIn = async (world: World, roundId: RoundId): Promise<GatedRound> => {
  const round = await world.records.find(roundAggregate, roundId);
  if (!round || !isGatedRound(round.state)) throw new Error('The round has no gate.');
  return round.state;
};

export const gateIn = async (world: World, roundId: RoundId): Promise<Gate | undefined> =>
  (await gateOfRound(world.records, await roundIn(world, roundId)))?.state;

/** The gate that is open, as a page of it names it. */
export const gateIdIn = async (world: World, roundId: RoundId): Promise<GateId> => {
  const gate = await gateIn(world, roundId);
  if (!gate) throw new Error('No gate stands.');
  return gate.id;
};

/** The best, or the worst, of every scale of the rubric. */
export const pointsOf = async (
  world: World,
  best: boolean,
  roundId: RoundId,
): Promise<Record<string, number>> => {
  const { rubric } = await roundFileOf(world.records, (await roundIn(world, roundId)).plan);
  return Object.fromEntries(
    ratedCriteria(rubric.criteria).map(({ code, scale }) => {
      const values = scale.map(({ points }) => points);
      return [code, best ? Math.max(...values) : Math.min(...values)];
    }),
  );
};

/** The raters of an application as people who act. */
export const ratersOf = async (world: World, applicationId: ApplicationId): Promise<Person[]> => {
  const { raters } = await candidacyOf(world, applicationId);
  return raters.map((id) => [chair, ...members].find((one) => one.id === id) ?? dana);
};

/** One rater scores one application, with the best points of the rubric or the worst. */
export const score = async (
  { world, roundId }: { world: World; roundId: RoundId },
  by: Person,
  applicationId: ApplicationId,
  best = true,
) => scoreApplication(world, { by, roundId, applicationId, points: await pointsOf(world, best, roundId) });
