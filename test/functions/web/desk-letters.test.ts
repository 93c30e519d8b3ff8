import { describe, expect, it } from 'vitest';
import { keepForDesk } from '#functions/commands/kept-letters.ts';
import { OutboxMessage } from '#shared/domain/outbox.ts';
import { aDesk, type DeskScene, page, personId, worker } from './desk-scene.ts';

/** The letter about a submission, as its row has it. */
const letterIn = (world: DeskScene['world'], id: string) => {
  const row = world.records.commits
    .flatMap(({ outbox = [] }) => outbox)
    .find((one) => one.id === `application-submitted#${id}`);
  const { body } = OutboxMessage.parse(row);
  if (body.kind !== 'letter') throw new Error('No letter was written.');
  return { id: `application-submitted#${id}`, body };
};

/** A whole application was submitted, and its letter delivered twice. */
const kept = async () => {
  const { world, desk, entered, withPaper } = await aDesk();
  const applicationId = await entered();
  await withPaper(applicationId);
  await desk.post(`/en/applications/${applicationId}/submit`);
  const { id, body } = letterIn(world, applicationId);
  await keepForDesk(world, id, body);
  await keepForDesk(world, id, body);
  return { world, desk };
};

describe('a letter to somebody without a mailbox', () => {
  it('waits once at the desk, in the language of its reader', async () => {
    const { desk } = await kept();

    const list = await desk.get('/en/desk');
    const letter = await desk.get(`${page}/letters/1`);

    expect(list.text).toContain('1 letter to hand over');
    expect(letter.text).toMatch(/KZ19-\w{4}-\w{4} өтінішіңіз қабылданды/);
    expect(letter.text).toContain('lang="kk"');
    expect(letter.text).toContain('қабылдау пункті сізбен бірге жасайды');
    expect(letter.text).not.toContain('сайтқа кіріңіз');
    expect((await desk.get(`${page}/letters/2`)).status).toBe(404);
    expect((await desk.get(`${page}/letters/${'x'.repeat(9)}`)).status).toBe(404);
  });

  it('is noted as handed over by whoever did it, once', async () => {
    const { world, desk } = await kept();
    const unsaid = await desk.post(`${page}/letters/1`, {});
    const noted = await desk.post(`${page}/letters/1`, { way: 'phone' });
    await desk.post(`${page}/letters/1`, { way: 'post' });

    expect(unsaid.status).toBe(422);
    expect(noted.location).toBe(`${page}?done=desk.done.handedOver`);
    const events = (await world.records.history('person', personId)).map(({ by, fact }) => [fact.type, by]);
    expect(events).toEqual([
      ['person-registered', worker],
      ['letter-kept', { kind: 'system', name: 'outbox' }],
      ['letter-handed-over', worker],
    ]);
    expect((await desk.get(page)).text).toContain('by phone');
    expect((await desk.get('/en/desk')).text).not.toContain('to hand over');
  });
});
