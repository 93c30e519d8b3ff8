import { describe, expect, it } from 'vitest';
import { askDeferral, grantDeferral, refuseDeferral, releasePlace } from '#functions/commands/deferrals.ts';
import { acceptOffer } from '#functions/commands/offers.ts';
import { promisedTo } from '#functions/commands/promised-entry.ts';
import { type PlacementId, RoundId } from '#shared/domain/ids.ts';
import { type Placement, placementAggregate } from '#shared/domain/placement.ts';
import { nextReminder } from '#shared/domain/placement-decisions.ts';
import { kindsIn, offerTo } from '#test/builders/offer-answers.ts';
import {
  aVacancy,
  candidaciesIn,
  deliverOffersIn,
  offersEndedIn,
  offersIn,
  proposalOnTableIn,
  releasedIn,
  theAdministrator,
} from '#test/builders/offers.ts';
import { aRoundFile, withDeferral } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';

const one = { choices: ['MAT-001'] };

/** Somebody in a post, with what they ask by. */
const placed = async (file = withDeferral()) => {
  const world = aWorld();
  const scene = await releasedIn(world, [one], [aVacancy('MAT-001')], file);
  const { offerId: _, ...own } = await offerTo(world, scene, 0);
  const offer = granted(await acceptOffer(world, await offerTo(world, scene, 0)));
  if (!offer.placementId) throw new Error('No placement was opened.');
  const ask = { ...own, until: '2023-01-16', reason: 'study' } as const;
  const decide = { by: theAdministrator, roundId: scene.roundId, placementId: offer.placementId };
  return { world, ask, decide };
};

const placementIn = async (
  world: World,
  { placementId }: { placementId: PlacementId },
): Promise<Placement> => {
  const found = await world.records.find(placementAggregate, placementId);
  if (!found) throw new Error('It is gone.');
  return found.state;
};

describe('beginning in a post on a later day', () => {
  it('is asked for, and granted: what is to be done and its reminders move, and a letter says so', async () => {
    const { world, ask, decide } = await placed();
    const before = await placementIn(world, decide);

    granted(await askDeferral(world, ask));
    const asked = await placementIn(world, decide);
    granted(await grantDeferral(world, decide));

    const after = await placementIn(world, decide);
    expect(asked).toMatchObject({ deferral: { status: 'asked', until: '2023-01-16' }, items: before.items });
    expect(after.deferral).toMatchObject({ status: 'granted', decided: { by: theAdministrator.id } });
    for (const [index, { dueAt }] of after.items.entries()) {
      expect(dueAt > (before.items[index]?.dueAt ?? '')).toBe(true);
    }
    expect(nextReminder(before, aRoundFile()) < at('2022-12-01T00:00')).toBe(true);
    expect(nextReminder(after, aRoundFile()) > at('2023-01-17T00:00')).toBe(true);
    expect(kindsIn(world)).toContain('onboarding-deferred');
  });

  it('by two presses at once is asked, and granted, once', async () => {
    const { world, ask, decide } = await placed();
    world.records.interfere(() => askDeferral(world, ask));
    granted(await askDeferral(world, ask));
    world.records.interfere(() => grantDeferral(world, decide));
    granted(await grantDeferral(world, decide));

    const history = await world.records.history('placement', decide.placementId);
    expect(history.map(({ fact }) => fact.type)).toEqual([
      'placement-opened',
      'deferral-asked',
      'deferral-granted',
    ]);
    expect(kindsIn(world).filter((kind) => kind === 'onboarding-deferred')).toHaveLength(1);
  });

  it('is refused with a reason and leaves every day as it was; a stale page cannot grant it then', async () => {
    const { world, ask, decide } = await placed();
    const before = await placementIn(world, decide);
    granted(await askDeferral(world, ask));

    const unsaid = await refuseDeferral(world, { ...decide, reason: ' ' });
    granted(await refuseDeferral(world, { ...decide, reason: 'The school needs somebody now.' }));
    const late = await grantDeferral(world, decide);

    expect(unsaid).toMatchObject({ error: { kind: 'reason-needed' } });
    expect(late).toMatchObject({ error: { kind: 'changed-meanwhile' } });
    expect((await placementIn(world, decide)).items).toEqual(before.items);
    expect(kindsIn(world)).toContain('onboarding-not-deferred');
  });

  it.for([
    ['a day that is over', '2022-11-14'],
    ['a day after the last that the round file allows', '2023-02-01'],
    ['no day', '2023-02-30'],
  ] as const)('is not asked for with %s', async ([, until]) => {
    const { world, ask } = await placed();

    expect(await askDeferral(world, { ...ask, until })).toMatchObject({
      error: { kind: 'invalid', faults: [{ place: 'until' }] },
    });
  });

  it('is told at once of everything that is missing', async () => {
    const { world, ask } = await placed();

    expect(await askDeferral(world, { ...ask, until: '', reason: undefined })).toMatchObject({
      error: { kind: 'invalid', faults: [{ place: 'until' }, { place: 'reason' }] },
    });
  });

  it('is not asked for where the round file allows nobody to, nor decided by the applicant', async () => {
    const { world, ask, decide } = await placed(aRoundFile());
    const own = { ...decide, by: { kind: 'person', id: ask.by.personId, role: 'applicant' } } as const;

    expect(await askDeferral(world, ask)).toMatchObject({ error: { kind: 'invalid' } });
    expect(await grantDeferral(world, own)).toMatchObject({ error: { kind: 'not-allowed' } });
    expect(await grantDeferral(world, decide)).toMatchObject({ error: { kind: 'not-found' } });
  });
});

describe('a post that is released to the next person', () => {
  const either = { always: false, entryUntil: '2023-12-31' };

  /** Two people for one post: the first has it and asks to begin later. */
  const asking = async (release = either, mayRelease = true) => {
    const world = aWorld();
    const scene = await releasedIn(world, [one, one], [aVacancy('MAT-001')], withDeferral(release));
    const { offerId: _, ...own } = await offerTo(world, scene, 0);
    const offer = granted(await acceptOffer(world, await offerTo(world, scene, 0)));
    if (!offer.placementId) throw new Error('No placement was opened.');
    const ask = { ...own, until: '2023-01-16', reason: 'study', mayRelease } as const;
    const decide = { by: theAdministrator, roundId: scene.roundId, placementId: offer.placementId };
    return { world, scene, ask, decide };
  };

  it('is offered to who comes next, and the first one is promised the entry to a later intake', async () => {
    const { world, scene, ask, decide } = await asking();
    granted(await askDeferral(world, ask));
    granted(await releasePlace(world, decide));
    await deliverOffersIn(world);

    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 closed', '1 MAT-001 open']);
    expect(await placementIn(world, decide)).toMatchObject({
      status: 'closed',
      deferral: { status: 'released', entryUntil: '2023-12-31' },
    });
    const [first] = await candidaciesIn(world, scene);
    expect(first).toMatchObject({ deferred: { entryUntil: '2023-12-31' } });
    expect(kindsIn(world)).toContain('onboarding-released');
    const personId = ask.by.personId;
    const nothing = { choices: [], vacancies: [] };
    const roundId = RoundId.parse('1ATER000000000000000');
    const later = { ...ask, roundId, zone: 'Asia/Almaty', ...nothing };
    const promised = async (closesAt: string, who = personId, over = {}) =>
      (await promisedTo(world.records, who, { ...later, closesAt: at(closesAt), ...over })).promised;
    expect(await promised('2023-12-31T17:59')).toEqual({ intake: '2022-3' });
    expect(await promised('2023-12-31T18:00')).toBeUndefined();
    expect(await promised('2023-01-01T00:00', personId, scene)).toBeUndefined();
    expect(await promised('2023-01-01T00:00', theAdministrator.id)).toBeUndefined();
  });

  it('by two presses at once is released once, and nobody is asked twice', async () => {
    const { world, scene, ask, decide } = await asking();
    granted(await askDeferral(world, ask));
    world.records.interfere(() => releasePlace(world, decide));
    granted(await releasePlace(world, decide));
    await deliverOffersIn(world);

    const history = await world.records.history('candidacy', ask.applicationId);
    expect(history.filter(({ fact }) => fact.type === 'candidacy-deferred')).toHaveLength(1);
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 closed', '1 MAT-001 open']);
  });

  it('is not released while the committee has before it who has which post', async () => {
    const { world, scene, ask, decide } = await asking();
    granted(await askDeferral(world, ask));
    await proposalOnTableIn(world);

    expect(await releasePlace(world, decide)).toEqual({ ok: false, error: { kind: 'proposal-on-table' } });
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 accepted']);
  });

  it('needs the own consent; without it the post may only be held', async () => {
    const { world, scene, ask, decide } = await asking(either, false);
    granted(await askDeferral(world, ask));

    expect(await releasePlace(world, decide)).toEqual({ ok: false, error: { kind: 'not-allowed' } });
    granted(await grantDeferral(world, decide));
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 accepted']);
  });

  it('is the only way where the round file holds none, and no way where it does not know of it', async () => {
    const always = await asking({ ...either, always: true }, false);
    expect(await askDeferral(always.world, always.ask)).toMatchObject({
      error: { kind: 'invalid', faults: [{ place: 'release' }] },
    });
    granted(await askDeferral(always.world, { ...always.ask, mayRelease: true }));
    expect(await grantDeferral(always.world, always.decide)).toEqual({
      ok: false,
      error: { kind: 'not-allowed' },
    });
    granted(await releasePlace(always.world, always.decide));

    const { world, ask, decide } = await placed();
    granted(await askDeferral(world, { ...ask, mayRelease: true }));
    expect((await placementIn(world, decide)).deferral).not.toHaveProperty('mayRelease');
    expect(await releasePlace(world, decide)).toEqual({ ok: false, error: { kind: 'not-allowed' } });
  });

  it('is not asked for once nobody else can be offered it: it is held, or nobody may begin later', async () => {
    const held = await asking();
    await offersEndedIn(held.world, held.scene.roundId);
    granted(await askDeferral(held.world, held.ask));
    expect((await placementIn(held.world, held.decide)).deferral).not.toHaveProperty('mayRelease');

    const always = await asking({ ...either, always: true });
    await offersEndedIn(always.world, always.scene.roundId);
    expect(await askDeferral(always.world, always.ask)).toMatchObject({
      error: { kind: 'invalid', faults: [{ place: 'until' }] },
    });
  });
});
