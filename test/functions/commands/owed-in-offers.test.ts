import { beforeAll, describe, expect, it } from 'vitest';
import { askCorrection, refuseCorrection } from '#functions/commands/corrections.ts';
import { editionDebts } from '#functions/commands/edition-debts.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import { offerBoard } from '#functions/commands/offer-board.ts';
import { acceptOffer, declineOffer } from '#functions/commands/offers.ts';
import { viewOwedInterviews } from '#functions/commands/owed-interview-view.ts';
import { askOwedInterview } from '#functions/commands/owed-interviews.ts';
import { grantRemedy, proposeRemedy } from '#functions/commands/remedies.ts';
import { lookBack } from '#functions/commands/replay.ts';
import { ownReceipt } from '#functions/commands/result-receipt.ts';
import { ownResult } from '#functions/commands/results.ts';
import { publishResults } from '#functions/commands/results-publication.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { acceptedOffer } from '#shared/domain/offer.ts';
import { PublishedStage, publicationsAbout } from '#shared/domain/results-publication.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { resultsKey } from '#shared/ports/papers.ts';
import { aClosedRoundIn, type ClosedRound, checklistDoneIn } from '#test/builders/closed-round.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import type { MarksScene } from '#test/builders/marks-scene.ts';
import {
  best,
  correctedIn,
  countedAsOwed,
  givenAndCounted,
  grantedAsOwed,
  heldAsOwed,
} from '#test/builders/missed-interview.ts';
import { askNext, offerTo } from '#test/builders/offer-answers.ts';
import { deliverOffersIn, offersIn, theAdministrator } from '#test/builders/offers.ts';
import { heldAt, holderIn, offering } from '#test/builders/owed-in-offers.ts';
import { secondAdministrator } from '#test/builders/remedies.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { advanceIn, anApplicant, candidacyOf, chair, roundIn, secretary } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

const by = theAdministrator;

const debtOf = async ({ world, roundId, numbers }: MarksScene) =>
  granted(await editionDebts(world, { by, roundId })).debts.find(
    ({ number }) => number === nth(numbers, best),
  );

describe('an interview that is owed while offers are made', () => {
  it('keeps the offers from ending until it is counted, and is named by number', async () => {
    const { scene, round } = await offering();
    const { world, roundId, numbers } = scene;
    const number = nth(numbers, best);
    await grantedAsOwed(scene);
    const interviews = { count: 1, numbers: [number] };
    expect(await drawUpProposal(world, { by: secretary, roundId })).toMatchObject({
      error: { kind: 'unfinished-work', remaining: 1, of: 'offers', interviews },
    });
    granted(await acceptOffer(world, await offerTo(world, round, await holderIn({ scene, round }))));
    const total = await heldAsOwed(scene, heldAt);
    expect(await drawUpProposal(world, { by: secretary, roundId })).toEqual({
      ok: false,
      error: { kind: 'unfinished-work', remaining: 1, of: 'owed-interviews', interviews },
    });
    await countedAsOwed(scene, total);
    expect((await drawUpProposal(world, { by: secretary, roundId })).ok).toBe(true);
  });

  it('brings the applicant before who waits, and takes no offer from anybody', async () => {
    const one = await offering();
    const { scene, round } = one;
    const { world } = scene;
    const holder = await holderIn(one);
    const before = await offersIn(world, round);
    await givenAndCounted(scene, heldAt);
    await deliverOffersIn(world);

    expect(await offersIn(world, round)).toEqual(before);
    expect(await debtOf(scene)).toMatchObject({
      owed: 'offer-next',
      stood: [{ outcome: 'stops' }, { rank: 1 }],
    });
    granted(await declineOffer(world, { ...(await offerTo(world, round, holder)), reason: 'distance' }));
    await askNext(world, round);
    expect(await holderIn(one)).toBe(best);
  });

  it('is found by a correction too that is applied then, and by none that waits', async () => {
    const world = aWorld();
    const last = async (closed: ClosedRound): Promise<void> => {
      const scene = { world, ...closed, who: 4 };
      const { number } = nth(closed.applications, 4);
      const { roundId } = closed;
      const corrects = { kind: 'totals', number, corrected: { scoring: 90 } } as const;
      granted(await askCorrection(world, { by: chair, roundId, corrects, reason: 'Қате.' }));
      const early = { by: secretary, roundId, application: number, reason: 'Қате.' };
      expect(await askOwedInterview(world, early)).toMatchObject({
        error: { faults: [{ message: 'owed-interview.fault.found' }] },
      });
      granted(await refuseCorrection(world, { by: secretary, roundId, correction: 1, reason: 'Бірге.' }));
      await correctedIn(scene, corrects);
      const { unasked } = granted(await viewOwedInterviews(world, { by: secretary, roundId }));
      expect(unasked).toMatchObject([{ number, found: { correction: 2 } }]);
      await givenAndCounted(scene, heldAt);
      const [owed] = granted(await viewOwedInterviews(world, { by: secretary, roundId })).owed;
      expect(owed).toMatchObject({ number, step: 'counted', found: { correction: 2 } });
      const { contenders } = await offerBoard(world, await roundIn(world, roundId));
      expect(contenders.map(({ state }) => state.number)).toContain(number);
    };
    await aClosedRoundIn(world, undefined, { last });
    expect.assertions(4);
  });

  it('can be asked for no more once the offers have ended, and is still read', async () => {
    const one = await offering();
    const { scene, round } = one;
    const { world, roundId, numbers } = scene;
    granted(await acceptOffer(world, await offerTo(world, round, await holderIn(one))));
    await advanceIn(world, roundId);
    const ask = { by: secretary, roundId, application: nth(numbers, best), reason: 'Шағым.' };
    expect(await askOwedInterview(world, ask)).toMatchObject({
      error: { kind: 'wrong-stage', stage: 'onboarding' },
    });
    expect(granted(await viewOwedInterviews(world, { by: secretary, roundId })).owed).toEqual([]);
  });
});

/** The one post is accepted, so one place more goes to who was owed the interview; everything is published. */
const aStory = async () => {
  const one = await offering();
  const { scene, round } = one;
  const { world, roundId, numbers, applications } = scene;
  const holder = await holderIn(one);
  granted(await acceptOffer(world, await offerTo(world, round, holder)));
  await givenAndCounted(scene, heldAt);
  await deliverOffersIn(world);
  const debt = await debtOf(scene);
  const application = nth(numbers, best);
  const typed = {
    kind: 'extra-place',
    application,
    vacancies: debt?.post ?? '',
    reason: 'Әңгімелесу.',
  } as const;
  granted(await proposeRemedy(world, { by, roundId, ...typed }));
  granted(await grantRemedy(world, { by: secondAdministrator, roundId, remedy: 1, confirmed: 1 }));
  await askNext(world, round);
  granted(await acceptOffer(world, await offerTo(world, round, best)));
  await publishResults(world, { roundId, stage: 'claims' });
  await advanceIn(world, roundId);
  world.clock.to(at('2022-12-12T04:00'));
  for (const index of [holder, best]) await checklistDoneIn(world, nth(applications, index).id);
  world.clock.to(at('2022-12-15T06:00'));
  await advanceIn(world, roundId);
  await publishResults(world, { roundId, stage: 'offers' });
  return { ...one, holder, debt };
};

describe('the way of an interview that was owed through offers', () => {
  let story: Awaited<ReturnType<typeof aStory>>;
  let files: readonly string[];

  beforeAll(async () => {
    story = await aStory();
    const { world, roundId } = story.scene;
    const round = await world.records.find(roundAggregate, roundId);
    files = PublishedStage.options
      .flatMap((stage) => (round ? publicationsAbout(round.state, stage) : []))
      .map(({ stage, decision, edition }) =>
        new TextDecoder().decode(world.papers.stored.get(resultsKey(roundId, stage, decision, edition))),
      );
  });

  it('ends with a post for the applicant, beside who had one', async () => {
    const { scene, holder, debt } = story;
    expect(debt).toMatchObject({ owed: 'extra-place', post: 'MAT-003' });
    const accepted = await Promise.all(
      [holder, best].map((index) => candidacyOf(scene.world, nth(scene.applications, index).id)),
    );
    expect(accepted.map(acceptedOffer)).toMatchObject([{ vacancy: 'MAT-003' }, { vacancy: 'MAT-003' }]);
    const applicationId = nth(scene.applications, best).id;
    const own = granted(await ownResult(scene.world, { by: anApplicant(best), applicationId }));
    expect(own.points.some(({ part }) => part === 'interview')).toBe(true);
  });

  it('is told by the bundles: who came in by which edition, and that everybody’s receipt holds', async () => {
    const { scene } = story;
    const [first = '', edition = '', offers = ''] = files;
    expect(files).toHaveLength(3);
    const { statement } = JSON.parse(offers);
    const row = statement.rows.findIndex(
      (one: { number: string }) => one.number === nth(scene.numbers, best),
    );
    expect(statement.offers.seekers.find((one: { row: number }) => one.row === row)).toMatchObject({
      from: 2,
    });
    expect(statement.format).toBe(13);
    const types = statement.offers.steps.map(({ type }: { type: string }) => type);
    expect(types.indexOf('reranked')).toBeLessThan(types.indexOf('put-first'));
    for (const [index, { id: applicationId }] of scene.applications.entries()) {
      const own = { by: anApplicant(index), applicationId };
      const { text } = granted(await ownReceipt(scene.world, { ...own, stage: 'offers' }));
      const { findings } = await verifyResults(offers, text, [first, edition]);
      expect(findings.filter(({ holds }) => !holds)).toEqual([]);
      const earlier = granted(await ownReceipt(scene.world, { ...own, stage: 'claims', edition: 2 })).text;
      expect((await verifyResults(edition, earlier, [first])).holds).toBe(true);
    }
  });

  it('follows from the record at every gate', async () => {
    const { world, roundId } = story.scene;
    const { recomputed } = granted(await lookBack(world, { by: chair, roundId }));
    expect(recomputed.length).toBeGreaterThan(5);
    expect(recomputed.filter(({ follows }) => !follows)).toEqual([]);
  });
});
