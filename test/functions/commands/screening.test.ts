import { describe, expect, it } from 'vitest';
import { withdrawApplication } from '#functions/commands/applications.ts';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { openGate } from '#functions/commands/gates.ts';
import { judgeApplication, prepareAgain } from '#functions/commands/screening.ts';
import { prepareScreening } from '#functions/commands/screening-preparation.ts';
import { ratersAssigned, screeningPrepared } from '#functions/steps/prepared.ts';
import { candidaciesOf, candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { ApplicationId, type RoundId } from '#shared/domain/ids.ts';
import { StandingList } from '#shared/domain/standing.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import {
  aClosedCallIn,
  anApplicant,
  anIin,
  aScreeningIn,
  candidacyOf,
  dana,
  erlan,
  gateIn,
  leaves,
  secretary,
  stranger,
} from '#test/builders/selection.ts';

/** Somebody who teaches what the round does not look for. */
const historian = { subjects: ['history'] };

const nth = <T>(list: readonly T[], index: number): T => {
  const found = list[index];
  if (found === undefined) throw new Error(`There is no number ${index}.`);
  return found;
};

const judge = (world: World, roundId: Parameters<typeof prepareScreening>[1], id: ApplicationId, over = {}) =>
  judgeApplication(world, {
    by: dana,
    roundId,
    applicationId: id,
    verdict: 'admitted',
    reason: 'Two years of history at a shortage school.',
    ...over,
  });

/** Two applications at the gate of screening, one of which the program has no word about. */
const withHistorian = async () => {
  const world = aWorld();
  const { roundId, applications } = await aScreeningIn(world, [{}, historian]);
  return { world, roundId, unclear: nth(applications, 1).id };
};

const withPeople = (world: World) => ({ ...world, people: memoryPeople() });

describe('preparing a screening', () => {
  it('opens a candidacy for each submitted application, with nothing that names anyone', async () => {
    const world = aWorld();
    const { roundId, applications } = await aClosedCallIn(world, [{ fullName: 'MARKER NAME' }, {}]);

    expect(await screeningPrepared(withPeople(world), roundId)).toEqual({ roundId, ready: 'screening' });

    const { items } = await world.records.list(candidacyAggregate, 'list', candidaciesOf(roundId));
    expect(items.map(({ id }) => id).toSorted()).toEqual(applications.map(({ id }) => id).toSorted());
    const history = await world.records.history('candidacy', nth(applications, 0).id);
    for (const secret of ['MARKER', anIin(0), nth(applications, 0).personId]) {
      expect(JSON.stringify(history)).not.toContain(secret);
    }
  });

  it('again, or after a crash in the middle, opens what is left and touches nothing else', async () => {
    const world = aWorld();
    const { roundId, applications } = await aClosedCallIn(
      world,
      Array.from({ length: 40 }, () => ({})),
    );
    const { commit } = world.records;
    let commits = 0;
    const failing = {
      ...world,
      records: {
        ...world.records,
        commit: (one: Parameters<typeof commit>[0]) => {
          commits += 1;
          if (commits === 2) throw new Error('The machine was switched off.');
          return commit(one);
        },
      },
    };

    await expect(prepareScreening(failing, roundId)).rejects.toThrow('switched off');
    const first = await candidacyOf(world, ApplicationId.parse(world.records.commits.at(-1)?.changes[0]?.id));
    expect(await prepareScreening(world, roundId)).toBe('done');
    expect(await prepareScreening(world, roundId)).toBe('done');

    const { items } = await world.records.list(candidacyAggregate, 'list', candidaciesOf(roundId));
    expect(items).toHaveLength(applications.length);
    expect(items.every(({ version }) => version === 1)).toBe(true);
    expect(await candidacyOf(world, first.applicationId)).toEqual(first);
  });

  it('asks for another go when an application was withdrawn in between, and then leaves it out', async () => {
    const world = aWorld();
    const { roundId, applications } = await aClosedCallIn(world);
    const { id: applicationId } = nth(applications, 1);
    world.records.interfere(() =>
      withdrawApplication(world, { by: anApplicant(1), applicationId, reasonCode: 'personal' }),
    );

    expect(await screeningPrepared(withPeople(world), roundId)).toEqual({ roundId, ready: 'unready' });
    expect(await screeningPrepared(withPeople(world), roundId)).toEqual({ roundId, ready: 'screening' });
    const { items } = await world.records.list(candidacyAggregate, 'list', candidaciesOf(roundId));
    expect(items).toHaveLength(2);
  });

  it('sends the machine back to the record where the round is elsewhere', async () => {
    const world = aWorld();
    const { roundId } = await aScreeningIn(world);

    expect(await ratersAssigned(world, roundId)).toEqual({ roundId, ready: 'unready' });
  });

  it('names by number alone who gave the same IIN, and lets a person decide about each', async () => {
    const world = aWorld();
    const { applications } = await aScreeningIn(world, [{}, { iin: anIin(0) }, {}]);
    const [one, other] = [nth(applications, 0), nth(applications, 1)];

    expect((await candidacyOf(world, one.id)).screened).toMatchObject({
      sameIin: [other.number],
      proposal: 'unclear',
    });
    expect((await candidacyOf(world, other.id)).screened.sameIin).toEqual([one.number]);
    expect((await candidacyOf(world, nth(applications, 2).id)).screened.proposal).toBe('admitted');
  });
});

describe('an applicant who withdraws', () => {
  it('leaves the selection in the same transaction, and stops in the proposal', async () => {
    const world = aWorld();
    const { roundId, applications } = await aScreeningIn(world);
    const { id: applicationId } = nth(applications, 1);

    granted(await withdrawApplication(world, { by: anApplicant(1), applicationId, reasonCode: 'personal' }));

    expect((await candidacyOf(world, applicationId)).withdrawnAt).toBe(world.clock.now());
    expect(await judge(world, roundId, applicationId)).toMatchObject({ error: { kind: 'not-in-stage' } });
    granted(await drawUpProposal(world, { by: secretary, roundId }));
    const list = await listIn(world, roundId);
    expect(list.standings.find((one) => one.applicationId === applicationId)).toMatchObject({
      outcome: 'stops',
      reasons: ['withdrawn'],
    });
  });

  it('while the application is being opened is out of the proposal all the same', async () => {
    const world = aWorld();
    const { roundId, applications } = await aClosedCallIn(world);
    const { id: applicationId } = nth(applications, 1);
    world.records.interfere(() => prepareScreening(world, roundId));

    granted(await withdrawApplication(world, { by: anApplicant(1), applicationId, reasonCode: 'personal' }));

    expect((await candidacyOf(world, applicationId)).withdrawnAt).toBeUndefined();
    granted(await openGate(world, { roundId, token: 'screening' }));
    granted(await drawUpProposal(world, { by: secretary, roundId }));
    const list = await listIn(world, roundId);
    expect(list.standings.find((one) => one.applicationId === applicationId)?.reasons).toEqual(['withdrawn']);
  });
});

const listIn = async (world: World, roundId: RoundId): Promise<StandingList> =>
  StandingList.parse(JSON.parse(await world.records.blob((await gateIn(world, roundId))?.proposal ?? '')));

describe('judging an application', () => {
  it('stores the typed reason apart from the event', async () => {
    const { world, roundId, unclear } = await withHistorian();

    const { state } = granted(await judge(world, roundId, unclear, { reason: 'MARKER' }));

    expect(state.judgement).toMatchObject({ verdict: 'admitted', by: dana.id });
    expect(JSON.stringify(await world.records.history('candidacy', unclear))).not.toContain('MARKER');
    const ref = state.judgement?.reason;
    expect(ref && (await world.records.document(ref))).toEqual({ reason: 'MARKER' });
  });

  it('is for voting members of this committee', async () => {
    const { world, roundId, unclear } = await withHistorian();

    expect(await judge(world, roundId, unclear, { by: stranger })).toMatchObject({
      error: { kind: 'not-found', what: 'round' },
    });
    expect(await judge(world, roundId, unclear, { by: secretary })).toMatchObject({
      error: { kind: 'not-allowed' },
    });
    await leaves(world, roundId, dana);
    expect(await judge(world, roundId, unclear)).toMatchObject({ error: { kind: 'not-found' } });
  });

  it('is refused with a conflict of interest, also one declared between reading and judging', async () => {
    const { world, roundId, unclear } = await withHistorian();
    world.records.interfere(() => declareOwnConflict(world, { by: dana, roundId, applicationId: unclear }));

    expect(await judge(world, roundId, unclear)).toEqual({
      ok: false,
      error: { kind: 'conflict-of-interest' },
    });
    expect((await candidacyOf(world, unclear)).judgement).toBeUndefined();
    expect(await judge(world, roundId, unclear, { by: erlan })).toMatchObject({ ok: true });
  });

  it('stands still while a proposal lies on the table, also one drawn up in between', async () => {
    const { world, roundId, unclear } = await withHistorian();
    granted(await judge(world, roundId, unclear));
    world.records.interfere(() => drawUpProposal(world, { by: secretary, roundId }));

    const late = await judge(world, roundId, unclear, { verdict: 'refused' });

    expect(late).toEqual({ ok: false, error: { kind: 'proposal-on-table' } });
    expect((await candidacyOf(world, unclear)).judgement?.verdict).toBe('admitted');
  });
});

describe('the proposal of screening', () => {
  it('cannot be drawn up while somebody unclear is not judged', async () => {
    const world = aWorld();
    const { roundId } = await aScreeningIn(world, [{}, historian, historian]);

    expect(await drawUpProposal(world, { by: secretary, roundId })).toEqual({
      ok: false,
      error: { kind: 'unfinished-work', remaining: 2 },
    });
  });

  it('waits for an application that the step did not see, until the secretary fetches it', async () => {
    const world = aWorld();
    const { roundId, applications } = await aClosedCallIn(world);
    const late = nth(applications, 2).id;
    const { list } = world.records;
    const lagging: World['records'] = {
      ...world.records,
      list: async (...asked) => {
        const page = await list(...asked);
        return { ...page, items: page.items.filter(({ id }) => id !== late) };
      },
    };
    expect(await prepareScreening({ ...world, records: lagging }, roundId)).toBe('done');
    granted(await openGate(world, { roundId, token: 'screening' }));

    expect(await drawUpProposal(world, { by: secretary, roundId })).toMatchObject({
      error: { kind: 'unfinished-work', remaining: 1 },
    });
    granted(await prepareAgain(withPeople(world), { by: secretary, roundId }));
    expect(await drawUpProposal(world, { by: secretary, roundId })).toMatchObject({ ok: true });
  });

  it('admits and refuses by number, with the codes of why', async () => {
    const world = aWorld();
    const { roundId, applications } = await aScreeningIn(world, [{}, historian, historian]);
    const [fine, admitted, refused] = applications.map(({ id }) => id);
    if (!fine || !admitted || !refused) throw new Error('Three applied.');
    granted(await judge(world, roundId, admitted));
    granted(await judge(world, roundId, refused, { verdict: 'refused', reason: 'MARKER' }));

    granted(await drawUpProposal(world, { by: secretary, roundId }));

    const text = await world.records.blob((await gateIn(world, roundId))?.proposal ?? '');
    const outcomes = new Map(
      StandingList.parse(JSON.parse(text)).standings.map((one) => [one.applicationId, one]),
    );
    expect(outcomes.get(fine)).toMatchObject({ outcome: 'goes-on', reasons: [] });
    expect(outcomes.get(admitted)).toMatchObject({ outcome: 'goes-on', reasons: [] });
    expect(outcomes.get(refused)).toMatchObject({ outcome: 'stops', reasons: ['wanted-subject'] });
    expect(text).not.toContain('MARKER');
  });
});
