import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import type { Seat } from '#test/builders/committee-site.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { granted } from '#test/builders/scenes.ts';
import { advanceIn, auditor, chair, dana, ratersOf, secretary, stranger } from '#test/builders/selection.ts';
import { scored, scoring, toldOn, tried } from './formula-scene.ts';

describe('who may see what a formula comes to', () => {
  it('is nobody who still owes a score, and a member of applications that they scored themselves', async () => {
    const { world, site, applications, scoreAll, formulas, api } = await scoring();
    const seat = await site.signIn(dana);
    const asked = await Promise.all(applications.map(({ id }) => ratersOf(world, id)));
    const own = applications.filter((_one, index) => asked[index]?.some(({ id }) => id === dana.id));

    expect(own.length).toBeGreaterThan(0);
    expect(own.length).toBeLessThan(applications.length);
    expect((await seat.get(formulas + tried('avg(score)'))).status).toBe(409);
    expect((await seat.get(`${api}/formula-values${tried('avg(score)')}`)).status).toBe(409);
    await scoreAll();
    const values = toldOn((await seat.get(formulas + tried('count(score)'))).text);
    expect(values).toEqual(own.map(({ number }) => String(number)).toSorted());
    // An auditor looks once scoring is over.
    const looker = await site.signIn(auditor);
    expect(toldOn((await looker.get(formulas + tried('count(score)'))).text)).toEqual([]);
    expect((await (await site.signIn(stranger)).get(formulas)).status).toBe(404);
  });

  it('stays so once scoring is over: totals of all, points of their own', async () => {
    const { world, site, roundId, applications, scoreAll, formulas } = await scoring();
    await scoreAll();
    await advanceIn(world, roundId);
    const [member, head, looker] = [
      await site.signIn(dana),
      await site.signIn(chair),
      await site.signIn(auditor),
    ];
    const told = async (seat: Seat, formula: string) =>
      toldOn((await seat.get(formulas + tried(formula))).text).length;

    expect(await told(member, 'total')).toBe(applications.length);
    expect(await told(member, 'count(score)')).toBeLessThan(applications.length);
    expect(await told(member, 'count(score)')).toBeGreaterThan(0);
    for (const seat of [head, looker]) expect(await told(seat, 'count(score)')).toBe(applications.length);
    // Interviewers are still to judge without having seen each other.
    for (const seat of [member, head, looker]) expect(await told(seat, 'count(card)')).toBe(0);
  });

  it('is not told of what they have a conflict with, not even in a mean', async () => {
    const { world, site, roundId, applications, formulas, api } = await scored();
    const first = nth(applications, 0);
    const seat = await site.signIn(secretary);
    granted(await declareOwnConflict(world, { by: secretary, roundId, applicationId: first.id }));
    const { text } = await seat.get(formulas + tried('avg(score)'));

    expect(text).not.toContain(first.number);
    expect(parse(text).text.replaceAll(/\s+/g, ' ')).toContain('Applications with a value5');
    // Two of five have all points.
    expect(parse(text).text.replaceAll(/\s+/g, ' ')).toContain('Mean40');
    const answer = JSON.parse((await seat.get(`${api}/formula-values${tried('avg(score)')}`)).text);
    expect(answer.values).toHaveLength(5);
  });
});

describe('programs', () => {
  it('do the same by the API, and get refused what the page is refused', async () => {
    const { site, applications, api } = await scored();
    const seat = await site.signIn(secretary);
    const saved = await seat.send('POST', `${api}/formulas`, { name: { kk: 'Жарты' }, formula: 'total/2' });
    const { id } = JSON.parse(saved.text);
    const list = JSON.parse((await seat.get(`${api}/formulas`)).text);
    const values = JSON.parse((await seat.get(`${api}/formulas/${id}/values`)).text);

    expect(saved.status).toBe(201);
    expect(list.formulas).toMatchObject([{ id, name: { kk: 'Жарты' }, formula: 'total / 2' }]);
    expect(list.names).toContainEqual({ name: 'rubric.methods', short: 'methods', values: 'raters' });
    expect(values.values).toContainEqual({ number: nth(applications, 0).number, value: 50 });
    const wrong = await seat.get(`${api}/formula-values${tried('total +')}`);
    expect(JSON.parse(wrong.text)).toMatchObject({
      type: '/problems/invalid',
      faults: [{ place: 'formula', text: expect.stringContaining('8') }],
    });
    expect((await seat.send('POST', `${api}/formulas`, { name: {}, formula: 'total' })).status).toBe(422);
    expect((await seat.send('DELETE', `${api}/formulas/${id}`)).status).toBe(204);
    expect((await seat.send('DELETE', `${api}/formulas/${id}`)).status).toBe(204);
    expect((await seat.get(`${api}/formulas/X/values`)).status).toBe(404);
  });
});
