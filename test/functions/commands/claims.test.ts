import { describe, expect, it } from 'vitest';
import { settleClaim } from '#functions/commands/claim-decision.ts';
import { makeClaim } from '#functions/commands/claims.ts';
import { committeeClaims } from '#functions/commands/committee-claims.ts';
import { withdrawConsent } from '#functions/commands/data-requests.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { viewClaim } from '#functions/commands/own-claim.ts';
import { changed } from '#functions/commands/storing.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import type { PersonId, Sha256 } from '#shared/domain/ids.ts';
import { StandingList } from '#shared/domain/standing.ts';
import { type ClaimScene, grounds, published, text, uphold } from '#test/builders/claims.ts';
import { chair, members, nth, secretary } from '#test/builders/interview-scenes.ts';
import { granted, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const deadline = at('2022-11-07T13:00');

const listOf = async (world: World, proposal: Sha256 | undefined) =>
  StandingList.parse(JSON.parse(await world.records.blob(proposal ?? '')));

const conflict = async (
  { world, roundId, candidates }: ClaimScene,
  { by, about }: { by: PersonId; about: number },
) => {
  const before = await world.records.find(committeeAggregate, roundId);
  const { applicationId } = nth(candidates, about);
  const { change } = changed(committeeAggregate, roundId, before, [
    { type: 'conflict-declared', at: world.clock.now(), memberId: by, applicationId },
  ]);
  granted(await world.records.commit({ by: chair, changes: [change] }));
};

describe('a claim', () => {
  it('is filed once, confirmed by letter, and its text is in no event', async () => {
    const { world, candidates } = await published();
    const mine = { ...nth(candidates, 0), grounds, text };

    const { id } = granted(await makeClaim(world, mine));

    expect(await makeClaim(world, { ...mine, text: 'Тағы да.' })).toEqual({
      ok: false,
      error: { kind: 'claim-exists' },
    });
    expect(JSON.stringify(await world.records.history('claim', id))).not.toContain('Тест');
    expect([...world.records.outbox.keys()]).toContain(`claim-filed#${id}`);
    expect(granted(await viewClaim(world, nth(candidates, 0))).claim).toMatchObject({ text });
  });

  it('sent by a second press is the one that stands, with one letter', async () => {
    const { world, candidates } = await published();
    const mine = { ...nth(candidates, 0), grounds, text };
    const first = granted(await makeClaim(world, mine));
    const letters = world.records.outbox.size;

    expect(granted(await makeClaim(world, mine))).toEqual(first);
    expect(world.records.outbox.size).toBe(letters);
  });

  it('filed in two tabs at once is one claim', async () => {
    const { world, candidates } = await published();
    const mine = { ...nth(candidates, 0), grounds };
    world.records.interfere(() => makeClaim(world, { ...mine, text: 'Бірінші.' }));

    expect(await makeClaim(world, { ...mine, text: 'Екінші.' })).toMatchObject({
      error: { kind: 'claim-exists' },
    });
  });

  it('is accepted until a millisecond before the deadline, and not at it', async () => {
    const { world, candidates } = await published();
    world.clock.to(deadline);

    expect(await makeClaim(world, { ...nth(candidates, 0), grounds, text })).toMatchObject({
      error: { kind: 'too-late', closesAt: deadline, of: 'claims' },
    });
    world.clock.pass(-0.001);
    granted(await makeClaim(world, { ...nth(candidates, 1), grounds, text }));
  });

  it('may be made by somebody who was stopped before the interviews, but not without words', async () => {
    const { world, candidates } = await published();

    expect(await makeClaim(world, { ...nth(candidates, 2), grounds, text: '   ' })).toMatchObject({
      error: { kind: 'invalid', faults: [{ place: 'text' }] },
    });
    granted(await makeClaim(world, { ...nth(candidates, 2), grounds, text }));
  });

  it('is another person’s own: nobody else finds the application', async () => {
    const { world, candidates } = await published();
    const { applicationId } = nth(candidates, 0);

    expect(await makeClaim(world, { by: nth(candidates, 1).by, applicationId, grounds, text })).toMatchObject(
      { error: { kind: 'not-found' } },
    );
  });
});

describe('deciding a claim', () => {
  it('upheld corrects the total in the same transaction, and the final results follow it', async () => {
    const { world, roundId, candidates } = await published();
    const { id: claimId } = granted(await makeClaim(world, { ...nth(candidates, 1), grounds, text })).state;
    const corrected = { scoring: 90 };

    granted(await uphold(world, { by: chair, roundId, claimId, reason: 'Қате табылды.', corrected }));

    expect(world.records.commits.at(-1)?.changes.map(({ aggregate }) => aggregate)).toEqual([
      'claim',
      'corrections',
    ]);
    expect([...world.records.outbox.keys()]).toContain(`claim-decided#${claimId}`);
    world.clock.to(deadline);
    const gate = granted(await drawUpProposal(world, { by: secretary, roundId }));
    const { standings } = await listOf(world, gate.state.proposal);
    expect(standings.map(({ total, rank }) => [total, rank])).toEqual([
      [81.6, 1],
      [70, 2],
      [undefined, undefined],
    ]);
    expect(standings[0]?.applicationId).toBe(nth(candidates, 1).applicationId);
  });

  it('brings somebody who was stopped too early into the ranking when both parts are given', async () => {
    const { world, roundId, candidates } = await published();
    const { id: claimId } = granted(await makeClaim(world, { ...nth(candidates, 2), grounds, text })).state;
    const corrected = { scoring: 60, interview: 60 };
    granted(await uphold(world, { by: chair, roundId, claimId, reason: 'Құжат бар екен.', corrected }));
    world.clock.to(deadline);

    const gate = granted(await drawUpProposal(world, { by: secretary, roundId }));

    const { standings } = await listOf(world, gate.state.proposal);
    expect(standings.at(-1)).toMatchObject({ rank: 3, total: 60, outcome: 'goes-on' });
  });

  it('is final, needs a reason, and a correction where it is upheld', async () => {
    const { world, roundId, candidates } = await published();
    const { id: claimId } = granted(await makeClaim(world, { ...nth(candidates, 0), grounds, text })).state;
    const decision = { by: chair, roundId, claimId };

    expect(await settleClaim(world, { ...decision, reason: ' ', verdict: 'rejected' })).toMatchObject({
      error: { kind: 'reason-needed' },
    });
    expect(
      await settleClaim(world, { ...decision, reason: 'Иә.', verdict: 'upheld', corrected: {} }),
    ).toMatchObject({ error: { kind: 'invalid' } });
    expect(
      await settleClaim(world, {
        ...decision,
        reason: 'Иә.',
        verdict: 'upheld',
        corrected: { scoring: 101 },
      }),
    ).toMatchObject({ error: { faults: [{ place: 'scoring' }] } });
    const rejected = { ...decision, reason: 'Балл дұрыс.', verdict: 'rejected' } as const;
    const once = granted(await settleClaim(world, rejected));
    expect(granted(await settleClaim(world, rejected)), 'a second press').toEqual(once);
    const other = await settleClaim(world, { ...rejected, reason: 'Басқа.' });
    expect(other).toMatchObject({ error: { kind: 'already-decided' } });
  });
});

describe('a claim that is decided', () => {
  it('falls to a member when the chair has a conflict of interest, and to nobody else', async () => {
    const scene = await published();
    const { world, roundId, candidates } = scene;
    const { id: claimId } = granted(await makeClaim(world, { ...nth(candidates, 0), grounds, text })).state;
    const decision = { roundId, claimId, reason: 'Балл дұрыс.', verdict: 'rejected' } as const;

    expect(await settleClaim(world, { ...decision, by: nth(members, 0) })).toMatchObject({
      error: { kind: 'not-allowed' },
    });
    await conflict(scene, { by: chair.id, about: 0 });
    expect(await settleClaim(world, { ...decision, by: chair })).toMatchObject({
      error: { kind: 'conflict-of-interest' },
    });
    granted(await settleClaim(world, { ...decision, by: nth(members, 0) }));
    const seen = granted(await committeeClaims(world, { by: chair, roundId }));
    expect(seen.claims).toEqual([]);
  });
});

describe('a claim of somebody who withdrew the consent', () => {
  it('is listed by number, and what they typed is neither shown nor read', async () => {
    const { world, roundId, candidates } = await published();
    const mine = nth(candidates, 1);
    granted(await makeClaim(world, { ...mine, grounds, text }));
    const visit = async () => granted(await committeeClaims(world, { by: chair, roundId })).claims;
    expect((await visit())[0]?.texts.text).toBe(text);
    const log = () => world.readLog.of(`application#${mine.applicationId}`);
    const before = await log();

    granted(await withdrawConsent(world, mine));
    expect((await visit()).map(({ texts }) => texts)).toEqual([{ text: '', reason: '', earlier: [] }]);
    expect(await log()).toEqual(before);
  });
});

describe('the final results', () => {
  it('wait for the end of the window and for every open claim', async () => {
    const { world, roundId, candidates } = await published();
    granted(await makeClaim(world, { ...nth(candidates, 0), grounds, text }));
    const draw = { by: secretary, roundId };

    expect(await drawUpProposal(world, draw)).toMatchObject({
      error: { kind: 'too-early', until: deadline },
    });
    world.clock.to(deadline);
    expect(await drawUpProposal(world, draw)).toEqual({
      ok: false,
      error: { kind: 'unfinished-work', remaining: 1, of: 'claims' },
    });
  });

  it('never miss a decision that was made while they were drawn up', async () => {
    const { world, roundId, candidates } = await published();
    const { id: claimId } = granted(await makeClaim(world, { ...nth(candidates, 1), grounds, text })).state;
    world.clock.to(deadline);
    const corrected = { interview: 100 };
    const settle = { by: chair, roundId, claimId, reason: 'Қате.', corrected };
    world.records.interfere(() => uphold(world, settle));

    const gate = granted(await drawUpProposal(world, { by: secretary, roundId }));

    const { standings } = await listOf(world, gate.state.proposal);
    expect(standings[0]).toMatchObject({
      applicationId: nth(candidates, 1).applicationId,
      interview: 100,
    });
  });

  it('leave out who has withdrawn', async () => {
    const { world, roundId, candidates } = await published();
    const { applicationId } = nth(candidates, 0);
    const before = await world.records.find(candidacyAggregate, applicationId);
    const { change } = changed(candidacyAggregate, applicationId, before, [
      { type: 'candidacy-withdrawn', at: world.clock.now() },
    ]);
    granted(await world.records.commit({ by: chair, changes: [change] }));
    world.clock.to(deadline);

    const gate = granted(await drawUpProposal(world, { by: secretary, roundId }));

    const { standings } = await listOf(world, gate.state.proposal);
    expect(standings.map(({ rank, reasons }) => ({ rank, reasons }))).toEqual([
      { rank: 1, reasons: [] },
      expect.objectContaining({ rank: undefined }),
      expect.objectContaining({ rank: undefined }),
    ]);
    expect(standings.find((one) => one.applicationId === applicationId)?.reasons).toEqual(['withdrawn']);
  });
});
