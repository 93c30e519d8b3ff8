import { afterAll, describe, expect, it } from 'vitest';
import { dynamoRecords } from '#functions/adapters/dynamodb/records.ts';
import { makeNextOffers } from '#functions/commands/offer-making.ts';
import { checkRecord } from '#shared/domain/audit.ts';
import type { Offer } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { seatsAggregate, seatsId } from '#shared/domain/seats.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { offerTo } from '#test/builders/offer-answers.ts';
import { vacancyCode } from '#test/builders/offered.ts';
import { aVacancy, releasedIn } from '#test/builders/offers.ts';
import { administrator, aWorld } from '#test/builders/scenes.ts';
import { serveApi } from '#test/builders/served-api.ts';
import { type Engine, startEngine } from '#test/engine.ts';

const engines: Engine[] = [];
afterAll(() => Promise.all(engines.map((engine) => engine.stop())));

const second = { ...administrator, id: PersonId.parse('ADM1N000000000000002') };

/** A hundred who want the one post there is, each signed in at one of ten processes; the first was asked. */
const aHundred = async () => {
  const engine = await startEngine();
  engines.push(engine);
  const world = aWorld();
  const hundred = Array.from({ length: 100 }, () => ({ choices: ['MAT-001'] }));
  const scene = await releasedIn(world, hundred, [aVacancy('MAT-001')]);
  const records = dynamoRecords(engine);
  for (const commit of world.records.commits) await records.commit(commit);
  const process = () => ({ ...world, records: dynamoRecords(engine) });
  const served = await serveApi(Array.from({ length: 10 }, process));
  const people = await Promise.all(
    scene.people.map(async (person, index) => {
      const locale = nth(locales, index % locales.length);
      const path = `/api/applications/${person.applicationId}`;
      return { ...person, locale, path, send: await served.applicant(person, locale) };
    }),
  );
  const { offerId } = await offerTo(world, scene, 0);
  const workflow = { roundId: scene.roundId, by: { kind: 'system', name: 'workflow' } as const };
  const candidacies = async () => {
    const ids = scene.people.map(({ applicationId }) => applicationId);
    const found = await Promise.all(ids.map((id) => records.find(candidacyAggregate, id)));
    return found.map((one) => {
      if (!one) throw new Error('A candidacy is gone.');
      return one.state;
    });
  };
  const seats = async () =>
    await records.find(seatsAggregate, seatsId(scene.roundId, vacancyCode('MAT-001')));
  return {
    ...scene,
    served,
    people,
    records,
    seats,
    offer: offerId,
    askNext: () => makeNextOffers(process(), workflow),
    offers: async (): Promise<Offer[][]> => (await candidacies()).map(({ offers }) => offers),
    withdrawn: async () => (await candidacies()).map(({ withdrawnAt }) => withdrawnAt !== undefined),
  };
};

const answerOf = { reason: 'terms' };

/** A machine that loses too often is started again. */
const gaveUp = (error: unknown): number => {
  expect(String(error)).toContain('could not be made: changed-meanwhile');
  return 0;
};

describe('the last seat', () => {
  it('which a hundred people answer for at once is answered for once, by whom it was offered to', async () => {
    const { people, served, offer, seats, offers, records } = await aHundred();
    const [owner, ...others] = people;
    if (!owner) throw new Error('Nobody was asked.');
    const tab = await served.applicant(owner, owner.locale);
    const answered = (path: string, how: string) => `${path}/offers/${offer}/${how}`;

    const [told, ...strangers] = await Promise.all([
      Promise.all([
        owner.send('POST', answered(owner.path, 'acceptance')),
        tab('POST', answered(owner.path, 'refusal'), answerOf),
      ]),
      ...others.map(async ({ send, path, locale }, index) => {
        // Half of them try the address that the letter to the owner has.
        const answer = await send('POST', answered(index % 2 === 0 ? path : owner.path, 'acceptance'));
        return Object.assign(answer, { locale });
      }),
    ]);

    expect(new Set(told.map(({ status }) => status))).toEqual(new Set([200, 409]));
    expect(told.find(({ status }) => status === 409)?.kind).toBe('offer-ended');
    expect(strangers).toHaveLength(99);
    for (const { status, kind, title, locale } of strangers) {
      const said = translator(locale)('problems.not-found.title');
      expect({ status, kind, title }).toEqual({ status: 404, kind: 'not-found', title: said });
    }
    const [own, ...rest] = await offers();
    const accepted = told[0].status === 200;
    expect(own?.map(({ status }) => status)).toEqual([accepted ? 'accepted' : 'declined']);
    expect(rest.flat()).toEqual([]);
    expect((await seats())?.state.taken).toHaveLength(accepted ? 1 : 0);
    expect(await checkRecord(records, { aggregate: 'vacancy', id: (await seats())?.id ?? '' })).toEqual({
      events: (await seats())?.version,
    });
    await served.stop();
  }, 120_000);

  it('that is free while people withdraw and it is to be given up is one’s who waits, or nobody’s', async () => {
    const { roundId, people, served, offer, askNext, seats, offers, withdrawn } = await aHundred();
    const [owner, ...waiting] = people;
    if (!owner) throw new Error('Nobody was asked.');
    const declined = await owner.send('POST', `${owner.path}/offers/${offer}/refusal`, answerOf);
    expect(declined.status).toBe(200);
    const [first, other] = [await served.staff(administrator), await served.staff(second)];
    const capacities = `/api/rounds/${roundId}/capacities`;
    const change = { vacancy: 'MAT-001', posts: 0, reason: 'Мектеп жабылады' };
    expect((await first('POST', capacities, change)).status).toBe(204);
    const leaving = waiting.slice(0, 49);

    const [given, left] = await Promise.all([
      other('POST', `${capacities}/1/confirmation`, { confirmed: 0 }),
      Promise.all(leaving.map(({ send, path }) => send('POST', `${path}/withdrawal`, {}))),
      ...Array.from({ length: 10 }, () => askNext().catch(gaveUp)),
    ]);
    // Whatever the machines gave up for another's sake, the sweep does.
    while ((await askNext()) > 0);

    // Whoever leaves is never asked to come again because others leave too.
    expect(left.map(({ status, kind }) => [status, kind])).toEqual(left.map(() => [200, '']));
    const gone = await withdrawn();
    expect(gone.map((isGone, who) => isGone === (who > 0 && who <= leaving.length))).toEqual(
      gone.map(() => true),
    );
    const open = (await offers()).flatMap((all, who) =>
      all.some(({ status }) => status === 'open') ? [who] : [],
    );
    if (given.status === 204) expect(open).toEqual([]);
    else {
      expect(given.status).toBe(409);
      expect(['seats-taken', 'recipients-differ', 'changed-meanwhile']).toContain(given.kind);
      const best = gone.findIndex((isGone, who) => who > 0 && !isGone);
      expect(open).toEqual([best]);
    }
    expect((await seats())?.state.taken).toHaveLength(open.length);
    await served.stop();
  }, 300_000);
});
