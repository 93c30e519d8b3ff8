import { submitApplication } from '#functions/commands/applications.ts';
import type { Applicant } from '#functions/commands/deps.ts';
import { openGate } from '#functions/commands/gates.ts';
import { planSlots } from '#functions/commands/interview-slots.ts';
import { closeCall } from '#functions/commands/rounds.ts';
import { changed } from '#functions/commands/storing.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { Application } from '#shared/domain/application.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { committeeAggregate, type SeatKind } from '#shared/domain/committee.ts';
import type { Actor } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { type ApplicationId, GateId, PersonId, type RoundId } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { Slot } from '#shared/domain/slot.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import { type Standing, standingText } from '#shared/domain/standing.ts';
import { asUpload } from '#test/builders/round-file.ts';
import { aCallIn, aCompleteIn, granted, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const seated = (id: string, role: SeatKind & Person['role']): Person => ({
  kind: 'person',
  id: PersonId.parse(id.padEnd(20, '0')),
  role,
});

/** Who sits on the committee of every interview scene: five vote. */
export const chair = seated('CHA1R', 'chair');
export const secretary = seated('SECRETARY', 'secretary');
export const members = ['M1', 'M2', 'M3', 'M4'].map((id) => seated(id, 'member'));

const system: Actor = { kind: 'system', name: 'workflow' };

export type Candidate = { by: Applicant; applicationId: ApplicationId; application: Application };

export type InterviewScene = { roundId: RoundId; candidates: readonly Candidate[] };

/** One of a list that a scene made, which has it. */
export const nth = <T>(list: readonly T[], index: number): T => {
  const one = list[index];
  if (one === undefined) throw new Error(`There is no number ${index}.`);
  return one;
};

/** The names of a scene's applicants, as many as wanted. */
export const applicants = (count: number): Applicant[] =>
  Array.from({ length: count }, (_, index) => ({
    personId: PersonId.parse(`APP${String(index).padStart(3, '0')}`.padEnd(20, '0')),
  }));

/**
 * A round at the open gate of its interviews, on 20 October 2022: scoring let everyone through but the last `stopped`, and
 * gave 80 percent to the first, 79 to the second and so on.
 */
export const anInterviewRoundIn = async (
  world: World,
  {
    people = applicants(2),
    stopped = 0,
    file,
    iinOf = () => undefined,
  }: {
    people?: Applicant[];
    stopped?: number;
    file?: RoundFile;
    /** Everybody has one and the same where nothing is said. */
    iinOf?: (index: number) => string | undefined;
  } = {},
): Promise<InterviewScene> => {
  const roundId = await aCallIn(world, file && asUpload(file));
  const candidates: Candidate[] = [];
  for (const [index, by] of people.entries()) {
    const applicationId = await aCompleteIn(world, roundId, by, iinOf(index));
    const { application } = granted(await submitApplication(world, { by, applicationId }));
    candidates.push({ by, applicationId, application });
  }
  world.clock.to(at('2022-10-04T12:00'));
  granted(await closeCall(world, roundId));
  await seatEveryone(world, roundId);
  await openCandidacies(world, roundId, candidates);
  world.clock.to(at('2022-10-20T03:00'));
  const standings = candidates.map(({ applicationId, application: { number } }, index): Standing => {
    const stops = index >= candidates.length - stopped;
    const scoring = 80 - index;
    return stops
      ? { applicationId, number, outcome: 'stops', reasons: ['below-minimum'], scoring, rank: index + 1 }
      : { applicationId, number, outcome: 'goes-on', reasons: [], scoring, rank: index + 1 };
  });
  await advanceTo(world, roundId, { from: 'screening', to: 'scoring', standings });
  await advanceTo(world, roundId, { from: 'scoring', to: 'interviews', standings });
  granted(await openGate(world, { roundId, token: 'interviews' }));
  return { roundId, candidates };
};

/** Two hours of slots on the morning of 24 October 2022, in Almaty. */
export const slotsPlanned = async (world: World, roundId: RoundId, count = 4): Promise<readonly Slot[]> =>
  granted(
    await planSlots(world, {
      by: secretary,
      roundId,
      from: at('2022-10-24T04:00'),
      count,
      place: 'Талдықорған, кабинет 12',
    }),
  );

/** A decision, as the chair's advance would store it. */
export const advanceTo = async (
  world: World,
  roundId: RoundId,
  step: { from: GatedStage; to: GatedStage; standings: Standing[]; untold?: true },
): Promise<void> => {
  const round = await world.records.find(roundAggregate, roundId);
  const { from, to, standings } = step;
  const blob = standingText({ roundId, stage: from, drawSeed: sha256Of('seed'), standings });
  const gate = GateId.parse('GATE0000000000000000');
  const claimsCloseAt = to === 'claims' ? { claimsCloseAt: at('2022-11-07T13:00') } : {};
  const now = world.clock.now();
  const recipients = standings.length;
  const told = {
    type: 'letters-released',
    at: now,
    about: 'preliminary',
    recipients,
    ...claimsCloseAt,
  } as const;
  const { change } = changed(roundAggregate, roundId, round, [
    { type: 'stage-advanced', at: now, from, to, gate, decision: blob.sha256, ...claimsCloseAt },
    ...(to === 'claims' && !step.untold ? [told] : []),
  ]);
  granted(await world.records.commit({ by: system, changes: [change], blobs: [blob] }));
};

const seatEveryone = async (world: World, roundId: RoundId): Promise<void> => {
  const now = world.clock.now();
  const seats = [chair, secretary, ...members].map(({ id: personId, role }) => ({
    type: 'seat-given' as const,
    at: now,
    roundId,
    personId,
    seat: role === 'chair' || role === 'secretary' ? role : ('member' as const),
  }));
  const { change } = changed(committeeAggregate, roundId, undefined, seats);
  granted(await world.records.commit({ by: system, changes: [change] }));
};

const openCandidacies = async (
  world: World,
  roundId: RoundId,
  candidates: readonly Candidate[],
): Promise<void> => {
  for (const { applicationId, application } of candidates) {
    const { number, choices } = application;
    const { change } = changed(candidacyAggregate, applicationId, undefined, [
      {
        type: 'candidacy-opened',
        at: world.clock.now(),
        applicationId,
        roundId,
        number,
        facts: {
          education: 'bachelor',
          category: 'expert',
          experienceYears: 7,
          subjects: ['mathematics'],
          languages: ['kk', 'ru'],
          choices,
        },
        screened: { rules: [], missing: [], sameIin: [], proposal: 'admitted' },
      },
    ]);
    granted(await world.records.commit({ by: system, changes: [change] }));
  }
};

/** The same points at every criterion of the interviews. */
export const allPoints = (points: number): Record<string, number> => ({
  'subject-teaching': points,
  pupils: points,
  'sample-lesson': points,
  'rural-plans': points,
});
