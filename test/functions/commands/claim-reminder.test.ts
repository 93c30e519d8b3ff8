import { describe, expect, it } from 'vitest';
import { settleClaim } from '#functions/commands/claim-decision.ts';
import { remindOfClaim } from '#functions/commands/claim-reminder.ts';
import { makeClaim } from '#functions/commands/claims.ts';
import { withdrawConsent } from '#functions/commands/data-requests.ts';
import { changed } from '#functions/commands/storing.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { staffAggregate, staffId } from '#shared/domain/staff.ts';
import { grounds, published, text } from '#test/builders/claims.ts';
import { chair, members, nth, secretary } from '#test/builders/interview-scenes.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { granted } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const provenance = { source: 'Sample', confidence: 'unverified', verifiedOn: '2026-11-26' } as const;
const administrator = PersonId.parse('ADM1N000000000000001');

/** A claim of the first, made on Wednesday 2 November; the committee has two working days. */
const aClaim = async (claims: object = { workingDays: 2 }) => {
  const file = aRoundFile({ claims: { workingDays: 2, ...claims, ...provenance } });
  const { world, roundId, candidates } = await published(file);
  const grant = { type: 'role-granted', at: world.clock.now(), personId: administrator } as const;
  const { change } = changed(staffAggregate, staffId, undefined, [{ ...grant, role: 'administrator' }]);
  granted(await world.records.commit({ by: chair, changes: [change] }));
  const mine = nth(candidates, 0);
  const { id: claimId } = granted(await makeClaim(world, { ...mine, grounds, text })).state;
  const rows = [...world.records.outbox.values()].flatMap(({ at: when, body }) =>
    body.kind === 'remind-claim' ? [{ at: when, body }] : [],
  );
  const letters = () =>
    [...world.records.outbox.values()].flatMap(({ body }) =>
      body.kind === 'letter' && body.template.startsWith('committee-claim') ? [body] : [],
    );
  /** Delivers what waits, twice, as a delivery that broke off is tried again. */
  const deliver = async () => {
    for (const row of [...rows, ...rows]) {
      if (row.at > world.clock.now()) world.clock.to(row.at);
      await remindOfClaim(world, row.body);
    }
    return letters().map(({ template, personId }) => [template, personId]);
  };
  return { world, roundId, mine, claimId, rows, letters, deliver };
};

describe('a claim that is not decided', () => {
  it('is called to mind a working day before its last, and to administrators once the time is over, each once', async () => {
    const { rows, letters, deliver } = await aClaim();

    expect(rows.map((row) => [row.body.about, row.at])).toEqual([
      ['due', at('2022-11-03T03:00')],
      ['overdue', at('2022-11-04T18:00')],
    ]);
    expect(await deliver()).toEqual([
      ['committee-claim-due', secretary.id],
      ['committee-claim-due', chair.id],
      ['committee-claim-overdue', administrator],
    ]);
    expect(letters()[0]?.facts).toMatchObject({ number: expect.any(String), dueAt: at('2022-11-04T18:00') });
  });

  it.each([
    [{ remindWorkingDays: 0 }, at('2022-11-04T03:00')],
    [{ workingDays: 1 }, at('2022-11-03T03:00')],
    [{ workingDays: 3, remindWorkingDays: 9 }, at('2022-11-03T03:00')],
  ])('is called to mind when the round file says: %j', async (claims, moment) => {
    const { rows } = await aClaim(claims);

    expect(rows[0]?.at).toBe(moment);
  });

  it('is called to mind by nobody where the round file says no time', async () => {
    const { world, candidates } = await published();
    granted(await makeClaim(world, { ...nth(candidates, 0), grounds, text }));

    expect([...world.records.outbox.values()].filter(({ body }) => body.kind === 'remind-claim')).toEqual([]);
  });

  it('is left alone once it is decided, or whoever made it takes no part any more', async () => {
    const decided = await aClaim();
    const { roundId, claimId } = decided;
    const verdict = { reason: 'Балл дұрыс.', verdict: 'rejected' } as const;
    granted(await settleClaim(decided.world, { by: chair, roundId, claimId, ...verdict }));
    const left = await aClaim();
    granted(await withdrawConsent(left.world, left.mine));

    expect(await decided.deliver()).toEqual([]);
    expect(await left.deliver()).toEqual([]);
  });

  it('is named to nobody with a conflict of interest: who decides in the chair’s place is told', async () => {
    const { world, roundId, mine, deliver } = await aClaim();
    const before = await world.records.find(committeeAggregate, roundId);
    const { change } = changed(
      committeeAggregate,
      roundId,
      before,
      [chair, secretary].map(({ id: memberId }) => ({
        type: 'conflict-declared' as const,
        at: world.clock.now(),
        memberId,
        applicationId: mine.applicationId,
      })),
    );
    granted(await world.records.commit({ by: chair, changes: [change] }));

    expect(await deliver()).toEqual([
      ['committee-claim-due', nth(members, 0).id],
      ['committee-claim-overdue', administrator],
    ]);
  });
});
