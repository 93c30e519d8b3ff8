import { describe, expect, it } from 'vitest';
import { dismiss } from '#functions/commands/committee.ts';
import { advanceRound } from '#functions/commands/gate-decision.ts';
import {
  drawUpProposal,
  enterPaperVotes,
  recordGateMeeting,
  takeProposalBack,
  vote,
} from '#functions/commands/gate-work.ts';
import { announceScan, receiveScan } from '#functions/commands/scans.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { GateId } from '#shared/domain/ids.ts';
import { fileKey, gateFiles } from '#shared/ports/files.ts';
import { administrator, aScreeningIn, aWorld, committee, granted, voters } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';
import { gateIn, onTable, votes } from './committee-room.ts';

const { chair, secretary, members } = committee;

describe('a committee at its gate', () => {
  it('needs a quorum of two thirds, whoever presses', async () => {
    const world = aWorld();
    const roundId = await aScreeningIn(world);
    const proposal = await onTable(world, roundId);
    await votes(world, roundId, proposal, 3);

    const early = await advanceRound(world, { by: chair, roundId, proposal });
    granted(
      await vote(world, { by: members[3], roundId, proposal, choice: 'abstain', reason: 'I was away.' }),
    );
    const late = await advanceRound(world, { by: chair, roundId, proposal });

    expect(early).toEqual({ ok: false, error: { kind: 'no-quorum', cast: 3, needed: 4 } });
    expect(granted(late).state).toMatchObject({ stage: 'scoring', decisions: { screening: proposal } });
  });

  it('decides on no list that lies on the table no more, or never did', async () => {
    const world = aWorld();
    const roundId = await aScreeningIn(world);
    const never = { by: chair, roundId, proposal: sha256Of('no list') };

    const early = await advanceRound(world, never);
    await votes(world, roundId, await onTable(world, roundId), 5);
    const late = await advanceRound(world, never);

    expect(early).toEqual({ ok: false, error: { kind: 'no-proposal' } });
    expect(late).toEqual({ ok: false, error: { kind: 'changed-meanwhile' } });
  });

  it('lets the chair’s vote decide a tie', async () => {
    const world = aWorld();
    const roundId = await aScreeningIn(world);
    const proposal = await onTable(world, roundId);
    const against = { roundId, proposal, choice: 'against', reason: 'Too few were admitted.' } as const;
    await votes(world, roundId, proposal, 2);
    for (const by of members.slice(1, 3)) granted(await vote(world, { by, ...against }));

    const advanced = await advanceRound(world, { by: chair, roundId, proposal });

    expect(granted(advanced).state.stage).toBe('scoring');
  });

  it('keeps a vote’s reason out of the event, and asks for one beside a vote against', async () => {
    const world = aWorld();
    const roundId = await aScreeningIn(world);
    const proposal = await onTable(world, roundId);
    const ballot = { by: chair, roundId, proposal, choice: 'against' } as const;

    const bare = await vote(world, { ...ballot, reason: ' ' });
    granted(await vote(world, { ...ballot, reason: 'Marker text' }));

    const gate = await gateIn(world, roundId);
    expect(bare).toEqual({ ok: false, error: { kind: 'reason-needed' } });
    expect(JSON.stringify(await world.records.history('gate', gate.id))).not.toContain('Marker');
    const ref = gate.votes[0]?.reason;
    expect(ref && (await world.records.document(ref))).toEqual({ reason: 'Marker text' });
  });

  it('of two chairs who press at once lets one advance, and tells the other', async () => {
    const world = aWorld();
    const roundId = await aScreeningIn(world);
    const proposal = await onTable(world, roundId);
    await votes(world, roundId, proposal, 5);
    const first: unknown[] = [];
    world.records.interfere(async () => {
      world.clock.to(at('2022-10-04T12:01'));
      first.push(granted(await advanceRound(world, { by: chair, roundId, proposal })).state.stage);
    });

    const second = await advanceRound(world, { by: chair, roundId, proposal });

    expect(first).toEqual(['scoring']);
    expect(second).toEqual({
      ok: false,
      error: { kind: 'already-decided', decidedAt: at('2022-10-04T12:01') },
    });
    const history = await world.records.history('round', roundId);
    expect(history.filter(({ fact }) => fact.type === 'stage-advanced')).toHaveLength(1);
  });

  it('refuses a vote that comes after the decision', async () => {
    const world = aWorld();
    const roundId = await aScreeningIn(world);
    const proposal = await onTable(world, roundId);
    await votes(world, roundId, proposal, 4);
    world.records.interfere(() => advanceRound(world, { by: chair, roundId, proposal }));

    const late = await vote(world, { by: members[3], roundId, proposal, choice: 'against', reason: 'No.' });

    expect(late).toMatchObject({ error: { kind: 'already-decided' } });
  });

  it('counts no vote on a proposal that was taken back', async () => {
    const world = aWorld();
    const roundId = await aScreeningIn(world);
    const proposal = await onTable(world, roundId);
    await votes(world, roundId, proposal, 5);

    granted(await takeProposalBack(world, { by: secretary, roundId }));
    await onTable(world, roundId);

    expect(await advanceRound(world, { by: chair, roundId, proposal })).toMatchObject({
      error: { kind: 'no-quorum', cast: 0 },
    });
  });

  it('decides nothing while it is not complete', async () => {
    const world = aWorld();
    const roundId = await aScreeningIn(world);
    granted(await dismiss(world, { by: administrator, roundId, personId: secretary.id }));

    const drawn = await drawUpProposal(world, { by: chair, roundId });

    expect(drawn).toMatchObject({
      error: { kind: 'committee-incomplete', lacks: [{ message: 'committee.no-secretary' }] },
    });
  });

  it('is nobody’s business who has no seat on it', async () => {
    const world = aWorld();
    const roundId = await aScreeningIn(world);
    const stranger = { ...members[0], id: administrator.id };

    const drawn = await drawUpProposal(world, { by: { ...stranger, role: 'chair' }, roundId });

    expect(drawn).toEqual({ ok: false, error: { kind: 'not-found', what: 'round' } });
  });
});

describe('what the secretary records', () => {
  it('makes a meeting inquorate that too few came to', async () => {
    const world = aWorld();
    const roundId = await aScreeningIn(world);

    const present = voters.slice(0, 3).map(({ id }) => id);
    const { id: gate } = await gateIn(world, roundId);
    granted(
      await recordGateMeeting(world, {
        by: secretary,
        roundId,
        postponed: false,
        present,
        reason: '',
        gate,
        after: 0,
      }),
    );
    const postponed = {
      by: secretary,
      roundId,
      postponed: true,
      present: [],
      reason: 'A snowstorm.',
      gate,
      after: 1,
    };
    granted(await recordGateMeeting(world, postponed));

    expect((await gateIn(world, roundId)).meetings.map(({ outcome }) => outcome)).toEqual([
      'inquorate',
      'postponed',
    ]);
  });

  it('keeps a meeting once from a double press, another one beside it, and tells who has not seen one', async () => {
    const world = aWorld();
    const roundId = await aScreeningIn(world);
    const present = voters.map(({ id }) => id);
    const by = secretary;
    const { id: gate } = await gateIn(world, roundId);
    const held = { by, roundId, postponed: false, present, reason: 'A remark.', gate, after: 0 };
    const postponed = { by, roundId, postponed: true, present: [], reason: 'A snowstorm.', gate, after: 1 };
    const meetings = async () => (await gateIn(world, roundId)).meetings.map(({ outcome }) => outcome);

    const once = granted(await recordGateMeeting(world, held));
    expect(granted(await recordGateMeeting(world, held)).version).toBe(once.version);
    granted(await recordGateMeeting(world, postponed));
    granted(await recordGateMeeting(world, postponed));
    expect(await meetings()).toEqual(['held', 'postponed']);

    // The same people come together again on another day.
    granted(await recordGateMeeting(world, { ...held, after: 2 }));
    expect(await meetings()).toEqual(['held', 'postponed', 'held']);
    const told = { ok: false, error: { kind: 'changed-meanwhile' } };
    expect(await recordGateMeeting(world, { ...held, after: 1 })).toEqual(told);
    expect(await recordGateMeeting(world, { ...held, reason: 'Another remark.' })).toEqual(told);
    expect(await recordGateMeeting(world, { ...held, after: 9 })).toEqual(told);
    const elsewhere = GateId.parse('G'.repeat(20));
    expect(await recordGateMeeting(world, { ...held, gate: elsewhere, after: 3 })).toEqual(told);
    expect(await meetings()).toHaveLength(3);
  });

  it('keeps one meeting of two presses at the same moment', async () => {
    const world = aWorld();
    const roundId = await aScreeningIn(world);
    const present = voters.map(({ id }) => id);
    const { id: gate } = await gateIn(world, roundId);
    const held = { by: secretary, roundId, postponed: false, present, reason: 'A remark.', gate, after: 0 };

    const pressed = await Promise.all([recordGateMeeting(world, held), recordGateMeeting(world, held)]);

    expect(pressed.map(({ ok }) => ok)).toEqual([true, true]);
    expect((await gateIn(world, roundId)).meetings).toHaveLength(1);
  });

  it('does not put a vote on paper over one that was given in person', async () => {
    const world = aWorld();
    const roundId = await aScreeningIn(world);
    const proposal = await onTable(world, roundId);
    const { scan } = granted(await announceScan(world, { by: secretary, roundId }));
    const gate = await gateIn(world, roundId);
    world.files.put(fileKey('quarantine', gateFiles(gate.id), scan), '%PDF-1.7 signed');
    granted(await receiveScan(world, { gateId: gate.id, documentId: scan, scanning: false }));
    granted(await vote(world, { by: chair, roundId, proposal, choice: 'abstain', reason: 'I was away.' }));
    const forChair = [{ memberId: chair.id, choice: 'for' as const }];

    const entered = await enterPaperVotes(world, {
      by: secretary,
      roundId,
      proposal,
      scan,
      votes: forChair,
      reason: '',
    });

    expect(entered).toEqual({ ok: false, error: { kind: 'own-vote-stands' } });
    expect((await gateIn(world, roundId)).votes).toMatchObject([{ choice: 'abstain' }]);
  });

  it('takes votes from a signed sheet only once it has arrived', async () => {
    const world = aWorld();
    const roundId = await aScreeningIn(world);
    const proposal = await onTable(world, roundId);
    const { scan } = granted(await announceScan(world, { by: secretary, roundId }));
    const entered = voters.map(({ id: memberId }) => ({ memberId, choice: 'for' as const }));
    const paper = { by: secretary, roundId, proposal, scan, votes: entered, reason: '' };

    const early = await enterPaperVotes(world, paper);
    const gate = await gateIn(world, roundId);
    world.files.put(fileKey('quarantine', gateFiles(gate.id), scan), '%PDF-1.7 signed');
    granted(await receiveScan(world, { gateId: gate.id, documentId: scan, scanning: false }));
    granted(await enterPaperVotes(world, paper));

    expect(early).toEqual({ ok: false, error: { kind: 'not-found', what: 'document' } });
    expect((await gateIn(world, roundId)).votes).toHaveLength(5);
    expect([...world.files.stored.keys()]).toContain(fileKey('clean', gateFiles(gate.id), scan));
    expect(granted(await advanceRound(world, { by: chair, roundId, proposal })).state.stage).toBe('scoring');
  });
});
