import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { callInSubstitute, dismiss, sendSubstituteBack } from '#functions/commands/committee.ts';
import { administrator, aScreeningIn, aWorld, committee, granted } from '#test/builders/scenes.ts';
import { aSelectionSite } from './selection-site.ts';

const { secretary, substitute, members } = committee;
const [first, , , last] = members;

/** A substitute came for one member and went again, and another member left. */
const changedCommittee = async () => {
  const world = aWorld();
  const roundId = await aScreeningIn(world);
  const away = { by: secretary, roundId, personId: substitute.id };
  granted(await callInSubstitute(world, { ...away, standsInFor: last.id }));
  granted(await sendSubstituteBack(world, away));
  granted(await dismiss(world, { by: administrator, roundId, personId: first.id }));
  const site = aSelectionSite(world);
  await site.tokens.staff(substitute, 'Күләш Ерболқызы');
  await site.tokens.staff(first, 'Бекзат Ыбырайұлы');
  await site.tokens.staff(last, 'Игорь Семёнович');
  return { roundId, seat: await site.staff(administrator) };
};

describe('the timeline of a round', () => {
  it('says whose seat was given or ended, and for whom a substitute came', async () => {
    const { roundId, seat } = await changedCommittee();

    const { text } = await seat.get(`/en/manage/rounds/${roundId}/history`);

    const steps = parse(text)
      .querySelectorAll('.timeline li')
      .map((step) => step.text.replaceAll(/\s+/g, ' '));
    const about = (title: string): string[] => steps.filter((step) => step.includes(title));
    expect(about('Seat on the committee given').join()).toContain('Күләш Ерболқызы, substitute');
    expect(about('Substitute called in').join()).toContain('Күләш Ерболқызы, instead of Игорь Семёнович');
    expect(about('Substitute sent back').join()).toContain('Күләш Ерболқызы');
    expect(about('Seat on the committee ended').join()).toContain('Бекзат Ыбырайұлы');
    expect(about('Gate opened').join()).not.toMatch(/Күләш|Бекзат|Игорь/);
  });

  it('says the same to a program, by id', async () => {
    const { roundId, seat } = await changedCommittee();

    const { deeds } = JSON.parse((await seat.get(`/api/rounds/${roundId}/history`)).text);

    expect(deeds).toContainEqual(
      expect.objectContaining({
        type: 'substitute-called',
        seat: { personId: substitute.id, insteadOf: last.id },
      }),
    );
    expect(deeds).toContainEqual(
      expect.objectContaining({ type: 'seat-given', seat: { personId: first.id, kind: 'member' } }),
    );
  });
});
