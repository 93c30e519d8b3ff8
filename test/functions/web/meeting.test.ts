import { parse } from 'node-html-parser';
import { expect, it } from 'vitest';
import { translator } from '#shared/i18n/index.ts';
import { chair } from '#test/builders/interview-scenes.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { aScreeningIn, gateIn, secretary } from '#test/builders/selection.ts';
import { aSelectionSite } from './selection-site.ts';

/** The secretary before the form of a meeting, as the page shows it. */
const atTheForm = async () => {
  const world = aWorld();
  const { roundId } = await aScreeningIn(world);
  const desk = await aSelectionSite(world).staff(secretary);
  const page = `/kk/committee/rounds/${roundId}`;
  const action = `${page}/meeting`;
  const shown = async () => {
    const [after] = parse((await desk.get(page)).text).querySelectorAll(
      `form[action="${action}"] input[name="after"]`,
    );
    return after?.getAttribute('value') ?? '';
  };
  const post = (fields: Record<string, string>) => desk.post(action, { present: chair.id, ...fields });
  return { shown, post, meetings: async () => (await gateIn(world, roundId))?.meetings.length };
};

it('records a meeting once when the form is sent twice, and one after it from the page that shows it', async () => {
  const { shown, post, meetings } = await atTheForm();
  const form = { after: await shown(), meetingReason: 'Ескерту', press: 'held' };
  const answers = [await post(form), await post(form)];

  expect(answers.map(({ status }) => status)).toEqual([303, 303]);
  expect(await meetings()).toBe(1);
  await post({ ...form, after: await shown() });
  expect(await meetings()).toBe(2);
});

it('asks for the reason of a postponed one, and keeps what the page had shown', async () => {
  const { shown, post, meetings } = await atTheForm();
  await post({ after: await shown(), meetingReason: '', press: 'held' });
  const again = await post({ after: '1', meetingReason: ' ', press: 'postponed' });

  expect(again.status).toBe(422);
  expect(parse(again.text).querySelector('input[name="after"]')?.getAttribute('value')).toBe('1');
  expect(await meetings()).toBe(1);
});

it('records no meeting to which nobody came: that it was postponed is another button', async () => {
  const { shown, post, meetings } = await atTheForm();

  const { status, text } = await post({
    after: await shown(),
    meetingReason: '',
    press: 'held',
    present: '',
  });

  expect(status).toBe(422);
  expect(parse(text).querySelector('.govuk-error-summary a')?.getAttribute('href')).toBe('#present');
  expect(text).toContain(translator('kk')('committee.meeting.nobody'));
  expect(await meetings()).toBe(0);
});

it.for([{}, { after: '' }, { after: '-1' }, { after: 'one' }, { after: '0.5' }])(
  'records nothing for a form without what its page had shown: %o',
  async (sent) => {
    const { post, meetings } = await atTheForm();
    const { status } = await post({ meetingReason: '', press: 'held', ...sent });

    expect(status).toBe(409);
    expect(await meetings()).toBe(0);
  },
);
