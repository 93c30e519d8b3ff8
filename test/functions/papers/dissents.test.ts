import { describe, expect, it } from 'vitest';
import { gatherRound } from '#functions/commands/minutes-gathering.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { translator } from '#shared/i18n/index.ts';
import { gatheredGates } from '#shared/papers/gathered-gates.ts';
import { minutesPaper } from '#shared/papers/minutes-paper.ts';
import { aClosedRoundIn } from '#test/builders/closed-round.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { someMinutes } from '#test/builders/minutes.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { chair, erlan, members } from '#test/builders/selection.ts';

describe('the minutes of a record in which a voter left before the decision', () => {
  it('list the vote, as one that did not count', async () => {
    const world = { ...aWorld(), people: memoryPeople() };
    const { roundId } = await aClosedRoundIn(world);
    const round = (await world.records.find(roundAggregate, roundId))?.state;
    if (round?.stage !== 'closed') throw new Error('The round is not closed.');
    const gathered = await gatherRound(world, round);
    const left = { type: 'seat-left', at: round.openedAt, personId: erlan.id };
    const committee = gathered.committee.flatMap((event) =>
      event.fact.type === 'substitute-released' ? [event, { ...event, fact: left }] : [event],
    );

    const [now] = gatheredGates(gathered);
    const [then] = gatheredGates({ ...gathered, committee });

    const everybody = [chair, ...members].map(({ id }) => id).toSorted();
    expect(now?.votes.map(({ personId }) => personId).toSorted()).toEqual(everybody);
    expect(now?.votes.some(({ uncounted }) => uncounted)).toBe(false);
    expect(then?.votes.map(({ personId }) => personId).toSorted()).toEqual(everybody);
    expect(then?.votes.filter(({ uncounted }) => uncounted)).toMatchObject([{ personId: erlan.id }]);
  });
  it('name who gave it, and leave it out of the numbers', () => {
    const [, scoring] = someMinutes().gates;
    const votes = (scoring?.votes ?? []).map((vote) =>
      vote.choice === 'against' ? Object.assign({}, vote, { uncounted: true }) : vote,
    );
    const { sections } = minutesPaper(someMinutes({ gates: [{ ...scoring, votes }] }), translator('en'));

    const said = sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'facts' ? block.facts : [])),
    );

    const values = new Map(said.map(({ name, value }) => [name, value.replaceAll('\u00A0', ' ')]));
    expect(values.get('Quorum')).toBe('needed 5 of 7 votes, cast 6');
    expect(values.get('Against (0)')).toMatch(/^Елена Викторовна Щербакова \(not counted\): /);
  });
});
