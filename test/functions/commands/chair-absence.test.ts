import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { recordAbsence, recordReturn } from '#functions/commands/chairing.ts';
import { moveDiscussionOf, openDiscussionOf } from '#functions/commands/discussions.ts';
import { advanceRound, undoLastAdvance } from '#functions/commands/gate-decision.ts';
import { drawUpProposal, vote } from '#functions/commands/gate-work.ts';
import { gateOfRound, openGate } from '#functions/commands/gates.ts';
import type { Person } from '#functions/commands/workplace.ts';
import type { Move } from '#shared/domain/discussion-decisions.ts';
import type { VoteChoice } from '#shared/domain/gate.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import {
  aScreeningIn,
  chair,
  dana,
  erlan,
  leaves,
  members,
  roundIn,
  seatIn,
  secretary,
  stranger,
} from '#test/builders/selection.ts';

const reason = 'Ill since Monday';

const electing = (): Uint8Array => {
  const file = aRoundFile();
  const { source, confidence, verifiedOn } = file.committee;
  const absentChair = { replacedBy: 'elected' as const, source, confidence, verifiedOn };
  const committee = { ...file.committee, absentChair };
  return new TextEncoder().encode(JSON.stringify({ ...file, committee }));
};

/** A list on the table. @param closedTo who is in conflict with its first application */
const aList = async ({
  file = electing(),
  closedTo = [],
}: {
  file?: Uint8Array;
  closedTo?: Person[];
} = {}) => {
  const world = aWorld();
  const { roundId, applications } = await aScreeningIn(world, undefined, file);
  const { id: applicationId } = nth(applications, 0);
  await inConflictWith(
    world,
    roundId,
    applicationId,
    closedTo.map(({ id }) => id),
  );
  const { proposal } = granted(await drawUpProposal(world, { by: secretary, roundId })).state;
  if (!proposal) throw new Error('Nothing lies on the table.');
  return {
    world,
    roundId,
    proposal,
    numbers: applications.map(({ number }) => number),
    cast: (by: Person, choice: VoteChoice = 'for') =>
      vote(world, { by, roundId, proposal, choice, reason: choice === 'for' ? '' : 'No' }),
    away: (standIn: Person, why = reason) =>
      recordAbsence(world, { by: secretary, roundId, standIn: standIn.id, reason: why }),
    back: () => recordReturn(world, { by: secretary, roundId }),
    advance: (by: Person) => advanceRound(world, { by, roundId, proposal }),
  };
};

const notAllowed = { ok: false, error: { kind: 'not-allowed' } };

describe('at a gate whose chair is recorded as away', () => {
  it('who was elected has the deciding vote and decides, and the chair does neither', async () => {
    const { away, cast, advance } = await aList();
    expect(await advance(dana)).toEqual(notAllowed);
    granted(await away(dana));
    const [a, b, c, d] = [nth(members, 0), nth(members, 1), nth(members, 2), nth(members, 3)];
    granted(await cast(a));
    granted(await cast(b));
    granted(await cast(c, 'against'));
    granted(await cast(d, 'against'));

    expect(await cast(chair)).toMatchObject({ error: { kind: 'chair-away' } });
    expect(await advance(chair)).toMatchObject({ error: { kind: 'chair-away' } });
    expect(await advance(erlan)).toEqual(notAllowed);
    granted(await advance(dana));
  });

  it('a tie that the elected one votes against is not carried', async () => {
    const { away, cast, advance } = await aList();
    granted(await away(dana));
    for (const by of members) granted(await cast(by, by === dana || by === erlan ? 'against' : 'for'));
    expect(await advance(dana)).toMatchObject({ error: { kind: 'not-carried' } });
  });

  it('a conflict of interest keeps who was elected from an application as it would the chair', async () => {
    const { world, roundId, away, cast, advance } = await aList({ closedTo: [dana] });
    granted(await away(dana));
    for (const by of members) granted(await cast(by));
    // The quorum is four of five, and on that application only three are left.
    expect(await advance(dana)).toMatchObject({ error: { kind: 'recused-undecided', applications: 1 } });
    const gate = await gateOfRound(world.records, await roundIn(world, roundId));
    expect(gate?.state.absence).toMatchObject({ standIn: dana.id });
  });

  it('the chair chairs again once they are back, and votes that were given stay', async () => {
    const { away, back, cast, advance } = await aList();
    granted(await away(dana));
    for (const by of members) granted(await cast(by));
    granted(await back());
    granted(await back());
    expect(await advance(dana)).toEqual(notAllowed);
    granted(await cast(chair));
    granted(await advance(chair));
  });

  it('it holds for that stage alone, and who chairs the next one may take its decision back', async () => {
    const { world, roundId, away, cast, advance } = await aList();
    granted(await away(dana));
    for (const by of members) granted(await cast(by));
    granted(await advance(dana));
    granted(await openGate(world, { roundId, token: 'scoring' }));
    const undo = (by: Person) => undoLastAdvance(world, { by, roundId, reason: 'Counted wrongly' });

    expect(await undo(dana)).toEqual(notAllowed);
    granted(await away(dana));
    expect(await undo(chair)).toMatchObject({ error: { kind: 'chair-away' } });
    granted(await undo(dana));
  });
});

it('an ordinary member neither decides, nor takes a decision back, whether the chair is away or not', async () => {
  const { world, roundId, away, cast, advance } = await aList();
  const undo = (by: Person) => undoLastAdvance(world, { by, roundId, reason: 'Counted wrongly' });
  for (const by of members) granted(await cast(by));
  for (const by of members) expect(await advance(by)).toEqual(notAllowed);
  granted(await advance(chair));
  granted(await openGate(world, { roundId, token: 'scoring' }));
  for (const by of members) expect(await undo(by)).toEqual(notAllowed);
  granted(await away(dana));
  expect(await undo(erlan)).toEqual(notAllowed);
});

describe('who was elected', () => {
  it('chairs nothing once they have left, and nobody does until somebody else is elected', async () => {
    const { world, roundId, away, cast, advance } = await aList();
    granted(await away(dana));
    for (const by of members) if (by !== dana) granted(await cast(by));
    await leaves(world, roundId, dana);
    for (const by of members.filter((one) => one !== dana)) expect(await advance(by)).toEqual(notAllowed);
    granted(await away(erlan));
    granted(await advance(erlan));
  });

  it('makes way for whoever is appointed to the chair', async () => {
    const { world, roundId, away, cast, advance } = await aList();
    granted(await away(dana));
    for (const by of members) granted(await cast(by));
    await leaves(world, roundId, chair);
    await seatIn(world, roundId, [[stranger, 'chair']]);
    expect(await advance(dana)).toEqual(notAllowed);
    granted(await cast(stranger));
    granted(await advance(stranger));
  });

  it('leads discussions, which the chair who is away is not in the room for', async () => {
    const { world, roundId, away, numbers } = await aList();
    const open = (by: Person) =>
      openDiscussionOf(world, { by, roundId, suggested: false, numbers, absent: [] });
    expect(await open(dana)).toEqual(notAllowed);
    granted(await away(dana));
    expect(await open(chair)).toEqual(notAllowed);
    granted(await open(dana));
    const take = (seen: number, move: Move) => moveDiscussionOf(world, { by: dana, roundId, seen, move });
    granted(await take(1, { kind: 'take-up', place: 1 }));
    granted(await take(2, { kind: 'close' }));
    const meetings = (await gateOfRound(world.records, await roundIn(world, roundId)))?.state.meetings;
    expect(meetings?.[0]?.present.toSorted()).toEqual(members.map(({ id }) => id).toSorted());
  });
});

describe('an absence', () => {
  it('needs a rule, a reason, and a voter who is not the chair', async () => {
    const { away } = await aList();
    expect(await away(dana, ' ')).toMatchObject({ error: { kind: 'reason-needed' } });
    for (const nobody of [chair, secretary, stranger]) {
      expect(await away(nobody)).toEqual({ ok: false, error: { kind: 'not-found', what: 'person' } });
    }
    const without = await aList({ file: new TextEncoder().encode(JSON.stringify(aRoundFile())) });
    expect(await without.away(dana)).toEqual({ ok: false, error: { kind: 'no-stand-in' } });
  });

  it('is not recorded while the vote of the chair lies on the table', async () => {
    const { away, cast } = await aList();
    granted(await cast(chair));
    expect(await away(dana)).toEqual({ ok: false, error: { kind: 'vote-stands' } });
  });

  it('is written once however often it is pressed, and another one may be elected', async () => {
    const { world, roundId, away } = await aList();
    await Promise.all([away(dana), away(dana)]);
    granted(await away(dana));
    granted(await away(erlan));
    const gate = await gateOfRound(world.records, await roundIn(world, roundId));
    const history = await world.records.history('gate', gate?.id ?? '');
    const told = history.filter(({ fact }) => fact.type === 'chair-absent');
    expect(told).toHaveLength(2);
    expect(told.at(-1)?.fact).toMatchObject({ standIn: erlan.id });
    expect(gate?.state.absence?.standIn).toBe(erlan.id);
  });
});

describe('the page of the gate', () => {
  it('lets the secretary record it, tells everybody, and gives the button to who was elected', async () => {
    const { world, roundId, cast } = await aList();
    const site = aCommitteeSite(world);
    const [own, elected, other] = [
      await site.signIn(secretary),
      await site.signIn(dana),
      await site.signIn(erlan),
    ];
    const at = `/en/committee/rounds/${roundId}`;
    const typed = { press: '', standIn: dana.id, absenceReason: '' };
    const nobody = await own.post(`${at}/chair-absence`, { standIn: '', absenceReason: reason });
    expect(nobody.status).toBe(422);
    expect(nobody.text).toContain('href="#standIn"');
    expect(nobody.text).toContain(reason);
    const unreasoned = await own.post(`${at}/chair-absence`, typed);
    expect(unreasoned.status).toBe(422);
    const recorded = await own.post(`${at}/chair-absence`, { ...typed, absenceReason: reason });
    expect(recorded.status).toBe(303);
    for (const by of members) granted(await cast(by));

    const read = async (seat: typeof own) => parse((await seat.get(at)).text);
    const shown = (await read(other)).text;
    expect(shown).toContain('The chair is away.');
    expect(shown).toContain(reason);
    const buttons = async (seat: typeof own) =>
      (await read(seat)).querySelectorAll('form').map((form) => form.getAttribute('action') ?? '');
    expect(await buttons(elected)).toContain(`${at}/advance`);
    expect(await buttons(other)).not.toContain(`${at}/advance`);
    expect((await own.post(`${at}/chair-absence`, { press: 'back' })).status).toBe(303);
    expect((await read(other)).text).not.toContain('The chair is away.');
  });
});
