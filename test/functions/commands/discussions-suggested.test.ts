import { describe, expect, it } from 'vitest';
import { discussionView } from '#functions/commands/discussion-view.ts';
import { openDiscussionOf } from '#functions/commands/discussions.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScoringIn, chair, ratersOf, score, secretary } from '#test/builders/selection.ts';

describe('what is suggested', () => {
  it('is nothing in scoring before the list is drawn up, and then what stands beside the line', async () => {
    const world = { ...aWorld(), people: memoryPeople() };
    const { roundId, applications } = await aScoringIn(world, [{}, {}]);
    const suggested = async () =>
      granted(await discussionView(world, { by: secretary, roundId })).opening?.suggested;
    expect(await suggested()).toEqual([]);
    for (const { id } of applications) {
      for (const by of await ratersOf(world, id)) granted(await score({ world, roundId }, by, id));
    }
    granted(await drawUpProposal(world, { by: secretary, roundId }));

    expect(new Set(await suggested())).toEqual(new Set(applications.map(({ number }) => number)));
    const opening = { by: secretary, roundId, suggested: true, numbers: [], absent: [] };
    const { state } = granted(await openDiscussionOf(world, opening));
    expect(state.meetings.at(-1)?.items).toHaveLength(2);
  });

  it('reaches those who go on, by number, while nothing is drawn up', async () => {
    const world = { ...aWorld(), people: memoryPeople() };
    const { roundId, applications } = await aScoringIn(world, [{}, {}]);
    const numbers = applications.slice(0, 1).map(({ number }) => number);
    for (const { id } of applications.slice(0, 1)) {
      for (const by of await ratersOf(world, id)) granted(await score({ world, roundId }, by, id));
    }
    const opening = { by: chair, roundId, suggested: true, numbers, absent: [] };

    const { state } = granted(await openDiscussionOf(world, opening));
    expect(state.meetings.at(-1)?.items.map(({ number }) => number)).toEqual(numbers);
  });
});
