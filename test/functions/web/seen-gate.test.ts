import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { openGate } from '#functions/commands/gates.ts';
import { aCommitteeSite, type Seat } from '#test/builders/committee-site.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { advanceIn, aScreeningIn, dana, gateIdIn, gateIn, secretary } from '#test/builders/selection.ts';

/** Screening of a round whose committee may elect who chairs. */
const screening = async () => {
  const world = aWorld();
  const file = aRoundFile();
  const { source, confidence, verifiedOn } = file.committee;
  const absentChair = { replacedBy: 'elected' as const, source, confidence, verifiedOn };
  const elects = { ...file, committee: { ...file.committee, absentChair } };
  const { roundId } = await aScreeningIn(world, undefined, new TextEncoder().encode(JSON.stringify(elects)));
  const desk = await aCommitteeSite(world).signIn(secretary);
  return { world, roundId, desk, page: `/en/committee/rounds/${roundId}`, api: `/api/rounds/${roundId}` };
};

/** What each form of a page would post, by its address below the round. */
const formsOf = async (desk: Seat, round: string): Promise<Map<string, Record<string, string>>> =>
  new Map(
    parse((await desk.get(round)).text)
      .querySelectorAll(`form[action^="${round}/"]`)
      .map((form) => [
        (form.getAttribute('action') ?? '').slice(round.length),
        Object.fromEntries(
          form
            .querySelectorAll('input[type="hidden"]')
            .map((field) => [field.getAttribute('name') ?? '', field.getAttribute('value') ?? '']),
        ),
      ]),
  );

const eventsAt = async ({ world, roundId }: Awaited<ReturnType<typeof screening>>): Promise<string[]> =>
  (await world.records.history('gate', await gateIdIn(world, roundId))).map(({ fact }) => fact.type);

describe('what is meant for one gate', () => {
  it('is not done at the next, from a page that shows the one before', async () => {
    const scene = await screening();
    const { world, roundId, desk, page } = scene;
    const shown = await formsOf(desk, page);
    const reminding = { about: 'scores', confirmed: '4', ...shown.get('/proposal') };
    await advanceIn(world, roundId);
    const before = await eventsAt(scene);
    const absence = { ...shown.get('/chair-absence'), standIn: dana.id, absenceReason: 'Ill since Monday' };
    const answers = [
      await desk.post(`${page}/proposal`, shown.get('/proposal')),
      await desk.post(`${page}/proposal/withdrawal`, shown.get('/proposal')),
      await desk.post(`${page}/chair-absence`, absence),
      await desk.post(`${page}/chair-absence`, { ...absence, press: 'back' }),
      await desk.post(`${page}/reminders`, reminding),
    ];

    expect(Object.keys(shown.get('/proposal') ?? {})).toEqual(['gate']);
    expect(answers.map(({ status }) => status)).toEqual([409, 409, 409, 409, 409]);
    for (const { text } of answers) expect(text).toContain('It was changed in the meantime');
    // What was typed comes back.
    expect(answers[2]?.text).toContain('Ill since Monday');
    expect(await eventsAt(scene)).toEqual(before);
    const now = await formsOf(desk, page);
    expect(
      (await desk.post(`${page}/chair-absence`, { ...absence, ...now.get('/chair-absence') })).status,
    ).toBe(303);
  });

  it('is said by a program with the gate that it read, and by none that does not care', async () => {
    const { world, roundId, desk, api } = await screening();
    const gate = await gateIdIn(world, roundId);
    await advanceIn(world, roundId);
    const { gate: owing } = JSON.parse((await desk.get(`${api}/reminders`)).text);
    const absence = { standIn: dana.id, reason: 'Ill since Monday' };
    const stale = [
      await desk.send('POST', `${api}/gate/proposal?gate=${gate}`),
      await desk.send('DELETE', `${api}/gate/proposal?gate=${gate}`),
      await desk.send('POST', `${api}/gate/chair-absence`, { ...absence, gate }),
      await desk.send('DELETE', `${api}/gate/chair-absence?gate=${gate}`),
      await desk.send('POST', `${api}/reminders`, { about: 'scores', confirmed: 4, gate }),
    ];

    for (const { status, text } of stale) {
      expect([status, JSON.parse(text).type]).toEqual([409, expect.stringContaining('changed-meanwhile')]);
    }
    expect(owing).toBe(await gateIdIn(world, roundId));
    const malformed = await desk.send('POST', `${api}/gate/chair-absence`, { ...absence, gate: 'now' });
    expect(malformed.status).toBe(422);
    for (const said of [{}, { gate: owing }]) {
      expect((await desk.send('POST', `${api}/gate/chair-absence`, { ...absence, ...said })).status).toBe(
        204,
      );
    }
  });
});

describe('what was done at a gate', () => {
  it('stands in the history of the round with it', async () => {
    const { world, roundId, desk, api } = await screening();
    const gate = await gateIdIn(world, roundId);
    await desk.send('POST', `${api}/gate/chair-absence`, { standIn: dana.id, reason: 'Ill' });
    await desk.send('POST', `${api}/gate/proposal`);
    await desk.send('DELETE', `${api}/gate/proposal`);
    await desk.send('POST', `${api}/reminders`, { about: 'screening', confirmed: 4 });
    await desk.send('DELETE', `${api}/gate/chair-absence`);
    await advanceIn(world, roundId);
    const { deeds } = JSON.parse((await desk.get(`${api}/history`)).text);
    const gates = new Map<string, object>(
      deeds.map((deed: { type: string; gate?: string; attempt?: number }) => [
        deed.type,
        [deed.gate, deed.attempt],
      ]),
    );

    for (const type of ['chair-absent', 'proposal-withdrawn', 'chair-returned', 'gate-decided']) {
      expect([type, gates.get(type)]).toEqual([type, [gate, 1]]);
    }
    expect(gates.get('stage-advanced')).toEqual([gate, undefined]);
    expect(gates.get('call-opened')).toEqual([undefined, undefined]);
  });
});

describe('taking a proposal back', () => {
  it('does not take another one off the table than the page showed', async () => {
    const { world, roundId, desk, page, api } = await screening();
    await desk.post(`${page}/proposal`);
    const shown = (await formsOf(desk, page)).get('/proposal/withdrawal') ?? {};
    const proposal = (await gateIn(world, roundId))?.proposal;
    const other = 'f'.repeat(64);

    expect(shown).toEqual({ gate: await gateIdIn(world, roundId), shown: proposal });
    expect((await desk.post(`${page}/proposal/withdrawal`, { ...shown, shown: other })).status).toBe(409);
    expect((await desk.send('DELETE', `${api}/gate/proposal?proposal=${other}`)).status).toBe(409);
    expect((await gateIn(world, roundId))?.proposal).toBe(proposal);
    expect((await desk.post(`${page}/proposal/withdrawal`, shown)).status).toBe(303);
    expect((await gateIn(world, roundId))?.proposal).toBeUndefined();
    // Nothing lies there any more: a second press.
    expect((await desk.post(`${page}/proposal/withdrawal`, shown)).status).toBe(303);
  });

  it('is told of a round whose gate was issued anew', async () => {
    const { world, roundId, desk, page } = await screening();
    const shown = (await formsOf(desk, page)).get('/proposal') ?? {};
    granted(await openGate(world, { roundId, token: 'anew' }));

    // The same gate, with another token: nothing has changed for people.
    expect((await desk.post(`${page}/proposal`, shown)).status).toBe(303);
  });
});
