import { parse } from 'node-html-parser';
import { expect, it } from 'vitest';
import { advanceRound } from '#functions/commands/gate-decision.ts';
import { drawUpProposal, vote } from '#functions/commands/gate-work.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { translator } from '#shared/i18n/index.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { advanceIn, aScreeningIn, chair, gateIn, members, secretary } from '#test/builders/selection.ts';
import { aSelectionSite } from './selection-site.ts';

/** The secretary before the form of a meeting, as the page shows it. */
const atTheForm = async () => {
  const world = aWorld();
  const { roundId } = await aScreeningIn(world);
  const desk = await aSelectionSite(world).staff(secretary);
  const page = `/kk/committee/rounds/${roundId}`;
  const action = `${page}/meeting`;
  const shown = async () => seenIn((await desk.get(page)).text);
  const { gate } = await shown();
  const post = (fields: Record<string, string>) => desk.post(action, { present: chair.id, gate, ...fields });
  const meetings = async () => (await gateIn(world, roundId))?.meetings.length;
  return { world, roundId, desk, shown, post, meetings };
};

/** What the hidden fields of the form say of the gate. */
const seenIn = (text: string): { gate: string; after: string } => {
  const form = parse(text).querySelector('form[action$="/meeting"]');
  const value = (name: string) => form?.querySelector(`input[name="${name}"]`)?.getAttribute('value') ?? '';
  return { gate: value('gate'), after: value('after') };
};

it('records a meeting once when the form is sent twice, and one after it from the page that shows it', async () => {
  const { shown, post, meetings } = await atTheForm();
  const form = { ...(await shown()), meetingReason: 'Ескерту', press: 'held' };
  const answers = [await post(form), await post(form)];

  expect(answers.map(({ status }) => status)).toEqual([303, 303]);
  expect(await meetings()).toBe(1);
  await post({ ...form, ...(await shown()) });
  expect(await meetings()).toBe(2);
});

it('asks for the reason of a postponed one, and keeps what the page had shown', async () => {
  const { shown, post, meetings } = await atTheForm();
  await post({ ...(await shown()), meetingReason: '', press: 'held' });
  const again = await post({ after: '1', meetingReason: ' ', press: 'postponed' });

  expect(again.status).toBe(422);
  expect(parse(again.text).querySelector('input[name="after"]')?.getAttribute('value')).toBe('1');
  expect(await meetings()).toBe(1);
});

it('records no meeting to which nobody came: that it was postponed is another button', async () => {
  const { shown, post, meetings } = await atTheForm();

  const { status, text } = await post({
    ...(await shown()),
    meetingReason: '',
    press: 'held',
    present: '',
  });

  expect(status).toBe(422);
  expect(parse(text).querySelector('.govuk-error-summary a')?.getAttribute('href')).toBe('#present');
  expect(text).toContain(translator('kk')('committee.meeting.nobody'));
  expect(await meetings()).toBe(0);
});

/** What was ticked and written stands in the form once more, or beside it. */
const keeps = (text: string) => {
  const page = parse(text);
  expect(page.querySelector('.govuk-error-summary a')?.getAttribute('href')).toBe('#present');
  return page;
};

it('records nothing at the gate of the next stage, gives back what was entered, and records it there when it is sent again', async () => {
  const { world, roundId, shown, post, meetings } = await atTheForm();
  const form = { ...(await shown()), meetingReason: 'Екеуі ауырып қалды.', press: 'held' };
  await advanceIn(world, roundId);
  const { status, text } = await post(form);

  expect(status).toBe(409);
  expect(await meetings()).toBe(0);
  const page = keeps(text);
  expect(text).toContain(translator('kk')('committee.meeting.stale'));
  expect(page.querySelector('textarea[name="meetingReason"]')?.text).toContain('Екеуі ауырып қалды.');
  expect(page.querySelector(`input[name="present"][value="${chair.id}"]`)?.hasAttribute('checked')).toBe(
    true,
  );
  const now = seenIn(text);
  expect(now.gate).not.toBe(form.gate);
  expect((await post({ ...form, ...now })).status).toBe(303);
  expect(await meetings()).toBe(1);
});

it('gives back what was entered where another meeting was recorded meanwhile', async () => {
  const { shown, post, meetings } = await atTheForm();
  const form = { ...(await shown()), press: 'held' };
  await post({ ...form, meetingReason: 'Бірінші.' });
  const { status, text } = await post({ ...form, meetingReason: 'Екінші.' });

  expect([status, await meetings()]).toEqual([409, 1]);
  expect(keeps(text).querySelector('textarea[name="meetingReason"]')?.text).toContain('Екінші.');
  expect(seenIn(text).after).toBe('1');
});

it('gives back what was entered where no gate is open any more', async () => {
  const { world, roundId, shown, post } = await atTheForm();
  const form = { ...(await shown()), meetingReason: 'Екеуі <b>ауырып</b> қалды.', press: 'held' };
  const proposal =
    granted(await drawUpProposal(world, { by: secretary, roundId })).state.proposal ?? sha256Of('');
  for (const by of [chair, ...members]) {
    granted(await vote(world, { by, roundId, proposal, choice: 'for', reason: '' }));
  }
  granted(await advanceRound(world, { by: chair, roundId, proposal }));
  const { status, text } = await post(form);

  expect(status).toBe(409);
  const page = keeps(text);
  expect(text).toContain(translator('kk')('committee.meeting.closed'));
  expect(page.querySelector('#present')).not.toBeNull();
  expect(text).toContain('Екеуі &lt;b&gt;ауырып&lt;/b&gt; қалды.');
  expect(page.querySelector('form[action$="/meeting"]')).toBeNull();
});

it('is refused by the API at another gate than the one that is named', async () => {
  const { world, roundId, desk, shown } = await atTheForm();
  const { gate } = await shown();
  await advanceIn(world, roundId);
  const path = `/api/rounds/${roundId}/gate/meetings`;
  const body = { postponed: false, present: [chair.id], gate, after: 0 };

  expect((await desk.json('POST', path, body)).status).toBe(409);
  const { gate: open } = JSON.parse((await desk.get(`/api/rounds/${roundId}/gate`)).text);
  expect((await desk.json('POST', path, { ...body, gate: open })).status).toBe(204);
});

it.for([{}, { after: '' }, { after: '-1' }, { after: 'one' }, { after: '0.5' }, { after: '0', gate: '' }])(
  'records nothing for a form without what its page had shown: %o',
  async (sent) => {
    const { post, meetings } = await atTheForm();
    const { status } = await post({ meetingReason: '', press: 'held', ...sent });

    expect(status).toBe(409);
    expect(await meetings()).toBe(0);
  },
);
