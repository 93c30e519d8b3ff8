import { beforeAll, describe, expect, it } from 'vitest';
import { editionDebts } from '#functions/commands/edition-debts.ts';
import { orderMinutes } from '#functions/commands/minutes.ts';
import { acceptOffer, declineOffer } from '#functions/commands/offers.ts';
import { ownReceipt } from '#functions/commands/result-receipt.ts';
import { main } from '#infra/sandbox/verify.ts';
import { chosenFiles } from '#shared/bundle/chosen.ts';
import { reportOf, verifyWords } from '#shared/bundle/report.ts';
import { verifyResults } from '#shared/bundle/verify.ts';
import { PublishedStage, publicationsAbout } from '#shared/domain/results-publication.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { type Locale, locales, translator } from '#shared/i18n/index.ts';
import { Minutes } from '#shared/papers/minutes.ts';
import { minutesPaper } from '#shared/papers/minutes-paper.ts';
import { minutesName } from '#shared/papers/order.ts';
import { withPaperTexts } from '#shared/papers/words.ts';
import { paperDataKey, resultsKey } from '#shared/ports/papers.ts';
import { checklistDoneIn } from '#test/builders/closed-round.ts';
import { correctedMarks } from '#test/builders/corrections.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { askNext, offerTo } from '#test/builders/offer-answers.ts';
import { deliverOffersIn, offersIn, theAdministrator } from '#test/builders/offers.ts';
import { aSandboxFile } from '#test/builders/sandbox.ts';
import { granted } from '#test/builders/scenes.ts';
import { advanceIn, anApplicant } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';
import { aWrongOffering } from '#test/builders/wrong-offers.ts';

/**
 * Everybody wants the one post of MAT-003. By wrong marks the third of the scene is first; while their offer is open the right marks are applied, by
 * which the second is. The third declines, and the second accepts.
 */
const aStory = async () => {
  const { scene, publishes, offering } = await aWrongOffering();
  const { world, roundId, applications } = scene;
  const first = await offersIn(world, offering);
  await correctedMarks(scene);
  await deliverOffersIn(world);
  const { debts } = granted(await editionDebts(world, { by: theAdministrator, roundId }));
  await publishes();
  granted(await declineOffer(world, { ...(await offerTo(world, offering, 2)), reason: 'distance' }));
  await askNext(world, offering);
  granted(await acceptOffer(world, await offerTo(world, offering, 1)));
  await advanceIn(world, roundId);
  world.clock.to(at('2022-12-12T04:00'));
  await checklistDoneIn(world, nth(applications, 1).id);
  world.clock.to(at('2022-12-15T06:00'));
  await advanceIn(world, roundId);
  await publishes('offers');
  await orderMinutes({ ...world, people: memoryPeople() }, roundId);
  return { scene, offering, first, debts, last: await offersIn(world, offering) };
};

let story: Awaited<ReturnType<typeof aStory>>;

beforeAll(async () => {
  story = await aStory();
});

/** Every published file of the round: both editions of its results, and its offers. */
const filesOf = async ({ scene: { world, roundId } }: typeof story): Promise<string[]> => {
  const round = await world.records.find(roundAggregate, roundId);
  return PublishedStage.options
    .flatMap((stage) => (round ? publicationsAbout(round.state, stage) : []))
    .map(({ stage, decision, edition }) =>
      new TextDecoder().decode(world.papers.stored.get(resultsKey(roundId, stage, decision, edition))),
    );
};

/** An application's receipt of the offers, or of an edition of the results. */
const receiptOf = async (
  { scene: { world, applications } }: typeof story,
  index: number,
  of: { stage: PublishedStage; edition?: number } = { stage: 'offers' },
) => {
  const own = { by: anApplicant(index), applicationId: nth(applications, index).id };
  return granted(await ownReceipt(world, { ...own, ...of })).text;
};

/** What the command line of the verifier says of these files, and what its page says of the same files, chosen together. */
const checked = async (texts: readonly string[], locale: Locale = 'en') => {
  const lines: string[] = [];
  const say = (text: string) => lines.push(...text.split('\n'));
  const files = texts.map((text, index) => aSandboxFile(`${index}.json`, text));
  const exit = await main([...files, '--lang', locale], { print: say, complain: say });
  const { bundle = '', receipt, earlier } = chosenFiles(texts);
  const { holds, findings } = reportOf(await verifyResults(bundle, receipt, earlier), locale);
  const said = findings.map((one) => `${one.holds ? '✓' : '✗'} ${one.text}`);
  return { exit, holds, lines, said, failed: said.filter((line) => line.startsWith('✗')) };
};

/** The best has another rank. */
const other = (text: string): string => text.replace('"rank":1,', '"rank":2,');

describe('a round whose results are corrected while an offer is open', () => {
  it('leaves the offer where it is, owes who comes before, and goes on by the corrected order', () => {
    const { first, debts, last, scene } = story;
    const [fourth, best, second, third] = scene.numbers;

    expect(first).toEqual(['3 MAT-003 open']);
    expect(debts.map(({ number, owed, stood }) => [number, owed, stood.map(({ rank }) => rank)])).toEqual([
      [best, 'offer-next', [4, 1]],
      [second, 'placed', [1, 2]],
      [third, 'nothing', [2, 3]],
      [fourth, 'nothing', [3, 4]],
    ]);
    expect(last).toEqual(['K MAT-003 accepted', '3 MAT-003 declined']);
  });

  it('is published so that both verifiers find everybody’s receipt of each file right', async () => {
    const files = await filesOf(story);
    expect(files).toHaveLength(3);
    const kinds = [
      { stage: 'claims', edition: 1 },
      { stage: 'claims', edition: 2 },
      { stage: 'offers' },
    ] as const;
    for (const index of story.scene.applications.keys()) {
      for (const of of kinds) {
        const { exit, holds, lines, said } = await checked([await receiptOf(story, index, of), ...files]);
        expect([exit, holds, said.filter((line) => !lines.includes(line))]).toEqual([0, true, []]);
      }
    }
  });

  it.for(locales)(
    'says in %s of which format it is, and by which editions the offers went',
    async (locale) => {
      const say = verifyWords(locale);
      const { lines } = await checked([...(await filesOf(story)), await receiptOf(story, 1)], locale);

      expect(lines).toContain(`✓ ${say('verification.file.yes', { number: 13 })}`);
      expect(lines).toContain(`✓ ${say('verification.editions-of-offers.yes', { count: 2, number: 2 })}`);
      expect(lines.join('\n')).toContain(say('verification.edition.named', { number: 2 }));
    },
  );

  it.for(locales)('has minutes that say so with the correction that it came of, in %s', (locale) => {
    const { papers } = story.scene.world;
    const kept = papers.stored.get(paperDataKey(story.scene.roundId, minutesName(1)));
    const minutes = Minutes.parse(JSON.parse(new TextDecoder().decode(kept)));
    const edition = nth(minutes.offering?.editions ?? [], 0);
    expect(edition).toMatchObject({ number: 2, correction: 1 });
    expect(minutes.corrections).toMatchObject([{ number: 1, edition: 2 }]);

    const t = withPaperTexts(translator(locale));
    const said = minutesPaper(minutes, translator(locale)).sections.flatMap(({ blocks }) => blocks);
    const since = t.moment(edition.at, minutes.zone);
    const offers = t('papers.offers.edition', { at: since, number: 2, correction: 1 });
    expect(said).toContainEqual({ kind: 'text', text: offers });
    expect(JSON.stringify(said)).toContain(t('papers.corrections.edition', { number: 2 }));
  });

  it('holds no more once one rank of the edition or of the offers is another', async () => {
    const [before = '', edition = '', offers = ''] = await filesOf(story);
    const receipt = await receiptOf(story, 1);

    for (const texts of [
      [before, other(edition), offers, receipt],
      [before, edition, other(offers), receipt],
    ]) {
      expect(texts.join('')).not.toBe([before, edition, offers, receipt].join(''));
      const { exit, holds, failed } = await checked(texts);
      expect([exit, holds]).toEqual([1, false]);
      expect(failed.length).toBeGreaterThan(0);
    }
  });
});
