import * as z from 'zod';
import type { IntakeFile } from '#infra/demo/round-file.ts';
import type { Scene } from '#infra/demo/scene.ts';
import { rehearsalValue } from '#infra/rehearsal/beacon.ts';
import { expectJson, nothing } from '#infra/rehearsal/http-client.ts';
import { settled, until } from '#infra/rehearsal/rehearsal.ts';
import { type BeaconRule, beaconDue, chains } from '#shared/domain/beacon.ts';
import { readInstant } from '#shared/domain/time.ts';

const rule: BeaconRule = {
  chain: 'rehearsal',
  hoursAfterCall: 6,
  source: 'a rehearsal; the file of 2022 names no public value',
  confidence: 'unverified',
  verifiedOn: '2026-11-26',
};

const Ties = z.looseObject({ ties: z.looseObject({}) });

/** The same file where lots wait for a value of the chain of rehearsals; as it is, once that chain has ended. */
export const withBeacon = (file: IntakeFile): IntakeFile => {
  const closesAt = readInstant(file.closesAt);
  const ends = chains.quicknet.genesis * 1000;
  if (!closesAt || Date.parse(beaconDue(rule, closesAt).at) >= ends) return file;
  const { ties, ...rest } = Ties.parse(JSON.parse(file.text));
  const text = JSON.stringify({ ...rest, ties: { ...ties, beacon: rule } }, null, 2);
  return { ...file, text, drawsFromBeacon: true };
};

const Due = z.object({ round: z.int(), dueAt: z.string() });

/** The secretary brings the value once it is out. Nobody is asked for it: the rehearsal has the key of its chain. */
export const bringValue = async (scene: Scene): Promise<void> => {
  const { company, round, act, say } = scene;
  const { client } = company.secretary;
  const path = `/api/rounds/${round}/beacon`;
  const { round: number, dueAt } = await act(() => expectJson(client, path, {}, Due));
  await until(scene, Date.parse(dueAt));
  await settled(scene);
  const json = rehearsalValue(number);
  await act(() => expectJson(client, path, { method: 'POST', json }, nothing));
  say(`The public value for the draw is there: No. ${number}, ${json.randomness}.`);
};
