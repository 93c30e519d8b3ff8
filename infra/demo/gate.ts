import * as z from 'zod';
import { judges } from '#infra/demo/company.ts';
import { type Scene, stageOf } from '#infra/demo/scene.ts';
import { expectJson, nothing } from '#infra/rehearsal/http-client.ts';
import { settled } from '#infra/rehearsal/rehearsal.ts';
import type { GatedStage } from '#shared/domain/stage.ts';
import { StandingList } from '#shared/domain/standing.ts';

const Gate = z.object({
  stage: z.string(),
  status: z.string().optional(),
  proposal: z.string().optional(),
  list: StandingList.optional(),
});
const Drawn = z.object({ proposal: z.string() });

/**
 * The committee decides: the secretary puts the proposal on the table, everybody votes, one of them against it and says why, and
 * the chair advances the round.
 * @returns what was decided
 */
export const decideAtGate = async (scene: Scene, stage: GatedStage): Promise<StandingList> => {
  await settled(scene);
  let decided: StandingList | undefined;
  await scene.act(async () => {
    // An earlier try may have been cut off between the decision and its answer.
    if ((await stageOf(scene)) !== stage) return;
    const { proposal, list } = await voted(scene);
    decided = list;
    const { chair, path } = tableOf(scene);
    await expectJson(chair.client, `${path}/decision`, { method: 'POST', json: { proposal } }, nothing);
  });
  if (!decided) throw new Error(`Nothing was decided at the gate of ${stage}.`);
  await settled(scene);
  return decided;
};

const tableOf = ({ round, company }: Scene) => ({ ...company, path: `/api/rounds/${round}/gate` });

/** The proposal that lies on the table, once everybody has voted. */
const voted = async (scene: Scene): Promise<{ proposal: string; list: StandingList | undefined }> => {
  const { secretary, path } = tableOf(scene);
  const before = await expectJson(secretary.client, path, {}, Gate);
  const { proposal } = before.proposal
    ? Drawn.parse(before)
    : await expectJson(secretary.client, `${path}/proposal`, { method: 'POST' }, Drawn);
  await Promise.all(
    judges(scene.company).map(({ client }, index) => {
      const json = { proposal, ...ballots[index % ballots.length] };
      return expectJson(client, `${path}/votes`, { method: 'POST', json }, nothing);
    }),
  );
  const { list } = await expectJson(secretary.client, path, {}, Gate);
  return { proposal, list };
};

/** One in five is against. */
const ballots = [
  { choice: 'for', reason: '' },
  { choice: 'for', reason: '' },
  { choice: 'against', reason: 'Бір адамның құжаттарын тағы бір рет қарау керек еді.' },
  { choice: 'for', reason: '' },
  { choice: 'for', reason: '' },
] as const;

/** What looks wrong in a release. */
export const Alarms = z.array(z.object({ id: z.string() }));

/** The same looked at: a synthetic round has what it has, and is told. */
export const lookedAt = (alarms: z.infer<typeof Alarms>) => ({
  acknowledged: { alarms: alarms.map(({ id }) => id), reason: 'Шешімдермен салыстырылды, бәрі дұрыс.' },
});

const Batches = z.object({
  batches: z.array(
    z.object({
      about: z.string(),
      recipients: z.int(),
      toldAt: z.string().optional(),
      alarms: Alarms,
    }),
  ),
});

/** The secretary looks at how many letters a decision calls for, and lets them go out. */
export const tell = async (scene: Scene, about: GatedStage): Promise<number> => {
  const { secretary } = scene.company;
  const path = `/api/rounds/${scene.round}/letters`;
  const recipients = await scene.act(async () => {
    const { batches } = await expectJson(secretary.client, path, {}, Batches);
    const batch = batches.find((one) => one.about === about);
    if (!batch) throw new Error(`Nothing was decided about ${about}.`);
    const json = { about, confirmed: batch.recipients, ...lookedAt(batch.alarms) };
    if (!batch.toldAt) await expectJson(secretary.client, path, { method: 'POST', json }, nothing);
    return batch.recipients;
  });
  await settled(scene);
  return recipients;
};
