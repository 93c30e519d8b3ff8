import { describe, expect, it } from 'vitest';
import type { Typed } from '#shared/domain/application-form.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import { typedWell } from '#test/builders/application.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { aWorld, type World } from '#test/builders/scenes.ts';
import {
  anIin,
  aScoringIn,
  aScreeningIn,
  auditor,
  candidacyOf,
  chair,
  dana,
  pointsOf,
  ratersOf,
  secretary,
  stranger,
} from '#test/builders/selection.ts';

/** For the secretary of the interview alone. */
const arranged = 'MARKERSTAIRS';

/** Planted into everything that a person types; none of it may reach who judges blindly. */
const typed: Typed = {
  fullName: 'MARKERNAME Aigul',
  latinName: 'MARKERLATIN',
  address: 'MARKERADDRESS 13',
  institution: 'MARKERPLACE University',
  speciality: 'MARKERSPECIALITY',
  employer: 'MARKEREMPLOYER school',
  position: 'MARKERPOSITION',
  languageCertificates: 'MARKERLANGUAGE B2',
  testNumber: 'MARKERTEST 7',
  achievements: [{ kind: 'own-prize', year: '2021', text: 'MARKERPRIZE of a region' }],
  motivation: 'MARKERWISH to teach in a village school. '.repeat(20),
  adjustments: `${arranged} at the door.`,
};
const historian = { ...typed, subjects: ['history'] };

const screening = async () => {
  const world = aWorld();
  const selection = await aScreeningIn(world, [typed, historian]);
  return { world, site: aCommitteeSite(world), ...named(selection) };
};

const scoring = async () => {
  const world = aWorld();
  const selection = await aScoringIn(world, [typed, typed, typed]);
  return { world, site: aCommitteeSite(world), ...named(selection) };
};

const named = ({
  roundId,
  applications,
}: {
  roundId: RoundId;
  applications: readonly { id: ApplicationId; number: string; personId: string }[];
}) => {
  const [first, second] = applications;
  if (!first || !second) throw new Error('Two applied.');
  return { roundId, applications, first, second, round: `/en/committee/rounds/${roundId}` };
};

const identity = [/MARKER/, new RegExp(anIin(0)), new RegExp(typedWell.phone.replaceAll(/\D/g, ''))];

describe('a member in a blind stage', () => {
  it('gets no name, no IIN and nothing typed from any page or operation', async () => {
    const { world, site, roundId, round, first } = await scoring();
    const [rater] = await ratersOf(world, first.id);
    const seat = await site.signIn(rater ?? dana);
    const api = `/api/rounds/${roundId}`;
    const looked = await Promise.all(
      [
        `${round}/screening`,
        `${round}/screening/${first.id}`,
        `${round}/screening/${first.id}/answers`,
        `${round}/scoring`,
        `${round}/scoring/${first.id}`,
        `${api}/candidacies`,
        `${api}/candidacies/${first.id}`,
        `${api}/candidacies/${first.id}/answers`,
        `${api}/candidacies/${first.id}/score`,
        `${api}/scoring`,
      ].map(seat.get),
    );

    expect(looked.map(({ status }) => status)).toEqual([200, 200, 403, 200, 200, 200, 200, 403, 200, 200]);
    for (const { text } of looked) {
      for (const secret of [...identity, new RegExp(first.personId)]) expect(text).not.toMatch(secret);
    }
  });

  it('who has no seat on this committee finds no round', async () => {
    const { site, round, first } = await screening();
    const seat = await site.signIn(stranger);

    expect((await seat.get(`${round}/screening`)).status).toBe(404);
    expect((await seat.post(`${round}/screening/${first.id}`, { verdict: 'admitted' })).status).toBe(404);
  });
});

describe('the pages of screening', () => {
  it('list every application with what is open about it', async () => {
    const { site, round, first, second } = await screening();
    const seat = await site.signIn(dana);

    const all = await seat.get(`${round}/screening`);
    const open = await seat.get(`${round}/screening?show=open`);

    expect(all.text).toContain(first.number);
    expect(all.text).toContain('1 rule not shown to be met');
    expect(open.text).not.toContain(first.number);
    expect(open.text).toContain(second.number);
  });

  it('explain each rule in words, in three languages', async () => {
    const { site, round, second } = await screening();
    const seat = await site.signIn(dana);
    const path = `${round}/screening/${second.id}`;

    const [en, ru, kk] = await Promise.all(
      ['/en/', '/ru/', '/kk/'].map((locale) => seat.get(path.replace('/en/', locale))),
    );

    expect(en?.text).toContain('Not met');
    expect(ru?.text).toContain('Не выполнено');
    expect(kk?.text).toContain('Орындалмады');
  });

  it('take a judgement with its reason, and give back what was typed when the reason lacks', async () => {
    const { world, site, round, second } = await screening();
    const seat = await site.signIn(dana);
    const path = `${round}/screening/${second.id}`;

    const refused = await seat.post(path, { verdict: 'refused', reason: ' ' });
    const none = await seat.post(path, { reason: 'Kept text' });
    const saved = await seat.post(path, { verdict: 'refused', reason: 'Another subject.' });

    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Write in a few words why.');
    expect(none.text).toContain('Kept text');
    expect(saved).toMatchObject({
      status: 303,
      location: `${round}/screening?show=open&done=screening.done.judged`,
    });
    expect((await candidacyOf(world, second.id)).judgement?.verdict).toBe('refused');
    expect((await seat.get(path)).text).toContain('Another subject.');
  });

  it('close an application to who declares a conflict of interest, at once and everywhere', async () => {
    const { site, roundId, round, second } = await screening();
    const seat = await site.signIn(dana);

    const declared = await seat.post(`${round}/screening/${second.id}/conflict`);

    expect(declared).toMatchObject({ status: 303, location: `${round}?done=screening.done.conflict` });
    const closed = await Promise.all([
      seat.get(`${round}/screening/${second.id}`),
      seat.get(`${round}/scoring/${second.id}`),
      seat.post(`${round}/screening/${second.id}`, { verdict: 'admitted', reason: 'x' }),
      seat.get(`/api/rounds/${roundId}/candidacies/${second.id}`),
    ]);
    expect(closed.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    const list = await seat.get(`${round}/screening`);
    expect(list.text).not.toContain(second.number);
    expect(list.text).toContain('1 application is out of your reach');
  });
});

describe('what an applicant typed', () => {
  it('is read by the secretary, and each reading is on record for the auditor, who reads it not', async () => {
    const { site, round, roundId, first } = await screening();
    const seat = await site.signIn(secretary);
    const watch = await site.signIn(auditor);

    const read = await seat.get(`${round}/screening/${first.id}/answers`);
    await seat.get(`${round}/screening/${first.id}/answers`);
    const log = await watch.get('/en/audit');

    for (const decides of ['MARKERNAME', 'MARKEREMPLOYER', 'MARKERPRIZE'])
      expect(read.text).toContain(decides);
    // Where somebody lives and what they need arranged decide nothing.
    for (const aside of ['MARKERADDRESS', arranged]) expect(read.text).not.toContain(aside);
    expect(log.text).toContain(`application#${first.id}`);
    expect(log.text).toContain(secretary.id);
    expect(log.text).toContain('the form (2 times)');
    expect((await watch.get(`${round}/screening/${first.id}/answers`)).status).toBe(403);
    const seen = await Promise.all(
      [
        `${round}/screening`,
        `${round}/screening/${first.id}`,
        `/api/rounds/${roundId}/candidacies`,
        '/api/reads',
      ].map(watch.get),
    );
    expect(seen.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    for (const { text } of seen) for (const secret of identity) expect(text).not.toMatch(secret);
  });
});

const cardOf = async (world: World, roundId: RoundId, best: boolean): Promise<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(await pointsOf(world, best, roundId)).map(([code, points]) => [
      `points.${code}`,
      `${points}`,
    ]),
  );

describe('the pages of scoring', () => {
  it('take a card, lead to the next one, and show others’ points only then', async () => {
    const { world, site, roundId, round, first } = await scoring();
    const [one, other] = await ratersOf(world, first.id);
    if (!one || !other) throw new Error('Two rate it.');
    const seat = await site.signIn(one);
    const second = await site.signIn(other);
    await second.post(`${round}/scoring/${first.id}`, await cardOf(world, roundId, false));

    const before = await seat.get(`${round}/scoring/${first.id}`);
    const saved = await seat.post(`${round}/scoring/${first.id}`, await cardOf(world, roundId, true));
    const after = await seat.get(`${round}/scoring/${first.id}`);

    expect(before.text).toContain('hidden until yours is in');
    expect(before.text).toContain('This evaluation sheet is a sample');
    expect(saved.status).toBe(303);
    expect(saved.location).toMatch(/\?done=scoring\.done\.(next|last)&saved=/);
    expect(after.text).toContain('What others gave');
    expect(after.text).not.toContain(other.id);
  });

  it('name every criterion that lacks points, and keep the others', async () => {
    const { world, site, roundId, round, first } = await scoring();
    const [one] = await ratersOf(world, first.id);
    const seat = await site.signIn(one ?? dana);
    const { 'points.education': _left, ...card } = await cardOf(world, roundId, true);

    const again = await seat.post(`${round}/scoring/${first.id}`, card);

    expect(again.status).toBe(422);
    expect(again.text).toMatch(/href="#points\.education">Level of education: Choose points/);
    expect(again.text).toMatch(/name="points\.degree"[^>]*checked/);
  });

  it('show the secretary how far everyone is, and nobody else', async () => {
    const { site, round } = await scoring();

    expect((await (await site.signIn(secretary)).get(`${round}/scoring`)).text).toContain(
      'How far everyone is',
    );
    expect((await (await site.signIn(dana)).get(`${round}/scoring`)).text).not.toContain(
      'How far everyone is',
    );
    expect((await (await site.signIn(chair)).post(`${round}/scoring`)).status).toBe(403);
  });

  it('take the same card from a program', async () => {
    const { world, site, roundId, first } = await scoring();
    const [one] = await ratersOf(world, first.id);
    const seat = await site.signIn(one ?? dana);
    const path = `/api/rounds/${roundId}/candidacies/${first.id}/score`;

    const sent = await seat.send('PUT', path, { points: await pointsOf(world, true, roundId) });

    expect(sent.status).toBe(204);
    expect(JSON.parse((await seat.get(path)).text)).toMatchObject({ own: { total: 100 }, others: [] });
  });
});
