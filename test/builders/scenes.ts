import { rankVacancies, saveSection, startApplication } from '#functions/commands/applications.ts';
import { appoint } from '#functions/commands/committee.ts';
import type { Applicant, CommandDeps } from '#functions/commands/deps.ts';
import { announceDocument, receiveDocument } from '#functions/commands/documents.ts';
import { advanceRound } from '#functions/commands/gate-decision.ts';
import { drawUpProposal, vote } from '#functions/commands/gate-work.ts';
import { openGate } from '#functions/commands/gates.ts';
import {
  closeCall,
  importRoundFile,
  importVacancies,
  openCall,
  previewRound,
} from '#functions/commands/rounds.ts';
import { joinSlices } from '#functions/commands/slice-joining.ts';
import { changed } from '#functions/commands/storing.ts';
import type { Application } from '#shared/domain/application.ts';
import { SectionId } from '#shared/domain/application-form.ts';
import type { Versioned } from '#shared/domain/event.ts';
import {
  type ApplicationId,
  type DocumentId,
  PersonId,
  type RoundId,
  VacancyCode,
} from '#shared/domain/ids.ts';
import { Previewed } from '#shared/domain/round-call.ts';
import { type StaffEvent, staffAggregate, staffId } from '#shared/domain/staff.ts';
import { fileKey } from '#shared/ports/files.ts';
import type { Result } from '#shared/result.ts';
import { sectionsWell } from '#test/builders/application.ts';
import { memoryLogs } from '#test/builders/memory-checks.ts';
import { type MemoryFiles, memoryFiles } from '#test/builders/memory-files.ts';
import { type MemoryPapers, memoryPapers, readableDrawing } from '#test/builders/memory-papers.ts';
import { type MemoryRecords, memoryRecords } from '#test/builders/memory-records.ts';
import { roundFileBytes, vacancyBytes } from '#test/builders/round-file.ts';
import { aChance, aClock, aNudge, at } from '#test/builders/worlds.ts';

export type World = Omit<CommandDeps, 'records' | 'files' | 'papers' | 'clock' | 'nudge'> & {
  records: MemoryRecords;
  files: MemoryFiles;
  papers: MemoryPapers;
  clock: ReturnType<typeof aClock>;
  nudge: ReturnType<typeof aNudge>;
};

/** The Almaty region on a Wednesday in September 2022, with nothing stored. */
export const aWorld = (files = memoryFiles()): World => ({
  records: memoryRecords(),
  files,
  joinSlices: (order) => joinSlices({ files }, order),
  papers: memoryPapers(),
  drawPaper: readableDrawing,
  ...memoryLogs(),
  clock: aClock(at('2022-09-14T04:00')),
  chance: aChance(),
  nudge: aNudge(),
  region: 'KZ-19',
});

/** The same where a millisecond passes with every transaction, so that what happened first also has the earlier moment. */
export const aTickingWorld = (): World => {
  const world = aWorld();
  const { commit } = world.records;
  world.records.commit = async (wanted) => {
    const stored = await commit(wanted);
    world.clock.pass(0.001);
    return stored;
  };
  return world;
};

export const administrator = {
  kind: 'person',
  id: PersonId.parse('ADM1N000000000000000'),
  role: 'administrator',
} as const;
export const aigul: Applicant = { personId: PersonId.parse('A1GV1000000000000000') };
export const bolat: Applicant = { personId: PersonId.parse('B01AT000000000000000') };

/** The value of an answer that is expected to be granted. */
export const granted = <T>(answer: Result<T, { kind: string }>): T => {
  if (!answer.ok) throw new Error(`Refused: ${JSON.stringify(answer.error)}`);
  return answer.value;
};

/** A draft round of 2022 with its 438 vacancies. */
export const aDraftIn = async (world: World, file: Uint8Array = roundFileBytes): Promise<RoundId> => {
  const { id } = granted(await importRoundFile(world, { by: administrator, file })).state;
  granted(await importVacancies(world, { by: administrator, roundId: id, file: vacancyBytes }));
  return id;
};

/** What somebody who looks at a draft now is shown of it. */
export const previewedIn = async (world: Pick<World, 'records'>, roundId: RoundId): Promise<Previewed> => {
  const { round } = granted(await previewRound(world, roundId));
  return Previewed.parse({ file: round.plan.file, register: round.register?.sha256 });
};

/** The same, opened: the call closes on 4 October 2022 at 12:00 UTC. */
export const aCallIn = async (world: World, file?: Uint8Array): Promise<RoundId> => {
  const roundId = await aDraftIn(world, file);
  granted(
    await openCall(world, { by: administrator, roundId, previewed: await previewedIn(world, roundId) }),
  );
  world.clock.to(at('2022-09-20T04:00'));
  return roundId;
};

export const aStartIn = async (world: World, roundId: RoundId, by = aigul): Promise<Versioned<Application>> =>
  granted(await startApplication(world, { by, roundId }));

/** Announces a file, puts it into quarantine and lets it be looked at. */
export const uploaded = async (
  world: World,
  to: { by: Applicant; applicationId: ApplicationId },
  content = '%PDF-1.7 a diploma',
): Promise<DocumentId> => {
  const { documentId } = granted(await announceDocument(world, { ...to, requirement: 'diploma' }));
  world.files.put(fileKey('quarantine', to.applicationId, documentId), content);
  granted(await receiveDocument(world, { applicationId: to.applicationId, documentId, scanning: false }));
  return documentId;
};

/** An application that lacks nothing but the press of the last button. */
export const aCompleteIn = async (
  world: World,
  roundId: RoundId,
  by = aigul,
  iin?: string,
): Promise<ApplicationId> => {
  const applicationId = (await aStartIn(world, roundId, by)).state.id;
  for (const section of SectionId.options) {
    // Who acts for somebody at the desk is not asked the equality questions.
    if (section === 'equality' && by.assistant) continue;
    const well = sectionsWell[section];
    const typed = iin !== undefined && 'iin' in well ? { ...well, iin } : well;
    const save = { by, applicationId, section, basedOn: 0, typed };
    granted(await saveSection(world, save));
  }
  const codes = [VacancyCode.parse('MAT-003'), VacancyCode.parse('MAT-001')];
  granted(await rankVacancies(world, { by, applicationId, basedOn: [], codes }));
  await uploaded(world, { by, applicationId });
  return applicationId;
};

const person = (id: string, role: 'chair' | 'secretary' | 'member') =>
  ({ kind: 'person', id: PersonId.parse(id.padEnd(20, '0')), role }) as const;

/** Five who vote, a secretary and a substitute. */
export const committee = {
  chair: person('CHA1R', 'chair'),
  secretary: person('SECRETARY', 'secretary'),
  members: [person('M1', 'member'), person('M2', 'member'), person('M3', 'member'), person('M4', 'member')],
  substitute: person('M5', 'member'),
} as const;

export const voters = [committee.chair, ...committee.members];

/**
 * Gives the roles and the seats of a whole committee.
 * @param seated the members who get a seat; all have the role
 */
export const aCommitteeIn = async (
  world: World,
  roundId: RoundId,
  seated: readonly (typeof committee.members)[number][] = committee.members,
): Promise<void> => {
  const everyone = [committee.chair, committee.secretary, ...committee.members, committee.substitute];
  const now = world.clock.now();
  const facts: StaffEvent[] = everyone.map(({ id: personId, role }) => ({
    type: 'role-granted',
    at: now,
    personId,
    role,
  }));
  const before = await world.records.find(staffAggregate, staffId);
  const { change } = changed(staffAggregate, staffId, before, facts);
  granted(await world.records.commit({ by: { kind: 'operator' }, changes: [change] }));
  const sitting = everyone.filter(
    (one) => one.role !== 'member' || [...seated, committee.substitute].includes(one),
  );
  for (const { id: personId, role } of sitting) {
    const seat = personId === committee.substitute.id ? 'substitute' : role;
    granted(await appoint(world, { by: administrator, roundId, personId, seat }));
  }
};

/** The call has closed and the machine has come to the gate of screening. */
export const aScreeningIn = async (world: World): Promise<RoundId> => {
  const roundId = await aCallIn(world);
  await aCommitteeIn(world, roundId);
  world.clock.to(at('2022-10-04T12:00'));
  granted(await closeCall(world, roundId));
  granted(await openGate(world, { roundId, token: 'token of screening' }));
  return roundId;
};

/** Draws the proposal up, lets everyone vote for it, and advances; then the machine opens the next gate. */
export const anAdvance = async (world: World, roundId: RoundId): Promise<void> => {
  const { proposal } = granted(await drawUpProposal(world, { by: committee.secretary, roundId })).state;
  if (!proposal) throw new Error('No proposal was drawn up.');
  for (const by of voters) granted(await vote(world, { by, roundId, proposal, choice: 'for', reason: '' }));
  const { state } = granted(await advanceRound(world, { by: committee.chair, roundId, proposal }));
  if (state.stage !== 'closed') granted(await openGate(world, { roundId, token: `token of ${state.stage}` }));
};

/** So many advances, one after the other. */
export const advances = async (world: World, roundId: RoundId, count: number): Promise<void> => {
  for (let left = count; left > 0; left -= 1) await anAdvance(world, roundId);
};
