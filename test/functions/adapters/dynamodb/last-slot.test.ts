import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { checkRecord } from '#shared/domain/audit.ts';
import { slotAggregate } from '#shared/domain/slot.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { anInterviewRoundIn, applicants, nth, slotsPlanned } from '#test/builders/interview-scenes.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { anIin } from '#test/builders/selection.ts';
import { serveApi } from '#test/builders/served-api.ts';
import { type Engine, startEngine } from '#test/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

it('the last slot, booked by a hundred people at once, is one’s, and each of the others is told', async () => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world, { people: applicants(100), iinOf: anIin });
  const slot = nth(await slotsPlanned(world, roundId, 1), 0);
  const records = dynamoRecords(engine);
  for (const commit of world.records.commits) await records.commit(commit);
  const served = await serveApi(
    Array.from({ length: 10 }, () => ({ ...world, records: dynamoRecords(engine) })),
  );
  const clients = await Promise.all(
    candidates.map(async ({ by, applicationId }, index) => {
      const locale = nth(locales, index % locales.length);
      const send = await served.applicant(by, locale);
      return { send, locale, applicationId, path: `/api/applications/${applicationId}/interview` };
    }),
  );

  const answers = await Promise.all(
    clients.map(async ({ send, path, ...who }) => ({
      ...who,
      ...(await send('PUT', path, { slot: slot.id })),
    })),
  );

  const [winner, ...twice] = answers.filter(({ status }) => status === 204);
  expect(twice).toEqual([]);
  const others = answers.filter((answer) => answer !== winner);
  expect(others).toHaveLength(99);
  for (const { status, kind, title, locale } of others) {
    const said = translator(locale)('problems.slot-taken.title');
    expect({ status, kind, title }).toEqual({ status: 409, kind: 'slot-taken', title: said });
  }
  const booked = await records.find(slotAggregate, slot.id);
  expect(booked?.state.applicationId).toBe(winner?.applicationId);
  expect(await checkRecord(records, { aggregate: 'slot', id: slot.id })).toEqual({ events: 2 });
  const pages = await Promise.all(clients.map(({ send, path }) => send('GET', path)));
  expect(pages.map(({ body }) => body['booked'] !== undefined)).toEqual(
    clients.map(({ applicationId }) => applicationId === winner?.applicationId),
  );
  expect(pages.flatMap(({ body }) => body['free'])).toEqual([]);
  await served.stop();
}, 120_000);
