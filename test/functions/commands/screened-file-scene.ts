import { submitApplication } from '#functions/commands/applications.ts';
import { checkDocument } from '#functions/commands/document-checking.ts';
import { announceDocument, receiveDocument, removeDocument } from '#functions/commands/documents.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { openGate } from '#functions/commands/gates.ts';
import { closeCall } from '#functions/commands/rounds.ts';
import { prepareScreening } from '#functions/commands/screening-preparation.ts';
import { workOwed } from '#functions/commands/work-owed.ts';
import type { ScanSays } from '#shared/domain/application-documents.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import { type RoundId } from '#shared/domain/ids.ts';
import { StandingList } from '#shared/domain/standing.ts';
import { fileKey } from '#shared/ports/files.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aCallIn, aCompleteIn, aigul, aWorld, granted, type World } from '#test/builders/scenes.ts';
import { chair, gateIn, members, roundIn, seatIn, secretary } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

/** A call that has closed, with an application whose only diploma waits for the scanner. */
export const held = async () => {
  const world = aWorld();
  const roundId = await aCallIn(world);
  const applicationId = await aCompleteIn(world, roundId);
  const mine = { by: aigul, applicationId };
  const begun = await world.records.find(applicationAggregate, applicationId);
  for (const { id } of begun?.state.documents ?? [])
    granted(await removeDocument(world, { ...mine, documentId: id }));
  const { documentId } = granted(await announceDocument(world, { ...mine, requirement: 'diploma' }));
  world.files.put(fileKey('quarantine', applicationId, documentId), '%PDF-1.7 a diploma');
  granted(await receiveDocument(world, { applicationId, documentId, scanning: true }));
  granted(await submitApplication(world, mine));
  world.clock.to(at('2022-10-04T12:00'));
  granted(await closeCall(world, roundId));
  await seatIn(world, roundId, [
    [chair, 'chair'],
    [secretary, 'secretary'],
    ...members.map((one) => [one, 'member'] as const),
  ]);
  const scanned = (says: ScanSays) =>
    checkDocument({ ...world, scanner: async () => says }, { applicationId, documentId });
  return { world, roundId, applicationId, mine, scanned };
};

/** The same at the open gate of screening. */
export const heldAtGate = async () => {
  const scene = await held();
  const { world, roundId } = scene;
  if ((await prepareScreening(world, roundId)) !== 'done') throw new Error('Screening is not prepared.');
  granted(await openGate(world, { roundId, token: 'screening' }));
  return scene;
};

const file = aRoundFile();

export const owed = async (world: World, roundId: RoundId) => {
  const round = await roundIn(world, roundId);
  const committee = await world.records.find(committeeAggregate, roundId);
  if (!committee) throw new Error('There is no committee.');
  return await workOwed(world, { round, committee: committee.state, file });
};

export const drawn = (world: World, roundId: RoundId) => drawUpProposal(world, { by: secretary, roundId });

export const listIn = async (world: World, roundId: RoundId): Promise<StandingList> =>
  StandingList.parse(JSON.parse(await world.records.blob((await gateIn(world, roundId))?.proposal ?? '')));

export const lettersTo = (world: World, person: string): string[] =>
  [...world.records.outbox.values()].flatMap(({ body }) =>
    body.kind === 'letter' && body.personId === person ? [body.template] : [],
  );
