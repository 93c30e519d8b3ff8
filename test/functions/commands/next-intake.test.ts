import { describe, expect, it } from 'vitest';
import { ownTimeline } from '#functions/commands/application-timeline.ts';
import { withdrawApplication } from '#functions/commands/applications.ts';
import { openGate } from '#functions/commands/gates.ts';
import { promisedTo, promisePlace } from '#functions/commands/promised-entry.ts';
import { grantRemedy, proposeRemedy, refuseRemedy } from '#functions/commands/remedies.ts';
import { remedyView } from '#functions/commands/remedy-view.ts';
import { prepareScreening } from '#functions/commands/screening-preparation.ts';
import { ApplicationId, type PersonId, RoundId, VacancyCode } from '#shared/domain/ids.ts';
import {
  anOffersRoundIn,
  aVacancy,
  offersEndedIn,
  offersIn,
  releasedIn,
  theAdministrator,
} from '#test/builders/offers.ts';
import type { Contender } from '#test/builders/offers-contender.ts';
import {
  aWrongedRound,
  declinesIn,
  granting,
  holdsIn,
  ownOf,
  type Play,
  proposing,
  remediesIn,
  remedyLettersIn,
  roundEventsIn,
  twoPosts,
  waitingIn,
  wantsOne,
} from '#test/builders/remedies.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aClosedCallIn, candidacyOf } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';
import { theSystem } from '#test/contracts/tally.ts';

const promising = (scene: Play['scene']) => ({ ...proposing(scene, 'next-intake'), until: '2023-12-31' });

/** Whoever was wronged is promised the first place, by two administrators. */
const promiseIn = async ({ world, scene }: Play): Promise<void> => {
  granted(await proposeRemedy(world, promising(scene)));
  granted(await grantRemedy(world, granting(scene, 0)));
};

const anotherOne = ApplicationId.parse('AN0THER0NE0000000000');

/** What the person is promised in a call that closes then. */
const promisedBy = async ({ world }: Play, personId: PersonId, closesAt: string, over = {}) => {
  const { promised: by } = await promisedTo(world.records, personId, {
    applicationId: anotherOne,
    roundId: RoundId.parse('1ATER000000000000000'),
    closesAt: at(closesAt),
    zone: 'Asia/Almaty',
    choices: ['HIS-001', 'MAT-007', 'MAT-009'].map((code) => VacancyCode.parse(code)),
    vacancies: [
      aVacancy('MAT-007'),
      aVacancy('MAT-008'),
      aVacancy('MAT-009'),
      aVacancy('HIS-001', { subject: 'history' }),
    ],
    ...over,
  });
  return by;
};

describe('the first place in the next intake', () => {
  it('is promised by two people, told to the person by letter and timeline, and takes nothing here', async () => {
    const play = await aWrongedRound();
    const { world, scene } = play;
    granted(await proposeRemedy(world, promising(scene)));
    const wronged = ownOf(play, 2);
    const { personId } = wronged.by;
    expect(await promisedBy(play, personId, '2023-03-01T00:00')).toBeUndefined();
    expect(await grantRemedy(world, { ...granting(scene, 0), by: theAdministrator })).toMatchObject({
      error: { kind: 'second-person-needed' },
    });
    world.records.interfere(() => grantRemedy(world, granting(scene, 0)));
    granted(await grantRemedy(world, granting(scene, 0)));

    expect(remedyLettersIn(play)).toMatchObject([
      { template: 'remedy-intake', personId, facts: { until: '2023-12-31' } },
    ]);
    const { steps } = granted(await ownTimeline(world, wronged));
    expect(steps).toContainEqual(
      expect.objectContaining({ what: 'remedy-next-intake', vacancy: 'MAT-001', done: true }),
    );
    expect((await roundEventsIn(play)).filter((type) => type === 'remedy-granted')).toHaveLength(1);
    // The order of this round stays as it is.
    expect(await waitingIn(play, 2)).toBe(2);
    await declinesIn(play, 0);
    expect(await offersIn(world, scene)).toEqual(['0 MAT-001 declined', '1 MAT-001 open']);
    expect(await remediesIn(play)).toMatchObject([{ status: 'granted', until: '2023-12-31', owed: [] }]);
  });

  it('counts in posts of the subjects that were owed, until its day, and for nobody else', async () => {
    const play = await aWrongedRound();
    await promiseIn(play);
    const { personId } = ownOf(play, 2).by;
    const whole = { intake: '2022-3', mistake: true, first: ['MAT-007', 'MAT-009'] };

    expect(await promisedBy(play, personId, '2023-12-31T17:59')).toEqual(whole);
    expect(await promisedBy(play, personId, '2023-12-31T18:00')).toBeUndefined();
    expect(
      await promisedBy(play, personId, '2023-03-01T00:00', { roundId: play.scene.roundId }),
    ).toBeUndefined();
    expect(await promisedBy(play, theAdministrator.id, '2023-03-01T00:00')).toBeUndefined();
    expect(await promisedBy(play, personId, '2023-03-01T00:00', { choices: [] })).toEqual({
      intake: '2022-3',
      mistake: true,
    });
  });

  it('stands beside what another intake promises the same person later', async () => {
    const play = await aWrongedRound();
    const { world } = play;
    await promiseIn(play);
    const { personId } = ownOf(play, 2).by;
    const beside = await promisePlace(world.records, personId, anotherOne);

    granted(await world.records.commit({ by: theSystem, changes: [], ...beside }));

    expect(await promisedBy(play, personId, '2023-03-01T00:00')).toMatchObject({ intake: '2022-3' });
  });

  it.for([
    ['nobody of that number', { application: 'KZ19-AAAA-9999' }, 'application'],
    ['a post that the person did not choose', { vacancies: 'MAT-001, MAT-002' }, 'vacancies'],
    ['no post', { vacancies: '' }, 'vacancies'],
    ['no day', { until: '' }, 'until'],
    ['a day that is none', { until: '2023-02-30' }, 'until'],
    ['a day that is over', { until: '2022-11-14' }, 'until'],
    ['a slip in the year', { until: '2203-12-31' }, 'until'],
  ] as const)('is refused with %s, where it was typed', async ([, typed, place]) => {
    const { world, scene } = await aWrongedRound();

    expect(await proposeRemedy(world, { ...promising(scene), ...typed })).toMatchObject({
      error: { kind: 'invalid', faults: [{ place }] },
    });
  });

  it('can be promised once the offers have ended, when no other remedy can, and not in a closed round', async () => {
    const play = await aWrongedRound();
    const { world, scene } = play;
    const { roundId } = scene;
    granted(await proposeRemedy(world, proposing(scene, 'offer-next')));
    await offersEndedIn(world, roundId);
    granted(await openGate(world, { roundId, token: 'onboarding' }));

    expect(await proposeRemedy(world, proposing(scene, 'extra-place'))).toMatchObject({
      error: { kind: 'wrong-stage' },
    });
    expect(await grantRemedy(world, granting(scene, 0))).toMatchObject({ error: { kind: 'wrong-stage' } });
    const sent = { by: theAdministrator, roundId, remedy: 1, reason: 'The offers have ended.' };
    granted(await refuseRemedy(world, sent));
    granted(await proposeRemedy(world, promising(scene)));
    granted(await grantRemedy(world, granting(scene, 0, 2)));

    expect(await remediesIn(play)).toMatchObject([{ status: 'granted' }, { status: 'refused' }]);
    expect(remedyLettersIn(play)).toMatchObject([{ template: 'remedy-intake' }]);
  });

  it('names no offers that follow, and counts no more once its day is over', async () => {
    const play = await aWrongedRound();
    const { world, scene } = play;
    granted(await proposeRemedy(world, { ...promising(scene), until: '2022-11-20' }));

    expect(await remediesIn(play)).toMatchObject([{ status: 'waiting', offers: 0 }]);
    expect(await grantRemedy(world, granting(scene, 1))).toMatchObject({
      error: { kind: 'recipients-differ' },
    });
    world.clock.to(at('2022-11-20T04:00'));
    expect(await grantRemedy(world, granting(scene, 0))).toMatchObject({
      error: { kind: 'changed-meanwhile' },
    });
  });
});

const promised = {
  intake: '2022-2',
  mistake: true as const,
  first: [VacancyCode.parse('MAT-001')],
};
const aLaterRound = async (last: Contender): Promise<Play> => {
  const world = aWorld();
  return { world, scene: await releasedIn(world, [wantsOne, wantsOne, last], twoPosts) };
};

describe('an intake in which somebody has the first place by an earlier one', () => {
  it('offers it to them before others, shown to both sides and to whoever verifies the bundle', async () => {
    const play = await aLaterRound({ ...wantsOne, promised });
    const { world, scene } = play;

    expect(await offersIn(world, scene)).toEqual(['2 MAT-001 open']);
    expect(await waitingIn(play, 0)).toBe(1);
    expect(await holdsIn(play)).toBe(true);
    const view = granted(await remedyView(world, { by: theAdministrator, roundId: scene.roundId }));
    expect(view.promised).toEqual([
      { application: 'KZ19-AAAA-0002', intake: '2022-2', vacancies: ['MAT-001'] },
    ]);
    const { steps } = granted(await ownTimeline(world, ownOf(play, 2)));
    expect(steps).toContainEqual(
      expect.objectContaining({ what: 'promised-first', vacancy: 'MAT-001', done: true }),
    );
  });

  it('goes by rank where their result does not go on, and once they decline', async () => {
    const stopped = await aLaterRound({ ...wantsOne, promised, stops: true });
    expect(await offersIn(stopped.world, stopped.scene)).toEqual(['0 MAT-001 open']);

    const play = await aLaterRound({ ...wantsOne, promised });
    await declinesIn(play, 2);

    expect(await offersIn(play.world, play.scene)).toEqual(['0 MAT-001 open', '2 MAT-001 declined']);
    expect(await holdsIn(play)).toBe(true);
  });

  it('puts nobody first in a post that rank gives them anyway, or in one that was not owed', async () => {
    const both = { choices: ['MAT-002', 'MAT-001'] };
    const play = await aLaterRound({ ...both, promised });

    expect(await offersIn(play.world, play.scene)).toEqual(['0 MAT-001 open', '2 MAT-002 open']);
    expect(await holdsIn(play)).toBe(true);
  });

  it('is found by the screening of the next one, and by none after it unless they left it without an offer', async () => {
    const world = aWorld();
    const later = await aClosedCallIn(world, [{}, {}]);
    const [own, other] = later.applications;
    if (!own || !other) throw new Error('Nobody applied.');
    const wrongedOne = { ...wantsOne, personId: own.personId };
    const file = aRoundFile({ intake: '2022-2' });
    const scene = await anOffersRoundIn(world, [wantsOne, wantsOne, wrongedOne], twoPosts, file);
    const play = { world, scene };
    await promiseIn(play);

    expect(await prepareScreening(world, later.roundId)).toBe('done');

    const candidacy = await candidacyOf(world, own.id);
    expect(candidacy.screened).toMatchObject({ promised: { intake: '2022-2', mistake: true } });
    expect(candidacy.promisedFirst?.vacancies.length).toBeGreaterThan(0);
    expect((await candidacyOf(world, other.id)).promisedFirst).toBeUndefined();
    expect(await promisedBy(play, own.personId, '2023-03-01T00:00')).toBeUndefined();
    const withdrawn = await withdrawApplication(world, {
      by: { personId: own.personId },
      applicationId: own.id,
      reasonCode: 'personal',
    });
    granted(withdrawn);
    expect(await promisedBy(play, own.personId, '2023-03-01T00:00')).toMatchObject({ mistake: true });
  });

  it('is given by one of two intakes that screen the person at the same moment', async () => {
    const world = aWorld();
    const before = world.clock.now();
    const calls = [];
    for (const intake of ['2022-8', '2022-9']) {
      world.clock.to(before);
      calls.push(await aClosedCallIn(world, [{}], asUpload(aRoundFile({ intake }))));
    }
    const [one, other] = calls;
    const personId = one?.applications[0]?.personId;
    if (!one || !other || !personId) throw new Error('Nobody applied.');
    const file = aRoundFile({ intake: '2022-2' });
    const people = [wantsOne, wantsOne, { ...wantsOne, personId }];
    await promiseIn({ world, scene: await anOffersRoundIn(world, people, twoPosts, file) });

    world.records.interfere(() => prepareScreening(world, other.roundId));
    expect(await prepareScreening(world, one.roundId)).toBe('more');
    expect(await prepareScreening(world, one.roundId)).toBe('done');

    const ids = [one, other].flatMap(({ applications }) => applications.map(({ id }) => id));
    const first = await Promise.all(
      ids.map(async (id) => (await candidacyOf(world, id)).promisedFirst?.intake),
    );
    expect(first).toEqual([undefined, '2022-2']);
  });
});
