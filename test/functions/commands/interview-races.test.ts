import { describe, expect, it } from 'vitest';
import { bookInterview } from '#functions/commands/interview-booking.ts';
import { draftInterviewCard, scoreInterview } from '#functions/commands/interview-scorecards.ts';
import { viewOneInterview } from '#functions/commands/one-interview.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { panelsAggregate } from '#shared/domain/panel.ts';
import { anInterviewRoundIn, members, nth } from '#test/builders/interview-scenes.ts';
import { panelKept, stationsPlanned } from '#test/builders/panels.ts';
import { withStations } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { candidacyOf } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

const [both, second, third, fourth] = [0, 1, 2, 3].map((place) => nth(members, place));
if (!both || !second || !third || !fourth) throw new Error('Four members are needed.');

const lesson = { station: 'lesson', points: { 'subject-teaching': 4, 'sample-lesson': 4 } };
const better = { ...lesson, points: { 'subject-teaching': 4, 'sample-lesson': 2 } };
const conversation = { station: 'conversation', points: { pupils: 2, 'rural-plans': 2 } };

/** Both stations of the first appointment have begun. The first member sits at both, the second and third at the lesson. */
const begun = async () => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world, { file: withStations() });
  const aigul = nth(candidates, 0);
  const slot = nth(await stationsPlanned(world, roundId, 1), 0);
  granted(await bookInterview(world, { ...aigul, slotId: slot.id }));
  world.clock.to(at('2022-10-24T04:25'));
  const { applicationId } = aigul;
  const cards = async () =>
    (await candidacyOf(world, applicationId)).scorecards.map(({ station, total }) => [station, total]);
  /** Of the lesson, instead of who sat there. */
  const replaceBy = async (sitting: readonly PersonId[]) => {
    const [panel] = (await world.records.find(panelsAggregate, roundId))?.state.panels ?? [];
    if (!panel) throw new Error('The lesson has no panel.');
    return await panelKept(world, roundId, { panel: panel.id, place: '204-бөлме', members: sitting });
  };
  return { world, card: { roundId, applicationId }, cards, replaceBy };
};

describe('two windows of one member', () => {
  it('that save the card of the same station are told of each other', async () => {
    const { world, card, cards } = await begun();
    granted(await scoreInterview(world, { ...card, ...lesson, by: both, basedOn: 0 }));

    for (const save of [scoreInterview, draftInterviewCard]) {
      expect(await save(world, { ...card, ...better, by: both, basedOn: 0 })).toMatchObject({
        error: { kind: 'changed-meanwhile' },
      });
    }
    expect(await cards()).toEqual([['lesson', 100]]);
  });

  it('at the very same moment are decided one after the other', async () => {
    const { world, card, cards } = await begun();
    world.records.interfere(() => scoreInterview(world, { ...card, ...lesson, by: both, basedOn: 0 }));

    expect(await scoreInterview(world, { ...card, ...better, by: both, basedOn: 0 })).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
    expect(await cards()).toEqual([['lesson', 100]]);
  });

  it('do not hinder each other at two stations', async () => {
    const { world, card, cards } = await begun();
    world.records.interfere(() => scoreInterview(world, { ...card, ...conversation, by: both, basedOn: 0 }));

    granted(await scoreInterview(world, { ...card, ...lesson, by: both, basedOn: 0 }));
    expect(new Set((await cards()).map(([station]) => station))).toEqual(new Set(['conversation', 'lesson']));
  });
});

describe('two members', () => {
  it('who give their cards at the same moment both have given them', async () => {
    const { world, card, cards } = await begun();
    world.records.interfere(() => scoreInterview(world, { ...card, ...lesson, by: second, basedOn: 0 }));

    granted(await scoreInterview(world, { ...card, ...lesson, by: both, basedOn: 0 }));
    expect(await cards()).toHaveLength(2);
  });
});

describe('a member who is replaced on the panel of a station', () => {
  it('while a card is saved does not give it, and keeps what was given before', async () => {
    const { world, card, cards, replaceBy } = await begun();
    granted(await scoreInterview(world, { ...card, ...lesson, by: third }));
    granted(await draftInterviewCard(world, { ...card, ...better, by: second }));
    world.records.interfere(() => replaceBy([both.id, third.id, fourth.id]));

    expect(await scoreInterview(world, { ...card, ...lesson, by: second })).toEqual({
      ok: false,
      error: { kind: 'not-assigned' },
    });
    expect(await cards()).toEqual([['lesson', 100]]);
    const { scorecards, drafts } = await candidacyOf(world, card.applicationId);
    expect([scorecards, drafts].flatMap((all) => all?.map(({ raterId }) => raterId))).not.toContain(
      fourth.id,
    );
  });

  it('leaves the place to who comes, and the card of the other station as it was', async () => {
    const { world, card, cards, replaceBy } = await begun();
    granted(await scoreInterview(world, { ...card, ...conversation, by: both }));
    await replaceBy([second.id, third.id, fourth.id]);

    expect(await scoreInterview(world, { ...card, ...lesson, by: both })).toMatchObject({
      error: { kind: 'not-assigned' },
    });
    granted(await scoreInterview(world, { ...card, ...lesson, by: fourth }));
    expect(await cards()).toEqual([
      ['conversation', 50],
      ['lesson', 100],
    ]);
    const seen = granted(await viewOneInterview(world, { ...card, by: both }));
    expect(seen.cards.map(({ own }) => own?.station)).toEqual(['conversation']);
  });
});
