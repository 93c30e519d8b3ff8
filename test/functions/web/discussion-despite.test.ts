import { parse } from 'node-html-parser';
import { expect, it } from 'vitest';
import { discussionView } from '#functions/commands/discussion-view.ts';
import { moveDiscussionOf } from '#functions/commands/discussions.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { Move } from '#shared/domain/discussion-decisions.ts';
import { type Locale, locales, translator } from '#shared/i18n/index.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aWaitingDiscussion } from '#test/builders/owed-cards.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { chair, score, secretary } from '#test/builders/selection.ts';
import { aSelectionSite } from './selection-site.ts';

const reason = 'Сарапшы науқас, отырысты кейінге қалдыруға болмайды.';

/** The discussion with its page for the chair. */
const aTable = async (locale: Locale = 'kk') => {
  const world = { ...aWorld(), people: memoryPeople() };
  const { roundId, id, number, owing } = await aWaitingDiscussion(world);
  const view = async (by: Person) => granted(await discussionView(world, { by, roundId }));
  const move = async (by: Person, step: Move) =>
    granted(await moveDiscussionOf(world, { by, roundId, seen: (await view(by)).seen, move: step }));
  const path = `/${locale}/committee/rounds/${roundId}/discussion`;
  const seat = await aSelectionSite(world).staff(chair);
  /** The form as the page shows it, and its button pressed with a reason, also later than it was shown. */
  const formOf = async () => {
    const form = parse((await seat.get(path)).text)
      .querySelectorAll('form')
      .find((one) => one.querySelector('textarea[name=reason]'));
    const button = form?.querySelector('button');
    if (!form || !button) throw new Error('There is no such form.');
    const fields = [...form.querySelectorAll('input[type=hidden]'), button].map((one): [string, string] => [
      one.getAttribute('name') ?? '',
      one.getAttribute('value') ?? '',
    ]);
    const press = (typed = reason) =>
      seat.post(form.getAttribute('action') ?? '', [...fields, ['reason', typed]]);
    return { button: button.textContent, press };
  };
  return { world, roundId, id, number, owing, view, move, path, seat, formOf };
};

it.for(locales)(
  'whoever presides and leads has a later one discussed by one press, in %s',
  async (locale) => {
    const { view, number, path, seat, formOf, world, roundId } = await aTable(locale);
    const t = translator(locale);
    // It is the last of three, and two that wait for nothing come before it.
    expect((await view(chair)).meeting).toMatchObject({
      next: 1,
      waiting: [{ number, place: 3, opens: true }],
    });
    const { button, press } = await formOf();
    expect(button).toBe(`${t('discussion.despite.take-up')}: ${number}`);

    const pressed = await Promise.all([press(), press()]);
    expect(pressed.map(({ status, location }) => [status, location])).toEqual([
      [303, path],
      [303, path],
    ]);
    expect((await press()).status).toBe(303);
    const { meeting } = await view(secretary);
    expect(meeting?.items[2]).toMatchObject({ number, state: 'up' });
    expect(meeting?.despite).toMatchObject([{ numbers: [number], by: chair.id, reason }]);
    const shown = (await seat.get(path)).text;
    expect(shown).toContain(reason);
    expect(shown).not.toContain('name="reason"');
    const { text } = await seat.get(`/${locale}/manage/rounds/${roundId}/history`);
    expect(text.split(t('watch.event.item-taken-up'))).toHaveLength(2);
    expect(world.records.commits.at(-1)?.documents).toHaveLength(1);
  },
);

it('nothing is begun without a reason, and the page comes back with where to say it', async () => {
  const { view, formOf } = await aTable();
  const { press } = await formOf();
  for (const typed of ['', '  ', 'ұ'.repeat(2001)]) {
    const { status, text } = await press(typed);

    expect([status, text.includes('id="reason-error"')]).toEqual([422, true]);
    expect(parse(text).querySelector('textarea[name=reason]')?.textContent.trim()).toBe(typed.trim());
  }
  expect((await view(chair)).meeting?.items.map(({ state }) => state)).toEqual(Array(3).fill('to-come'));
});

it.for(locales)('what was typed comes back once the discussion went on, in %s', async (locale) => {
  const { move, formOf } = await aTable(locale);
  const { press } = await formOf();
  await move(secretary, { kind: 'take-up', place: 1 });
  const { status, text } = await press();

  expect(status).toBe(409);
  expect(parse(text).querySelector('textarea[name=reason]')?.textContent).toContain(reason);
  expect(text).toContain(translator(locale)('discussion.despite.behind'));
  // The button means what stands now.
  const again = await formOf();
  expect((await again.press()).status).toBe(303);
});

it.for(locales)('what was typed comes back once the discussion was closed, in %s', async (locale) => {
  const { move, formOf } = await aTable(locale);
  const { press } = await formOf();
  await move(secretary, { kind: 'close' });
  const long = 'ұ'.repeat(2001);
  const [{ status, text }, tooLong, empty] = [await press(), await press(long), await press('')];

  expect([status, text.includes(reason)]).toEqual([409, true]);
  expect(text).toContain(translator(locale)('problems.kept.text'));
  expect([tooLong.status, tooLong.text.includes(long)]).toEqual([422, true]);
  expect(empty.status).toBe(409);
});

it('is taken up without a reason once the last card came in while it was typed', async () => {
  const { world, roundId, id, owing, view, formOf } = await aTable();
  const { press } = await formOf();
  granted(await score({ world, roundId }, owing, id));

  expect((await press()).status).toBe(303);
  expect((await view(chair)).meeting).toMatchObject({ items: [{}, {}, { state: 'up' }], despite: [] });
});

it('an opening that somebody else made first gives back what was typed', async () => {
  const { move, path, seat, number } = await aTable();
  await move(secretary, { kind: 'close' });
  const typed: [string, string][] = [
    ['numbers', number],
    ['reason', reason],
    ['present', chair.id],
  ];
  expect((await seat.post(path, typed)).status).toBe(303);
  // Opened by the same person in another window, with a number that is none.
  const { status, text } = await seat.post(path, [...typed.slice(1), ['numbers', 'KZ19-9999-9999']]);

  expect([status, text.includes(reason), text.includes('KZ19-9999-9999')]).toEqual([422, true, true]);
});
