import { describe, expect, it } from 'vitest';
import { evolveAll } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, ApplicationNumber, PersonId, PlacementId, RoundId } from '#shared/domain/ids.ts';
import { type Placement, type PlacementEvent, placementAggregate } from '#shared/domain/placement.ts';
import {
  closePlacement,
  nameSchool,
  nextReminder,
  openPlacement,
  outstanding,
  owing,
  remindOwners,
  restartPlacement,
  tickItem,
  untickItem,
} from '#shared/domain/placement-decisions.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';
import { madeAt, offerId, vacancyCode } from '#test/builders/offered.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';

const file = aRoundFile();
const opening = {
  id: PlacementId.parse('P'.repeat(20)),
  applicationId: ApplicationId.parse('APP11CAT100000000000'),
  roundId: RoundId.parse('R0VND000000000000000'),
  number: ApplicationNumber.parse('KZ19-7Q4M-0C2X'),
  offer: offerId('A'),
  vacancy: vacancyCode('MAT-001'),
};
const person = (letter: string) => PersonId.parse(letter.repeat(20));
const school = { id: person('S'), owner: 'school' } as const;
const applicant = { id: person('A'), owner: 'applicant' } as const;
const administrator = { id: person('B'), owner: 'administrator' } as const;
const reason = { owner: 'round#R#X', kind: 'reason', version: 1, digest: sha256Of('reason') } as const;

const after = (
  placement: Placement | undefined,
  decision: Result<PlacementEvent[], Refusal> | PlacementEvent[],
): Placement => {
  if (!Array.isArray(decision) && !decision.ok) throw new Error(`Refused: ${decision.error.kind}`);
  const events = Array.isArray(decision) ? decision : decision.value;
  const state = evolveAll(placementAggregate, placement, events);
  if (!state) throw new Error('No placement.');
  return state;
};

const opened = after(undefined, openPlacement(opening, file, madeAt));
const owners = { school, applicant, administrator };
const allRequired = opened.items
  .filter(({ required }) => required)
  .reduce(
    (placement, { code, owner }) => after(placement, tickItem(placement, code, owners[owner], madeAt)),
    opened,
  );

describe('a placement', () => {
  it('begins with the checklist of the round file, each item due by the end of a working day', () => {
    expect(opened.items.map(({ code, owner, dueAt }) => `${code} ${owner} ${dueAt}`)).toEqual([
      'contract school 2022-11-28T18:00:00.000Z',
      'criminal-record applicant 2022-11-28T18:00:00.000Z',
      'health applicant 2022-11-28T18:00:00.000Z',
      'housing administrator 2022-12-05T18:00:00.000Z',
      'mentor school 2022-12-05T18:00:00.000Z',
      'arrival school 2022-12-12T18:00:00.000Z',
      'kindergarten administrator 2022-12-12T18:00:00.000Z',
    ]);
    expect(opened.status).toBe('open');
  });

  it('has each item ticked by its owner and by nobody else', () => {
    const ticked = after(opened, tickItem(opened, 'health', applicant, madeAt));

    expect(ticked.items.find(({ code }) => code === 'health')?.done).toEqual({
      at: madeAt,
      by: applicant.id,
    });
    expect(tickItem(opened, 'health', school, madeAt)).toEqual({ ok: false, error: { kind: 'not-allowed' } });
    expect(tickItem(opened, 'nothing', school, madeAt)).toMatchObject({ error: { kind: 'not-found' } });
    expect(tickItem(ticked, 'health', applicant, madeAt)).toEqual({ ok: true, value: [] });
  });

  it('is complete once every required item is done, though an optional one is not', () => {
    expect(allRequired.status).toBe('complete');
    expect(outstanding(allRequired)).toEqual([]);
    expect(owing(allRequired)).toEqual(['administrator']);
  });

  it('has a wrong tick taken back with a reason, and is open again', () => {
    const undo = { code: 'arrival', reason };
    const undone = after(allRequired, untickItem(allRequired, undo, school, madeAt));

    expect(undone.status).toBe('open');
    expect(undone.endedAt).toBeUndefined();
    expect(untickItem(allRequired, { code: 'arrival', reason: undefined }, school, madeAt)).toEqual({
      ok: false,
      error: { kind: 'reason-needed' },
    });
    expect(untickItem(allRequired, undo, applicant, madeAt)).toMatchObject({
      error: { kind: 'not-allowed' },
    });
    expect(untickItem(opened, undo, school, madeAt)).toEqual({ ok: true, value: [] });
  });

  it('is found by the school contact who was named last', () => {
    const named = after(opened, nameSchool(opened, { personId: school.id, by: administrator.id }, madeAt));

    expect(placementAggregate.lists(named).owner?.key).toBe(`SCHOOL#${school.id}`);
    expect(placementAggregate.lists(opened).owner).toBeUndefined();
    expect(nameSchool(named, { personId: school.id, by: administrator.id }, madeAt)).toEqual({
      ok: true,
      value: [],
    });
  });

  it('is closed for ever when the person has withdrawn', () => {
    const closed = after(opened, closePlacement(opened, madeAt));

    expect(closed.status).toBe('closed');
    expect(closePlacement(closed, madeAt)).toEqual([]);
    expect(tickItem(closed, 'health', applicant, madeAt)).toMatchObject({ error: { kind: 'offer-ended' } });
    expect(nameSchool(closed, { personId: school.id, by: administrator.id }, madeAt).ok).toBe(false);
  });
});

describe('reminders of a placement', () => {
  it('come in the morning, every few working days, to those who have something to do', () => {
    const first = nextReminder(opened, file);
    const [reminded] = remindOwners(opened, file, first);

    expect(first).toBe(at('2022-11-21T03:00'));
    expect(reminded?.owners).toEqual(['school', 'applicant', 'administrator']);
    expect(nextReminder(after(opened, reminded ? [reminded] : []), file)).toBe(at('2022-11-28T03:00'));
  });

  it('do not come early, and not once everything required is done', () => {
    expect(remindOwners(opened, file, at('2022-11-21T02:59'))).toEqual([]);
    expect(remindOwners(allRequired, file, at('2022-12-30T03:00'))).toEqual([]);
  });

  it('go on in another execution for each that was lost', () => {
    const restarted = after(opened, restartPlacement(opened, 1, madeAt));

    expect(restarted.attempt).toBe(2);
    expect(restartPlacement(restarted, 1, madeAt)).toEqual([]);
    expect(restartPlacement(allRequired, 1, madeAt)).toEqual([]);
  });
});
