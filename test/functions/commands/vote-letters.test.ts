import { describe, expect, it } from 'vitest';
import { callInSubstitute } from '#functions/commands/committee.ts';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { drawUpProposal, takeProposalBack, vote } from '#functions/commands/gate-work.ts';
import { annulPollOf } from '#functions/commands/polls.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { anOpenPoll } from '#test/builders/poll-scenes.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScreeningIn, chair, dana, erlan, members, seatIn, secretary } from '#test/builders/selection.ts';
import { lettersOf, tellDue } from '#test/builders/told-members.ts';
import { at } from '#test/builders/worlds.ts';

const waits = 'committee-vote-waits';
const ballot = 'committee-ballot-waits';
const everyone = [chair, ...members].map(({ id }) => id);

const screening = async (count = 2) => {
  const world = aWorld();
  const { roundId, applications } = await aScreeningIn(
    world,
    Array.from({ length: count }, () => ({})),
  );
  const table = { by: secretary, roundId };
  const told = () =>
    lettersOf(world, waits)
      .map(({ personId }) => personId)
      .toSorted();
  return { world, roundId, applications, table, told };
};

describe('a proposal on the table', () => {
  it('is told once to everybody who may vote, and to nobody else', async () => {
    const { world, table, told, applications } = await screening();
    granted(await drawUpProposal(world, table));
    // A double press.
    granted(await drawUpProposal(world, table));
    await tellDue(world);

    expect(told()).toEqual(everyone.toSorted());
    const letters = lettersOf(world, waits);
    expect(letters[0]?.facts).toEqual({
      roundId: table.roundId,
      intake: expect.any(String),
      zone: 'Asia/Almaty',
      dueAt: at('2022-10-11T18:00'),
    });
    expect(JSON.stringify(letters)).not.toContain(applications[0]?.number);
  });

  it('is told anew where it was taken back and comes again', async () => {
    const { world, table, told } = await screening();
    granted(await drawUpProposal(world, table));
    granted(await takeProposalBack(world, table));
    granted(await drawUpProposal(world, table));
    await tellDue(world);

    expect(told()).toEqual([...everyone, ...everyone].toSorted());
  });

  it('is not told to whom a conflict of interest keeps from all of it', async () => {
    const { world, roundId, table, told, applications } = await screening();
    for (const { id: applicationId } of applications) {
      granted(await declareOwnConflict(world, { by: dana, roundId, applicationId }));
    }
    const [first] = applications;
    if (first) granted(await declareOwnConflict(world, { by: erlan, roundId, applicationId: first.id }));
    granted(await drawUpProposal(world, table));
    await tellDue(world);

    expect(told()).toEqual(everyone.filter((id) => id !== dana.id).toSorted());
  });

  it('is told to a substitute who is called in beside it, once', async () => {
    const { world, roundId, table, told } = await screening();
    const substitute = { ...dana, id: PersonId.parse('SVB'.padEnd(20, '0')) };
    await seatIn(world, roundId, [[substitute, 'substitute']]);
    granted(await drawUpProposal(world, table));
    await tellDue(world);
    const called = { ...table, personId: substitute.id, standsInFor: erlan.id };
    granted(await callInSubstitute(world, called));
    granted(await callInSubstitute(world, called));
    await tellDue(world);

    expect(told()).toEqual([...everyone, substitute.id].toSorted());
  });

  it('is told by the commit that puts it there, whatever becomes of the votes', async () => {
    const { world, roundId, table, told } = await screening();
    const { proposal } = granted(await drawUpProposal(world, table)).state;
    if (!proposal) throw new Error('Nothing lies on the table.');
    const commit = world.records.commits.find(({ changes }) =>
      changes.some(({ facts }) => facts.some(({ type }) => type === 'proposal-drawn-up')),
    );
    granted(await vote(world, { by: dana, roundId, proposal, choice: 'for', reason: '' }));
    await tellDue(world);

    expect(commit?.outbox).toHaveLength(1);
    expect(told()).toHaveLength(5);
  });
});

describe('a poll that was opened', () => {
  it('is told once to whoever may rank in it', async () => {
    const { world, open } = await anOpenPoll();
    granted(await open());
    await tellDue(world);

    expect(
      lettersOf(world, ballot)
        .map(({ personId }) => personId)
        .toSorted(),
    ).toEqual(everyone.toSorted());
  });

  it('is told anew where another one is opened, but not to who has nothing to compare', async () => {
    const { world, roundId, near, last, open } = await anOpenPoll();
    await tellDue(world);
    const { number: poll } = await last();
    granted(await annulPollOf(world, { by: secretary, roundId, poll, reason: 'The wrong group.' }));
    for (const application of near.slice(1)) await inConflictWith(world, roundId, application, [dana.id]);
    granted(await open());
    await tellDue(world);

    expect(lettersOf(world, ballot)).toHaveLength(5 + 4);
    expect(lettersOf(world, ballot).filter(({ personId }) => personId === dana.id)).toHaveLength(1);
  });
});
