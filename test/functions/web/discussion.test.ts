import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { locales, translator } from '#shared/i18n/index.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { aScreeningIn, chair, dana, erlan, members, secretary } from '#test/builders/selection.ts';
import { aSelectionSite } from './selection-site.ts';

/** Screening of three applications, the first of them closed to Dana. */
const aTable = async () => {
  const world = aWorld();
  const { roundId, applications } = await aScreeningIn(world, [{}, {}, {}]);
  const applicationId = nth(applications, 0).id;
  await inConflictWith(world, roundId, applicationId, [dana.id]);
  const site = aSelectionSite(world);
  const [desk, closed, member] = [
    await site.staff(secretary),
    await site.staff(dana),
    await site.staff(erlan),
  ];
  const numbers = applications.map(({ number }) => number);
  const page = `/en/committee/rounds/${roundId}/discussion`;
  const here = [chair, secretary, ...members].map(({ id }): [string, string] => ['present', id]);
  const open = () => desk.post(page, [['numbers', numbers.join('\n')], ...here]);
  /** Presses a button of the page as a browser without scripts does. */
  const press = async (value: string) => {
    const form = parse((await desk.get(page)).text).querySelector(`form[action$="/steps"]`);
    const hidden = form?.querySelectorAll('input[type=hidden]') ?? [];
    const button = form?.querySelector(`button[value="${value}"]`);
    if (!form || !button) throw new Error(`There is no button ${value}.`);
    const fields = hidden.map((input): [string, string] => [
      input.getAttribute('name') ?? '',
      input.getAttribute('value') ?? '',
    ]);
    return await desk.post(form.getAttribute('action') ?? '', [...fields, ['move', value]]);
  };
  return { world, roundId, desk, closed, member, numbers, page, open, press, here };
};

/** What a page says, its spaces as one. */
const said = (text: string): string =>
  parse(
    (parse(text).querySelector('#discussion')?.outerHTML ?? '').replaceAll('<', ' <'),
  ).textContent.replaceAll(/[\s\u00A0]+/gu, ' ');

describe('the page of a discussion', () => {
  it('leads a meeting from the first application to the end, without scripts', async () => {
    const { world, desk, page, open, press, numbers } = await aTable();
    expect(await open()).toMatchObject({ status: 303, location: `${page}?done=discussion.done.opened` });
    expect(await press('next')).toMatchObject({ status: 303, location: page });
    world.clock.pass(125);
    expect(said((await desk.get(page)).text)).toContain('(2 minutes)');
    await press('next');
    await press('back');
    await press('pause');
    await press('resume');
    await press('next');
    await press('next');
    const { text } = await desk.get(page);
    // The one with which somebody has a conflict comes last.
    expect(said(text)).toContain(`Now: 3 of 3, ${numbers[0]}`);
    expect(said(text)).toContain('This is the last one.');
    expect(await press('close')).toMatchObject({
      status: 303,
      location: `${page}?done=discussion.done.closed`,
    });
    expect((await desk.get(page)).text).toContain('name="numbers"');
  });

  it('shows a member in conflict the place, what to do and nothing else', async () => {
    const { closed, page, open, press, numbers } = await aTable();
    await open();
    await press('next');
    await press('next');
    const before = await closed.get(page);
    expect(said(before.text)).toContain('You leave the room for place 3.');
    await press('next');
    const { status, text } = await closed.get(page);

    expect(status).toBe(200);
    expect(said(text)).toContain('Now: 3 of 3 You are out of the room for this');
    expect(text).not.toContain(numbers[0]);
    expect(text).not.toContain('name="move"');
  });

  it.for(locales)('notes who comes late by one press, and says so to everybody, in %s', async (locale) => {
    const { world, desk, member, roundId, numbers, here } = await aTable();
    const t = translator(locale);
    const page = `/${locale}/committee/rounds/${roundId}/discussion`;
    const came = here.filter(([, id]) => id !== dana.id);
    await desk.post(page, [['numbers', numbers.join('\n')], ...came]);
    await desk.post(`${page}/steps`, { move: 'next', next: '1', seen: '1' });
    world.clock.pass(600);
    const { text: before } = await desk.get(page);
    const button = parse(before).querySelector(`button[name="person"][value="${dana.id}"]`);
    const form = button?.closest('form');
    const hidden = form?.querySelectorAll('input[type=hidden]') ?? [];
    const fields = hidden.map((input): [string, string] => [
      input.getAttribute('name') ?? '',
      input.getAttribute('value') ?? '',
    ]);
    expect(said(before)).toContain(t('discussion.absent'));
    const press = () => desk.post(form?.getAttribute('action') ?? '', [...fields, ['person', dana.id]]);
    expect([(await press()).status, (await press()).status]).toEqual([303, 303]);

    for (const seat of [desk, member]) {
      const after = said((await seat.get(page)).text);
      expect(after).not.toContain(t('discussion.absent'));
      expect(after).toContain(t('discussion.late'));
      expect(after).toContain(t('discussion.late.missed', { places: '1' }).replaceAll(/\s/gu, ' '));
    }
    expect((await member.get(page)).text).not.toContain('name="person"');
    const { text: history } = await desk.get(`/${locale}/manage/rounds/${roundId}/history`);
    expect(history).toContain(t('watch.event.member-arrived'));
  });

  it.for(locales)(
    'notes who leaves, and takes a note back with a trace, without scripts, in %s',
    async (locale) => {
      const { world, desk, member, roundId, numbers, here } = await aTable();
      const t = translator(locale);
      const page = `/${locale}/committee/rounds/${roundId}/discussion`;
      await desk.post(page, [['numbers', numbers.join('\n')], ...here]);
      await desk.post(`${page}/steps`, { move: 'next', next: '1', seen: '1' });
      world.clock.pass(600);
      const pressOf = async (move: string) => {
        const forms = parse((await desk.get(page)).text).querySelectorAll('form[action$="/steps"]');
        const form = forms.find((one) => one.querySelector(`input[name="person"][value="${erlan.id}"]`));
        const button = form?.querySelector(`button[value="${move}"]`);
        if (!form || !button) throw new Error(`There is no button ${move}.`);
        const fields = form
          .querySelectorAll('input[type=hidden]')
          .map((input): [string, string] => [
            input.getAttribute('name') ?? '',
            input.getAttribute('value') ?? '',
          ]);
        return () => desk.post(form.getAttribute('action') ?? '', [...fields, ['move', move]]);
      };
      const leave = await pressOf('leave');
      expect([(await leave()).status, (await leave()).status]).toEqual([303, 303]);
      for (const seat of [desk, member]) {
        const left = said((await seat.get(page)).text);
        expect(left).toContain(t('discussion.left'));
        expect(left).toContain(t('discussion.left.missed', { places: '1' }).replaceAll(/\s/gu, ' '));
      }
      world.clock.pass(60);
      const undo = await pressOf('undo');
      expect([(await undo()).status, (await undo()).status]).toEqual([303, 303]);

      const after = said((await member.get(page)).text);
      expect(after).not.toContain(t('discussion.left'));
      expect(after).toContain(t('discussion.undone'));
      expect((await member.get(page)).text).not.toContain(t('discussion.notes'));
      const { text: history } = await desk.get(`/${locale}/manage/rounds/${roundId}/history`);
      expect(history).toContain(t('watch.event.member-left'));
      expect(history).toContain(t('watch.event.attendance-undone'));
    },
  );

  it('says as soon as too few are left for a quorum', async () => {
    const { desk, page, numbers } = await aTable();
    const t = translator('en');
    await desk.post(page, [
      ['numbers', numbers.join('\n')],
      ['present', chair.id],
    ]);

    const text = said((await desk.get(page)).text);
    expect(text).toMatch(/here with a vote: 1, needed: [2-9]/);
    expect(text).toContain(t('discussion.quorum.none'));
  });

  it('tells a member who is in the room how many are out, and offers no step', async () => {
    const { member, page, open, press } = await aTable();
    await open();
    await press('next');
    await press('next');
    const { text } = await member.get(page);

    expect(said(text)).toContain('Leave the room then 1 member');
    expect(text).not.toContain('name="move"');
    expect(text).toContain('data-live="yes"');
  });

  it.for(locales)('is there before and after, in %s', async (locale) => {
    const { desk, roundId, open, numbers } = await aTable();
    const t = translator(locale);
    const page = `/${locale}/committee/rounds/${roundId}/discussion`;

    expect((await desk.get(page)).text).toContain(t('discussion.none'));
    expect((await desk.get(`/${locale}/committee/rounds/${roundId}`)).text).toContain(`href="${page}"`);
    await open();
    const { text } = await desk.get(page);
    expect(said(text)).toContain(t('discussion.waits', { item: numbers[1] ?? '' }));
    expect((await desk.get(`${page}/steps`)).location).toBe(page);
    const { text: history } = await desk.get(`/${locale}/manage/rounds/${roundId}/history`);
    expect(history).toContain(t('watch.event.discussion-opened'));
  });

  it('comes back with what was typed and ticked where a number is wrong', async () => {
    const { desk, page } = await aTable();
    const { status, text } = await desk.post(page, [
      ['numbers', 'KZ19-9999-9999'],
      ['present', chair.id],
    ]);

    expect(status).toBe(422);
    expect(text).toContain('href="#numbers"');
    expect(text).toContain('KZ19-9999-9999</textarea>');
    expect(text.match(/name="present"[^>]*checked/g)).toHaveLength(1);
    expect((await desk.post(page, {})).status).toBe(422);
    expect((await desk.post(`${page}/steps`, { move: 'fly', seen: '1' })).status).toBe(409);
    expect((await desk.post(`${page}/steps`, { move: 'next', seen: 'x', next: 'y' })).status).toBe(409);
    for (const move of ['arrive', 'leave', 'undo']) {
      expect((await desk.post(`${page}/steps`, { move, seen: '1', person: '?' })).status).toBe(409);
    }
    const undo = { move: 'undo', seen: '1', person: chair.id, noted: 'yesterday' };
    expect((await desk.post(`${page}/steps`, undo)).status).toBe(409);
  });

  it('tells the second of two that somebody was first', async () => {
    const { member, desk, page, open, press } = await aTable();
    await open();
    await press('next');
    const stale = await desk.post(`${page}/steps`, { move: 'next', next: '2', seen: '1' });
    expect(stale.status).toBe(409);
    expect((await member.post(`${page}/steps`, { move: 'pause', seen: '2' })).status).toBe(403);
  });
});

describe('a discussion by the API', () => {
  it('is opened, led and read as by its page', async () => {
    const { world, desk, closed, roundId, numbers } = await aTable();
    const path = `/api/rounds/${roundId}/discussion`;
    const body = { suggested: false, numbers, absent: [erlan.id] };
    const read = async (who = desk) => JSON.parse((await who.get(path)).text);
    expect(await read()).toMatchObject({ seen: 0, opening: { closed: 0 } });

    const opened = await desk.json('POST', path, body);
    expect([opened.status, JSON.parse(opened.text)]).toEqual([201, { seen: 1 }]);
    const step = { seen: 1, move: { kind: 'take-up', place: 3 } };
    expect((await desk.json('POST', `${path}/steps`, step)).status).toBe(200);

    expect(await read()).toMatchObject({ seen: 2, leads: true, meeting: { leavings: 1, reorder: false } });
    expect((await read()).meeting).toMatchObject({ absent: [erlan.id], late: [] });
    const own = await read(closed);
    expect(own.meeting.items[2]).toEqual({ place: 3, state: 'up', walled: 'conflict' });
    expect(own.leads).toBe(false);
    const wrong = { seen: 2, move: { kind: 'take-up' } };
    expect((await desk.json('POST', `${path}/steps`, wrong)).status).toBe(422);
    world.clock.pass(60);
    const arrive = { seen: 2, move: { kind: 'arrive', personId: erlan.id } };
    expect((await desk.json('POST', `${path}/steps`, arrive)).status).toBe(200);
    const { meeting } = await read();
    expect(meeting).toMatchObject({ absent: [], late: [{ person: erlan.id, missed: [3] }] });

    const { at: noted } = meeting.notes.find(({ person }: { person: string }) => person === erlan.id);
    const undo = { seen: 3, move: { kind: 'undo', personId: erlan.id, noted } };
    expect((await desk.json('POST', `${path}/steps`, undo)).status).toBe(200);
    const leave = { seen: 4, move: { kind: 'leave', personId: chair.id } };
    expect((await desk.json('POST', `${path}/steps`, leave)).status).toBe(200);
    expect((await desk.json('POST', `${path}/steps`, { ...undo, move: { kind: 'undo' } })).status).toBe(422);
    expect((await read()).meeting).toMatchObject({
      absent: [erlan.id],
      late: [],
      left: [{ person: chair.id, missed: [3] }],
      undone: [{ person: erlan.id, what: 'arrival', noted }],
    });
  });
});
