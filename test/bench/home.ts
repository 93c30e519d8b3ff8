import * as z from 'zod';
import { openRound, readCall } from '#infra/demo/call.ts';
import { syntheticApplicant } from '#infra/demo/people.ts';
import { readIntakeFile } from '#infra/demo/round-file.ts';
import { expectJson, type HttpClient, nothing } from '#infra/rehearsal/http-client.ts';
import { enrol, signIn } from '#infra/rehearsal/sign-in.ts';
import { homeProcess } from '#test/journeys/home-process.ts';
import { figureOf, heading, ratePerSecond, record } from './harness.ts';
import { storeAlone } from './store.ts';

const atOnce = 16;
const count = 480;

/** The whole one-machine home: gateway, worker, function, permissions, transaction with its flush. */
export const run = async (): Promise<void> => {
  heading(`Whole home (${atOnce} people at once, over HTTP, another process)`);
  const home = await homeProcess();
  await home.start();
  const file = await readIntakeFile();
  await home.operator.setClock(new Date(file.start).toISOString());
  const person = { mail: 'administrator@example.kz', locale: 'ru', role: 'administrator' };
  const administrator = await enrol(home.operator, home.origin, person);
  const call = await readCall(administrator.client, await openRound(administrator.client, file.text));
  const lanes: { client: HttpClient; path: string; version: number; typed: unknown }[] = [];
  for (let index = 0; index < atOnce; index += 1) {
    const applicant = syntheticApplicant(index);
    const client = await signIn(home.operator, home.origin, applicant);
    const started = { method: 'POST' } as const;
    const { id } = await expectJson(
      client,
      `/api/calls/${call.id}/applications`,
      started,
      z.object({ id: z.string() }),
    );
    const path = `/api/applications/${id}/sections/motivation`;
    lanes.push({ client, path, version: 0, typed: applicant.typed.motivation });
  }
  const rates: number[] = [];
  const alone: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    const rate = await ratePerSecond(count, atOnce, async () => {
      const lane = lanes.pop();
      if (!lane) throw new Error('More saves at once than people.');
      const json = { basedOn: lane.version, typed: lane.typed };
      lane.version += 1;
      await expectJson(lane.client, lane.path, { method: 'PUT', json }, nothing);
      lanes.push(lane);
    });
    const store = await storeAlone();
    if (round > 0) {
      rates.push(rate);
      alone.push(store);
    }
  }
  record({
    section: '5 whole home',
    what: 'a section saved by HTTP',
    unit: 'saves/s',
    ours: figureOf(rates),
    against: { what: 'the same saves by the store alone', figure: figureOf(alone) },
    goal: 'ratio at least 0.6; 2,000 submissions in ten minutes are 3.3/s',
  });
  await home.remove();
};
