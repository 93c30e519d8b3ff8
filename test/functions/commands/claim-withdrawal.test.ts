import { describe, expect, it } from 'vitest';
import { candidateTimeline } from '#functions/commands/application-timeline.ts';
import { settleClaim } from '#functions/commands/claim-decision.ts';
import { remindOfClaim } from '#functions/commands/claim-reminder.ts';
import { makeClaim } from '#functions/commands/claims.ts';
import { committeeClaims } from '#functions/commands/committee-claims.ts';
import { withdrawConsent } from '#functions/commands/data-requests.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { takeBackClaim, viewClaim } from '#functions/commands/own-claim.ts';
import { lookBack } from '#functions/commands/replay.ts';
import type { ClaimEvent } from '#shared/domain/claim.ts';
import { grounds, published, text } from '#test/builders/claims.ts';
import { chair, nth, secretary } from '#test/builders/interview-scenes.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const provenance = { source: 'Sample', confidence: 'unverified', verifiedOn: '2026-11-26' } as const;
const timed = aRoundFile({ claims: { workingDays: 2, ...provenance } });
const deadline = at('2022-11-07T13:00');

/** A claim of the first, made on Wednesday 2 November. */
const aClaim = async () => {
  const { world, roundId, candidates } = await published(timed);
  const mine = nth(candidates, 0);
  const { id: claimId, filedAt } = granted(await makeClaim(world, { ...mine, grounds, text })).state;
  const rejected = { by: chair, roundId, claimId, reason: 'Қате жоқ.', verdict: 'rejected' } as const;
  const events = async () =>
    (await world.records.history('claim', claimId)).map(({ fact }) => fact.type as ClaimEvent['type']);
  const reminders = () =>
    [...world.records.outbox.values()].flatMap(({ at: when, body }) =>
      body.kind === 'remind-claim' ? [{ at: when, body }] : [],
    );
  const letters = () =>
    [...world.records.outbox.values()].flatMap(({ body }) => (body.kind === 'letter' ? [body.template] : []));
  return { world, roundId, candidates, mine, claimId, filedAt, rejected, events, reminders, letters };
};

describe('withdrawing a claim', () => {
  it('keeps what it said, tells its owner alone, and lets nobody decide or wait for it', async () => {
    const { world, roundId, mine, filedAt, rejected, reminders, letters } = await aClaim();
    granted(await takeBackClaim(world, { ...mine, filedAt }));

    expect(letters()).toEqual(expect.arrayContaining(['claim-filed', 'claim-withdrawn']));
    expect(await settleClaim(world, rejected)).toMatchObject({ error: { kind: 'claim-withdrawn' } });
    const read = granted(await committeeClaims(world, { by: chair, roundId }));
    expect(read.claims).toMatchObject([{ claim: { status: 'withdrawn' }, texts: { text } }]);
    for (const row of reminders()) {
      world.clock.to(row.at);
      await remindOfClaim(world, row.body);
    }
    expect(letters().filter((template) => template.startsWith('committee-claim'))).toEqual([]);
    world.clock.to(deadline);
    expect(granted(await committeeClaims(world, { by: chair, roundId })).overdue).toBe(0);
    granted(await drawUpProposal(world, { by: secretary, roundId }));
  });

  it('is one withdrawal however often it is pressed', async () => {
    const { world, mine, filedAt, events, letters } = await aClaim();
    world.records.interfere(() => takeBackClaim(world, { ...mine, filedAt }));
    granted(await takeBackClaim(world, { ...mine, filedAt }));
    granted(await takeBackClaim(world, { ...mine, filedAt }));

    expect(await events()).toEqual(['claim-filed', 'claim-withdrawn']);
    expect(letters().filter((template) => template === 'claim-withdrawn')).toHaveLength(1);
  });

  it('is for its owner, while it is not decided and results are not final', async () => {
    const { world, candidates, mine, filedAt, rejected } = await aClaim();
    const { applicationId } = mine;
    const other = { by: nth(candidates, 1).by, applicationId, filedAt };
    expect(await takeBackClaim(world, other)).toMatchObject({ error: { kind: 'not-found' } });
    expect(await takeBackClaim(world, { ...nth(candidates, 1), filedAt })).toMatchObject({
      error: { kind: 'not-found', what: 'claim' },
    });
    granted(await settleClaim(world, rejected));

    expect(await takeBackClaim(world, { ...mine, filedAt })).toMatchObject({
      error: { kind: 'already-decided' },
    });
  });

  it('at the moment of the decision leaves one of both, and the other is told', async () => {
    const [first, second] = [await aClaim(), await aClaim()];
    first.world.records.interfere(() => settleClaim(first.world, first.rejected));
    expect(await takeBackClaim(first.world, { ...first.mine, filedAt: first.filedAt })).toMatchObject({
      error: { kind: 'already-decided' },
    });
    second.world.records.interfere(() =>
      takeBackClaim(second.world, { ...second.mine, filedAt: second.filedAt }),
    );
    expect(await settleClaim(second.world, second.rejected)).toMatchObject({
      error: { kind: 'claim-withdrawn' },
    });

    expect(await first.events()).toEqual(['claim-filed', 'claim-rejected']);
    expect(await second.events()).toEqual(['claim-filed', 'claim-withdrawn']);
  });

  it('frees the way for another claim, with its own letter, time and text, until the window closes', async () => {
    const { world, roundId, candidates, mine, claimId, filedAt, rejected, reminders, letters } =
      await aClaim();
    const old = reminders();
    granted(await takeBackClaim(world, { ...mine, filedAt }));
    world.clock.to(at('2022-11-03T06:00'));
    const again = { ...mine, grounds: 'procedure', text: 'Басқа себеп.' } as const;
    const made = granted(await makeClaim(world, again));
    expect(granted(await makeClaim(world, again))).toEqual(made);

    expect(made).toMatchObject({
      id: claimId,
      state: { status: 'open', earlier: [{ status: 'withdrawn' }] },
    });
    expect(letters().filter((template) => template === 'claim-filed')).toHaveLength(2);
    expect(await takeBackClaim(world, { ...mine, filedAt }), 'of an old page').toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
    const own = granted(await viewClaim(world, mine)).claim;
    expect([own?.text, own?.earlier]).toEqual(['Басқа себеп.', [{ text, reason: '' }]]);
    for (const row of old) await remindOfClaim(world, row.body);
    expect(letters().filter((template) => template.startsWith('committee-claim'))).toEqual([]);
    const due = reminders().filter(({ body }) => body.since === made.state.filedAt);
    expect(due.map((row) => row.at)).toEqual([at('2022-11-04T03:00'), at('2022-11-07T18:00')]);
    for (const row of due.slice(0, 1)) await remindOfClaim(world, row.body);
    expect(letters().filter((template) => template === 'committee-claim-due')).toHaveLength(2);
    for (const openSince of [undefined, filedAt])
      expect(await settleClaim(world, { ...rejected, openSince }), 'of who read the old one').toMatchObject({
        error: { kind: 'invalid', faults: [{ place: 'openSince' }] },
      });
    const openSince = made.state.filedAt;
    granted(await settleClaim(world, { ...rejected, openSince }));
    const late = nth(candidates, 1);
    const other = granted(await makeClaim(world, { ...late, grounds, text })).state;
    world.clock.to(deadline);
    granted(await takeBackClaim(world, { ...late, filedAt: other.filedAt }));
    expect(await makeClaim(world, { ...late, grounds, text })).toMatchObject({ error: { kind: 'too-late' } });
    granted(await drawUpProposal(world, { by: secretary, roundId }));
  });

  it('stands in the history as it was at each moment', async () => {
    const { world, roundId, mine, filedAt } = await aClaim();
    const before = world.clock.now();
    world.clock.pass(60);
    granted(await takeBackClaim(world, { ...mine, filedAt }));
    const between = world.clock.now();
    world.clock.pass(60);
    granted(await makeClaim(world, { ...mine, grounds: 'other', text: 'Тағы.' }));

    const statusAt = async (moment: typeof before) =>
      granted(await lookBack(world, { by: secretary, roundId, until: () => moment })).stood.claims.map(
        (claim) => [claim.status, claim.grounds],
      );
    expect(await statusAt(before)).toEqual([['open', 'scoring-error']]);
    expect(await statusAt(between)).toEqual([['withdrawn', 'scoring-error']]);
    expect(await statusAt(world.clock.now())).toEqual([['open', 'other']]);
    const asked = { by: chair, roundId, applicationId: mine.applicationId };
    const { events } = granted(await candidateTimeline(world, asked));
    expect(events.flatMap(({ type }) => (type.startsWith('claim-') ? [type] : []))).toEqual([
      'claim-filed',
      'claim-withdrawn',
      'claim-filed',
    ]);
  });

  it('loses both texts where the person withdraws the consent', async () => {
    const { world, roundId, mine, filedAt } = await aClaim();
    granted(await takeBackClaim(world, { ...mine, filedAt }));
    granted(await makeClaim(world, { ...mine, grounds: 'other', text: 'Тағы.' }));
    granted(await withdrawConsent(world, mine));

    const { claims } = granted(await committeeClaims(world, { by: chair, roundId }));
    expect(claims.map(({ texts }) => texts)).toEqual([{ text: '', reason: '', earlier: [] }]);
  });
});
