import { beforeEach, describe, expect, it } from 'vitest';
import { submitApplication } from '#functions/commands/applications.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { PersonId, type RoundId } from '#shared/domain/ids.ts';
import { personAggregate } from '#shared/domain/person.ts';
import { signedPaper } from '#shared/domain/signed-paper.ts';
import { ReceiptOrder } from '#shared/papers/on-demand.ts';
import type { Seat } from '#test/builders/committee-site.ts';
import { aCompleteIn, aigul, aStartIn, granted, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';
import { aDesk, colleague, contact, type DeskScene, page, personId, worker } from './desk-scene.ts';

let world: World;
let roundId: RoundId;
let site: DeskScene['site'];
let desk: Seat;
let entered: DeskScene['entered'];
let withPaper: DeskScene['withPaper'];

beforeEach(async () => {
  ({ world, roundId, site, desk, entered, withPaper } = await aDesk());
});

describe('the desk', () => {
  it('asks in which language letters come: that is chosen, whichever page the person signs in on later', async () => {
    await desk.post('/en/desk', contact);
    expect(await site.people.profiles.find(personId)).toMatchObject({ locale: 'kk', localeChosen: true });
    await desk.post(page, { ...contact, locale: 'ru' });
    expect(await site.people.profiles.find(personId)).toMatchObject({ locale: 'ru', localeChosen: true });
  });

  it('enters a person without a mailbox, and nothing of who that is into the record', async () => {
    const answer = await desk.post('/en/desk', contact);
    const list = await desk.get('/en/desk');
    const own = await desk.get(page);

    expect([answer.status, answer.location]).toEqual([303, `${page}?done=desk.done.entered`]);
    expect(list.text).toContain(contact.name);
    expect(own.text).toContain('+77010000013');
    const [event, ...others] = await world.records.history('person', personId);
    expect(others).toEqual([]);
    expect(event).toMatchObject({ by: worker, fact: { type: 'person-registered', assisted: true } });
    expect(JSON.stringify(event)).not.toContain('Айгүл');
  });

  it('enters one person however often the button is pressed', async () => {
    const answers = await Promise.all([desk.post('/en/desk', contact), desk.post('/en/desk', contact)]);

    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(await world.records.history('person', personId)).toHaveLength(1);
  });

  it.for(['kk', 'ru', 'en'])(
    'gives back what was typed beside what is wrong with it, in %s',
    async (locale) => {
      const typed = { ...contact, name: ' ', phone: '12345', address: 'көше 1 <b>' };

      const answer = await desk.post(`/${locale}/desk`, typed);

      expect(answer.status).toBe(422);
      expect(answer.text).toContain('value="12345"');
      expect(answer.text).toContain('көше 1 &lt;b&gt;');
      expect(answer.text).toContain('href="#name"');
      expect(await world.records.find(personAggregate, personId)).toBeUndefined();
    },
  );

  it('corrects a contact, which is noted without what it is', async () => {
    await desk.post('/en/desk', contact);
    const wrong = await desk.post(page, { ...contact, phone: '7' });
    const answer = await desk.post(page, { ...contact, phone: '', name: 'Сапарова Айгүл' });

    expect([wrong.status, answer.location]).toEqual([422, `${page}?done=desk.done.contact`]);
    expect((await desk.get(page)).text).not.toContain('+77010000013');
    const last = (await world.records.history('person', personId)).at(-1);
    expect(last).toMatchObject({ by: worker, fact: { type: 'contact-changed' } });
    expect(JSON.stringify(last)).not.toContain('Айгүл');
  });

  it('asks for at least one way to reach the person', async () => {
    const answer = await desk.post('/en/desk', { ...contact, phone: '', address: '' });

    expect(answer.status).toBe(422);
    expect(answer.text).toContain('otherwise no letter reaches the person');
  });

  it('fills in the applicant’s own pages, each of which says for whom', async () => {
    await desk.post('/en/desk', contact);
    const begun = await desk.post(`${page}/applications`, { round: roundId });
    const again = await desk.post(`${page}/applications`, { round: roundId });
    const list = await desk.get(begun.location);
    await desk.post(`${begun.location}/sections/motivation`, {
      basedOn: '0',
      motivation: 'Ауыл балаларына үйреткім келеді. '.repeat(10),
    });

    expect(again.location).toBe(begun.location);
    expect(list.status).toBe(200);
    expect(list.text).toContain(`You act for ${contact.name}`);
    expect(list.text).toContain(`href="${page}"`);
    const id = begun.location.split('/').at(-1) ?? '';
    const history = await world.records.history('application', id);
    expect(history.map(({ by, fact }) => [fact.type, by])).toEqual([
      ['application-started', worker],
      ['section-saved', worker],
    ]);
    expect((await world.records.find(applicationAggregate, id))?.state).toMatchObject({
      personId,
      assisted: true,
    });
    expect(await world.readLog.of(`application#${id}`)).toContainEqual(
      expect.objectContaining({ reader: worker, what: 'form' }),
    );
  });

  it('cannot submit without the paper that the applicant signed, and with it gets a receipt to hand over', async () => {
    const id = await entered();
    const address = `/ru/applications/${id}`;
    const without = await desk.post(`${address}/submit`);
    await withPaper(id);
    const submitted = await desk.post(`${address}/submit`);
    const receipt = await desk.get(`${address}/receipt.pdf`);

    expect(without.status).toBe(422);
    expect(without.text).toContain(signedPaper.title.ru);
    expect([submitted.status, submitted.location]).toEqual([303, `${address}/receipt`]);
    const { data, locale } = ReceiptOrder.parse(JSON.parse(receipt.text));
    expect([locale, data.assisted]).toEqual(['ru', true]);
    expect(data.receipt.files.map(({ requirement }) => requirement)).toContain(signedPaper.code);
    const last = (await world.records.history('application', id)).at(-1);
    expect(last).toMatchObject({ by: worker, fact: { type: 'application-submitted' } });
  });

  it('is no way round a deadline', async () => {
    const id = await entered();
    await withPaper(id);
    world.clock.to(at('2022-10-04T12:00'));
    // The session of the morning has run out by then.
    desk = await site.signIn(colleague);

    const late = await desk.post(`/en/applications/${id}/submit`);
    const fresh = await desk.post(`${page}/applications`, { round: roundId });

    expect(late.status).toBe(409);
    expect(late.text).toContain('4 October 2022 at 18:00');
    expect((await world.records.find(applicationAggregate, id))?.state.stage).toBe('draft');
    expect(fresh.location).toBe(`/en/applications/${id}`);
  });

  it('sees what colleagues entered, and nothing of anybody who applies alone', async () => {
    const id = await entered();
    const own = (await aStartIn(world, roundId, aigul)).state.id;
    const other = await site.signIn(colleague);

    expect((await other.get(`/en/applications/${id}`)).status).toBe(200);
    const strange = await Promise.all(
      ['', '/sections/identity', '/documents', '/check', '/receipt.pdf', '/result'].map((part) =>
        other.get(`/en/applications/${own}${part}`),
      ),
    );
    expect(strange.map(({ status }) => status)).toEqual(strange.map(() => 404));
    expect((await other.get(`/en/desk/people/${aigul.personId}`)).status).toBe(404);
    expect((await other.get('/en/desk')).text).not.toContain(aigul.personId);
  });

  it('does not let anybody else act: not an applicant, not another role', async () => {
    const id = await entered();
    const chair = await site.signIn({
      ...colleague,
      id: PersonId.parse('CHA1R'.padEnd(20, '0')),
      role: 'chair',
    });

    const answers = [
      await chair.get(`/en/applications/${id}`),
      await chair.get(page),
      await chair.post(page, contact),
      await chair.post('/en/desk', contact),
    ];

    expect(answers.map(({ status }) => status)).toEqual([404, 403, 403, 403]);
  });
});

describe('one IIN in two applications', () => {
  it('is shown to the desk by number, to either applicant as no more than that it is so', async () => {
    const none = await desk.get('/en/desk/same-iin');
    const alone = await aCompleteIn(world, roundId, aigul);
    granted(await submitApplication(world, { by: aigul, applicationId: alone }));
    const here = await entered();
    await withPaper(here);
    await desk.post(`/en/applications/${here}/submit`);
    const [strange, own] = await Promise.all(
      [alone, here].map((id) => world.records.find(applicationAggregate, id)),
    );

    const list = await desk.get('/en/desk/same-iin');
    const tasks = await desk.get(`/en/applications/${here}`);

    expect(none.text).toContain('No IIN stands in two applications');
    for (const found of [strange, own]) expect(list.text).toContain(found?.state.number);
    expect(list.text).toContain(`href="/en/applications/${here}/withdraw"`);
    expect(list.text).not.toContain(alone);
    expect(tasks.text).toContain('Another application in this selection has the same IIN');
    expect(tasks.text).not.toContain(strange?.state.number);

    await desk.post(`/en/applications/${here}/withdraw`, { reason: 'mistake' });
    expect((await desk.get('/en/desk/same-iin')).text).toContain('No IIN stands in two applications');
  });
});
