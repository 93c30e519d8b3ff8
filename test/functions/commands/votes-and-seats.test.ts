import { describe, expect, it } from 'vitest';
import { callInSubstitute, dismiss, sendSubstituteBack } from '#functions/commands/committee.ts';
import { advanceRound } from '#functions/commands/gate-decision.ts';
import { takeProposalBack, vote } from '#functions/commands/gate-work.ts';
import { administrator, aScreeningIn, aWorld, committee, granted, voters } from '#test/builders/scenes.ts';
import { gateIn, onTable, votes } from './committee-room.ts';

const { chair, secretary, substitute, members } = committee;
const [, , third, fourth] = members;

const voteStands = { ok: false, error: { kind: 'vote-stands' } };

/** A proposal on the table, which the first so many voted for. */
const atTable = async (count: number) => {
  const world = aWorld();
  const roundId = await aScreeningIn(world);
  const stoodInFor = (personId: typeof third.id) =>
    callInSubstitute(world, { by: secretary, roundId, personId: substitute.id, standsInFor: personId });
  const sentBack = () => sendSubstituteBack(world, { by: secretary, roundId, personId: substitute.id });
  const dismissed = (personId: typeof third.id) => dismiss(world, { by: administrator, roundId, personId });
  const against = { roundId, choice: 'against', reason: 'Too few were admitted.' } as const;
  const draw = async () => {
    const proposal = await onTable(world, roundId);
    await votes(world, roundId, proposal, count);
    return proposal;
  };
  return { world, roundId, stoodInFor, sentBack, dismissed, against, draw };
};

describe('a vote on what lies on the table', () => {
  it('with its reason is cast once from a double click, and anew for another reason', async () => {
    const { world, against, draw } = await atTable(2);
    const ballot = { by: members[0], proposal: await draw(), ...against };

    const once = granted(await vote(world, ballot));
    const twice = granted(await vote(world, ballot));
    const changed = granted(await vote(world, { ...ballot, reason: 'Басқа себеп' }));

    expect(twice.version).toBe(once.version);
    expect(changed.version).toBe(once.version + 1);
  });

  it('stays in the count when the secretary would call a substitute for who gave it', async () => {
    const { world, roundId, stoodInFor, against, draw } = await atTable(2);
    const proposal = await draw();
    for (const by of members.slice(1)) granted(await vote(world, { by, proposal, ...against }));

    const called = await stoodInFor(fourth.id);
    const decided = await advanceRound(world, { by: chair, roundId, proposal });

    expect(called).toEqual(voteStands);
    expect(decided).toEqual({ ok: false, error: { kind: 'not-carried', for: 2, against: 3 } });
  });

  it('keeps its seat until the proposal is taken back', async () => {
    const { world, roundId, dismissed, draw } = await atTable(3);
    await draw();
    const early = await dismissed(members[0].id);

    granted(await takeProposalBack(world, { by: secretary, roundId }));
    const late = await dismissed(members[0].id);

    expect(early).toEqual(voteStands);
    expect(late.ok).toBe(true);
  });

  it('keeps a substitute where it sits, also when the member for whom it sits would leave', async () => {
    const { world, stoodInFor, sentBack, dismissed, against, draw } = await atTable(2);
    granted(await stoodInFor(third.id));
    const proposal = await draw();
    granted(await vote(world, { by: substitute, proposal, ...against }));

    const answers = [await sentBack(), await dismissed(third.id), await dismissed(substitute.id)];

    expect(answers).toEqual([voteStands, voteStands, voteStands]);
  });

  it('binds nobody else: who has not voted may be stood in for, come back and leave', async () => {
    const { stoodInFor, sentBack, dismissed, draw } = await atTable(3);
    await draw();

    const answers = [await stoodInFor(fourth.id), await sentBack(), await dismissed(third.id)];

    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true]);
  });

  it('that is given while a substitute is being called stands as well', async () => {
    const { world, roundId, stoodInFor, against, draw } = await atTable(voters.length - 1);
    const proposal = await draw();
    world.records.interfere(() => vote(world, { by: fourth, proposal, ...against }));

    const called = await stoodInFor(fourth.id);

    expect(called).toEqual(voteStands);
    expect((await gateIn(world, roundId)).votes).toHaveLength(voters.length);
  });
});
