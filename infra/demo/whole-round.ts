import { bringValue } from '#infra/demo/beacon.ts';
import { applyAll, openRound, type Person, readCall } from '#infra/demo/call.ts';
import { ruleOnFound, tellOfThemselves } from '#infra/demo/checks.ts';
import { publish } from '#infra/demo/claims.ts';
import { appoint, invite } from '#infra/demo/company.ts';
import { interview } from '#infra/demo/interviews.ts';
import { offerPosts } from '#infra/demo/offers.ts';
import { onboard } from '#infra/demo/onboarding.ts';
import { practise } from '#infra/demo/practice.ts';
import { referencesIn } from '#infra/demo/references.ts';
import type { IntakeFile } from '#infra/demo/round-file.ts';
import type { Scene } from '#infra/demo/scene.ts';
import { score } from '#infra/demo/scoring.ts';
import { screen } from '#infra/demo/screening.ts';
import { type Rehearsal, settled } from '#infra/rehearsal/rehearsal.ts';

export type Playing = {
  file: IntakeFile;
  people: readonly Person[];
  say: (line: string) => void;
  /** Called for each who has applied. */
  applied: () => void;
};

/** Plays a round from the drafted file to its end, over HTTP only. */
export const playRound = async (
  rehearsal: Rehearsal,
  { file, people, say, applied }: Playing,
): Promise<Scene> => {
  const company = await invite(rehearsal, file.intake);
  say('An administrator, a committee of five with its secretary, and a school have made their passkeys.');
  const { client } = company.administrator;
  const round = await rehearsal.act(() => openRound(client, file.text));
  await appoint(rehearsal, company, round);
  if (file.isChecked) await tellOfThemselves(rehearsal, company, people);
  const call = await rehearsal.act(() => readCall(client, round));
  say(`The call is open: ${call.vacancies.length} vacancies, until ${file.closesAt}.`);
  const { start, closesAt } = file;
  const applicants = await applyAll(rehearsal, { call, people, start, closesAt, applied });
  if (call.asksReferences) {
    const { named, given, declined } = await referencesIn(rehearsal, applicants);
    say(`References: ${named} people were named, ${given} wrote one, ${declined} declined.`);
  }
  const scene: Scene = { ...rehearsal, round, company, applicants, say, isChecked: file.isChecked ?? false };
  await settled(scene);
  if (scene.isChecked) await ruleOnFound(scene);
  if (scene.isChecked) await practise(scene);
  const admitted = await screen(scene);
  if (file.drawsFromBeacon) await bringValue(scene);
  await interview(scene, await score(scene, admitted));
  await publish(scene);
  await offerPosts(scene);
  await onboard(scene);
  await settled(scene);
  return scene;
};
