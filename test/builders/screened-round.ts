import { submitApplication } from '#functions/commands/application-submission.ts';
import { releaseDecision } from '#functions/commands/letters-release.ts';
import { changed } from '#functions/commands/storing.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { GateId, type RoundId } from '#shared/domain/ids.ts';
import type { RoundEvent } from '#shared/domain/round.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { type GatedStage, stageAfter } from '#shared/domain/stage.ts';
import { type Standing, standingText } from '#shared/domain/standing.ts';
import {
  aCallIn,
  aCompleteIn,
  administrator,
  aigul,
  bolat,
  granted,
  type World,
} from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const gate = GateId.parse('GATE0000000000000000');

/** Aigul was admitted and Bolat was not; nobody has been told yet. */
export const aScreenedRoundIn = async (world: World): Promise<RoundId> => (await screenedIn(world)).roundId;

/** Both were told of that, and then the list of the next stage lets both go on: what Bolat read is contradicted. */
export const aContradictedRoundIn = async (world: World): Promise<RoundId> => {
  const { roundId, standings } = await screenedIn(world);
  granted(await releaseDecision(world, { by: administrator, roundId, about: 'screening', confirmed: 2 }));
  const everyone = standings.map((one): Standing => Object.assign(one, { outcome: 'goes-on' }));
  await decide(world, roundId, { stage: 'scoring', standings: everyone });
  return roundId;
};

const screenedIn = async (world: World): Promise<{ roundId: RoundId; standings: Standing[] }> => {
  const roundId = await aCallIn(world);
  const standings: Standing[] = [];
  for (const who of [aigul, bolat]) {
    const applicationId = await aCompleteIn(world, roundId, who);
    granted(await submitApplication(world, { by: who, applicationId }));
    const { number } = (await world.records.find(applicationAggregate, applicationId))?.state ?? {};
    if (!number) throw new Error('The application is gone.');
    const outcome = who === aigul ? 'goes-on' : 'stops';
    standings.push({ applicationId, number, outcome, reasons: [] });
  }
  world.clock.to(at('2022-10-10T04:00'));
  await decide(world, roundId, { stage: 'screening', standings });
  return { roundId, standings };
};

const decide = async (
  world: World,
  roundId: RoundId,
  { stage: from, standings }: { stage: GatedStage; standings: Standing[] },
): Promise<void> => {
  const { text, sha256 } = standingText({ roundId, stage: from, standings });
  const before = await world.records.find(roundAggregate, roundId);
  const now = world.clock.now();
  const to = stageAfter(from);
  const events: RoundEvent[] = [
    ...(from === 'screening' ? [{ type: 'call-closed', at: now } as const] : []),
    { type: 'stage-advanced', at: now, from, to, gate, decision: sha256 },
  ];
  const { change } = changed(roundAggregate, roundId, before, events);
  granted(await world.records.commit({ by: administrator, changes: [change], blobs: [{ sha256, text }] }));
};
