import { describe, expect, it } from 'vitest';
import { withdrawApplication } from '#functions/commands/applications.ts';
import { confirmCapacity, proposeCapacity } from '#functions/commands/capacities.ts';
import { erase } from '#functions/commands/erasing.ts';
import { acceptOffer, declineOffer } from '#functions/commands/offers.ts';
import { promisedTo } from '#functions/commands/promised-entry.ts';
import { sweepRetention } from '#functions/sweep/retention.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { ApplicationId, RoundId, VacancyCode } from '#shared/domain/ids.ts';
import { personAggregate, registerPerson } from '#shared/domain/person.ts';
import { placementAggregate } from '#shared/domain/placement.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import { type ClosedRound, minutesIn, offerTo } from '#test/builders/closed-round.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { memoryEraser, memoryErasures } from '#test/builders/memory-erasure.ts';
import {
  aNextCallIn,
  anIntakeIn,
  aYearLater,
  offersOfIn,
  promisesIn,
  rankedIn,
} from '#test/builders/next-intake.ts';
import { aVacancy, closedIn, letOutIn, theAdministrator } from '#test/builders/offers.ts';
import { written } from '#test/builders/offers-contender.ts';
import { secondAdministrator } from '#test/builders/remedies.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { advanceIn, anApplicant, candidacyOf } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

const wronged = (who: number) => ({ application: `KZ19-AAAA-000${who}`, vacancies: 'MAT-001' });

/** An intake of 2022 that promised these people the first place, and the one of 2023, whose offers can be let go. */
const promisedAndRanked = async (who: readonly number[], people = 3) => {
  const world = aWorld();
  const earlier = await anIntakeIn(world, people);
  for (const [index, one] of who.entries())
    await promisesIn(world, earlier.roundId, wronged(one), { remedy: index + 1 });
  const later = aYearLater(world);
  const round = await aNextCallIn(later, people);
  await rankedIn(later, round);
  return { world, later, round };
};

/** What somebody is promised in an intake after those, where they want a post of these. */
const promisedIn = async (
  { records }: World,
  who: number,
  { closesAt = at('2023-11-30T12:00'), ...post }: Partial<Vacancy> & { closesAt?: string } = {},
) => {
  const { promised } = await promisedTo(records, anApplicant(who).personId, {
    applicationId: ApplicationId.parse('TH1RD000000000000000'),
    roundId: RoundId.parse('TH1RD000000000000000'),
    closesAt: at(closesAt.slice(0, 16)),
    zone: 'Asia/Almaty',
    choices: [VacancyCode.parse('MAT-003')],
    vacancies: [aVacancy('MAT-003', post)],
  });
  return promised;
};
const anew = { intake: '2022-2', mistake: true, first: ['MAT-003'] };

const withdraws = async (world: World, { applications }: ClosedRound, who: number) => {
  const applicationId = nth(applications, who).id;
  granted(await withdrawApplication(world, { by: anApplicant(who), applicationId, reasonCode: 'personal' }));
};

describe('the first place that an intake promised, in the next one', () => {
  it('goes by every stage of both to a post, before better ranks, and once', async () => {
    const { later, round } = await promisedAndRanked([2]);

    await letOutIn(later, round.roundId);
    expect(await offersOfIn(later, round)).toEqual(['2 MAT-003 open']);
    expect(await promisedIn(later, 2)).toBeUndefined();
    granted(await acceptOffer(later, await offerTo(later, round, 2)));

    const { offers } = await candidacyOf(later, nth(round.applications, 2).id);
    const placement = offers[0]?.placementId;
    expect(placement && (await later.records.find(placementAggregate, placement))?.state.status).toBe('open');
    await advanceIn(later, round.roundId);
    expect(await promisedIn(later, 2)).toBeUndefined();
  });

  it('goes by rank once they withdraw before they were asked, and waits for a later intake', async () => {
    const { later, round } = await promisedAndRanked([2]);
    await withdraws(later, round, 2);

    await letOutIn(later, round.roundId);

    expect(await offersOfIn(later, round)).toEqual(['0 MAT-003 open']);
    expect(await promisedIn(later, 2)).toEqual(anew);
    expect(await promisedIn(later, 2, { closesAt: at('2024-01-15T12:00') })).toBeUndefined();
  });

  it('is used up where they were asked and declined', async () => {
    const { later, round } = await promisedAndRanked([2]);
    await letOutIn(later, round.roundId);
    granted(await declineOffer(later, { ...(await offerTo(later, round, 2)), reason: 'distance' }));

    expect(await promisedIn(later, 2)).toBeUndefined();
  });

  it('waits for a later intake where the post was taken out of this one, once its offers have ended', async () => {
    const { later, round } = await promisedAndRanked([2]);
    const { roundId } = round;
    const typed = { vacancy: 'MAT-003', posts: '0', reason: 'The school closes.' };
    granted(await proposeCapacity(later, { by: theAdministrator, roundId, ...typed }));
    granted(await confirmCapacity(later, { by: secondAdministrator, roundId, change: 1, confirmed: 0 }));
    expect(await promisedIn(later, 2)).toBeUndefined();

    await advanceIn(later, roundId);

    expect(await offersOfIn(later, round)).toEqual([]);
    expect(await promisedIn(later, 2)).toEqual(anew);
  });

  it('admits alone, and waits on, in an intake without a post of the subject', async () => {
    const world = aWorld();
    const { roundId } = await anIntakeIn(world, 3);
    await promisesIn(world, roundId, wronged(2));

    expect(await promisedIn(world, 2, { subject: 'history' })).toEqual({ intake: '2022-2', mistake: true });
    expect(await promisedIn(world, 2)).toEqual(anew);
  });

  it('gives the only seat to one of two to whom it was promised, and the other waits for a later intake', async () => {
    const { later, round } = await promisedAndRanked([1, 2]);
    await letOutIn(later, round.roundId);
    const offers = await offersOfIn(later, round);
    const first = offers.includes('1 MAT-003 open') ? 1 : 2;
    expect(offers).toEqual([`${first} MAT-003 open`]);
    granted(await acceptOffer(later, await offerTo(later, round, first)));

    await advanceIn(later, round.roundId);

    expect(await promisedIn(later, first)).toBeUndefined();
    expect(await promisedIn(later, 3 - first)).toEqual(anew);
  });

  it('is one place, however often the same intake promised it; another intake promises another', async () => {
    const world = aWorld();
    const { roundId } = await anIntakeIn(world, 3);
    await promisesIn(world, roundId, wronged(2));
    await promisesIn(world, roundId, wronged(2), { remedy: 2, until: '2023-12-30' });
    const later = aYearLater(world);
    const round = await aNextCallIn(later, 3);
    await rankedIn(later, round);
    await letOutIn(later, round.roundId);
    granted(await declineOffer(later, { ...(await offerTo(later, round, 2)), reason: 'distance' }));
    expect(await promisedIn(later, 2)).toBeUndefined();

    const again = { application: nth(round.applications, 2).number, vacancies: 'MAT-003' };
    await promisesIn(later, round.roundId, again, { until: '2024-12-31' });

    expect(await promisedIn(later, 2)).toEqual({ ...anew, intake: '2023-3' });
  });
});

const erasing = (world: World) => ({
  ...world,
  eraser: memoryEraser(world.records),
  erasures: memoryErasures(),
});

describe('what is erased while a promise is open', () => {
  it('are the texts and files of the application by its own term; the promise is kept by numbers alone, and given', async () => {
    const world = aWorld();
    const { retention = [] } = aRoundFile();
    const aMonth = retention.map((rule) => Object.assign({}, rule, { months: 1 }));
    const earlier = await anIntakeIn(world, 3, { retention: aMonth });
    const { applicationId } = nth([...earlier.people], 2);
    await promisesIn(world, earlier.roundId, wronged(2));
    await closedIn(world, earlier.roundId);
    await minutesIn(world, earlier.roundId);
    world.clock.to(at('2023-01-20T04:00'));
    expect(await sweepRetention(world)).toBe(3);
    await erase(erasing(world), { kind: 'application', id: applicationId }, 'retention');
    const erased = (await world.records.find(applicationAggregate, applicationId))?.state;
    expect(erased?.erasedAt).toBeDefined();

    const later = aYearLater(world);
    const round = await aNextCallIn(later, 3);
    await rankedIn(later, round);
    await letOutIn(later, round.roundId);

    expect(await offersOfIn(later, round)).toEqual(['2 MAT-003 open']);
  });

  it('is the promise itself with the account, since nobody could come with it any more', async () => {
    const world = aWorld();
    const { roundId } = await anIntakeIn(world, 3);
    await promisesIn(world, roundId, wronged(2));
    await closedIn(world, roundId);
    const { personId } = anApplicant(2);
    await written(world, personAggregate, personId, registerPerson(personId, world.clock.now()));
    const promise = `promised-place#${personId}`;
    expect(await world.records.claimed(promise)).toBeDefined();

    const deps = erasing(world);
    await erase(deps, { kind: 'account', id: personId });
    await erase(deps, { kind: 'account', id: personId });

    expect(await world.records.claimed(promise)).toBeUndefined();
    expect(await promisedIn(world, 2)).toBeUndefined();
  });
});
