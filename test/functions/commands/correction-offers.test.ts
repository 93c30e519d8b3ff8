import { describe, expect, it } from 'vitest';
import { applyCorrection } from '#functions/commands/correction-applying.ts';
import type { CorrectedOffers } from '#functions/commands/correction-offers.ts';
import { editionDebts, remedyOwed } from '#functions/commands/edition-debts.ts';
import { previewOffers } from '#functions/commands/offer-preview.ts';
import { declineOffer } from '#functions/commands/offers.ts';
import { affectedListOf } from '#functions/commands/pinned.ts';
import { waitingOn } from '#functions/commands/waiting-list.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import type { Affected } from '#shared/replay/affected.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import {
  applied,
  asked,
  aWronglyMarkedRound,
  correctionsIn,
  rightFile,
  shown,
} from '#test/builders/corrections.ts';
import type { MarksScene } from '#test/builders/marks-scene.ts';
import { askNext, offerTo } from '#test/builders/offer-answers.ts';
import { deliverOffersIn, offersIn, theAdministrator } from '#test/builders/offers.ts';
import { granted } from '#test/builders/scenes.ts';
import { secretary } from '#test/builders/selection.ts';
import { aWrongOffering, fails } from '#test/builders/wrong-offers.ts';

/** What the page of a correction shows before it is applied. */
const shownOf = async (scene: MarksScene, number: number): Promise<CorrectedOffers | undefined> =>
  (await shown(scene, number)).page.offers;

/** Who waits for the post at which place, by application number. */
const placesIn = async ({ world, roundId }: MarksScene): Promise<Map<string, number>> => {
  const board = granted(await previewOffers(world, { by: theAdministrator, roundId }));
  const places = waitingOn(board);
  return new Map(
    board.contenders.flatMap(({ id, state }) =>
      (places.get(id) ?? []).map(({ position }): [string, number] => [state.number, position]),
    ),
  );
};

const declinesIn = async (
  { scene: { world }, offering }: Awaited<ReturnType<typeof aWrongOffering>>,
  who: number,
) => {
  granted(await declineOffer(world, { ...(await offerTo(world, offering, who)), reason: 'distance' }));
  await askNext(world, offering);
};

describe('what a correction would come to for the offers', () => {
  it('is what it comes to once it is applied', async () => {
    const { scene } = await aWrongOffering();
    const { world, roundId } = scene;
    const number = await asked(scene, { kind: 'marks-file', import: await rightFile(scene) });
    const before = await placesIn(scene);
    const would = await shownOf(scene, number);
    expect([await placesIn(scene), await offersIn(world, { roundId, people: [] })]).toEqual([before, []]);

    await applied(scene, number);

    const { debts, walled } = granted(await editionDebts(world, { by: theAdministrator, roundId }));
    expect(would).toMatchObject({ edition: 2, comeIn: [], stop: [], next: 0, debts, walled });
    expect(debts[0]).toMatchObject({ number: scene.numbers[1], owed: 'offer-next' });
    const after = await placesIn(scene);
    const moved = scene.numbers.filter((one) => before.get(one) !== after.get(one));
    expect(moved.length).toBeGreaterThan(0);
    expect(new Map(would?.waiting.map((one) => [one.number, [one.before, one.after]]))).toEqual(
      new Map(moved.map((one) => [one, [before.get(one), after.get(one)]])),
    );
    expect(await shownOf(scene, number)).toBeUndefined();
  });

  it('owes the same by each table, and by what is stored of it', async () => {
    const { scene } = await aWrongOffering();
    const { world } = scene;
    const number = await asked(scene, { kind: 'marks-file', import: await rightFile(scene) });
    const { page, command } = await shown(scene, number);
    expect(owedBy(page.offers?.debts)).toEqual([[scene.numbers[1], 'offer-next']]);
    expect(remediesIn(page.effects?.affected)).toEqual(owedBy(page.offers?.debts));
    granted(await applyCorrection(world, command));
    const stored = (await correctionsIn(scene))?.corrections[number - 1]?.applied?.affected;
    if (!stored) throw new Error('Nothing was stored.');
    expect(remediesIn((await affectedListOf(world.records, stored)).affected)).toEqual(
      owedBy(page.offers?.debts),
    );
  });

  it('names who is offered nothing more, and who comes in again and is asked at once', async () => {
    const offering = await aWrongOffering();
    const { scene } = offering;
    const out = await asked(scene, fails(scene, 3));
    expect(await shownOf(scene, out)).toMatchObject({ stop: [scene.numbers[3]], comeIn: [], next: 0 });
    await applied(scene, out);
    for (const who of [2, 0, 1]) await declinesIn(offering, who);

    const again = await asked(scene, { kind: 'undo', correction: out });
    const would = await shownOf(scene, again);
    expect(would).toMatchObject({ edition: 3, comeIn: [scene.numbers[3]], stop: [], next: 1 });
    expect(would?.debts.find(({ number }) => number === scene.numbers[3])).toMatchObject({ owed: 'due' });
    await applied(scene, again);
    await deliverOffersIn(scene.world);
    expect((await offersIn(scene.world, offering.offering)).at(-1)).toMatch(/MAT-003 open$/);
  });

  it('is nothing before offers are made', async () => {
    const scene = await aWronglyMarkedRound();
    const number = await asked(scene, fails(scene, 0));
    expect(await shownOf(scene, number)).toBeUndefined();
  });

  it('stands on the page in each language, and in the answer to a program', async () => {
    const { scene } = await aWrongOffering();
    const { world, roundId } = scene;
    const number = await asked(scene, { kind: 'marks-file', import: await rightFile(scene) });
    const { get } = await aCommitteeSite(world).signIn(theAdministrator);

    for (const locale of locales) {
      const t = translator(locale);
      const { text } = await get(`/${locale}/manage/rounds/${roundId}/corrections/${number}?page=9`);
      expect(text).toContain(t('corrections.offers.text', { number: 2 }));
      expect(text).toContain(t('remedy.edition.owed.offer-next', { post: 'MAT-003' }));
      expect(text).toContain('MAT-003: 3 → 1');
      expect(text).toContain('4 → 1');
    }
    const { text } = await get(`/api/rounds/${roundId}/corrections/${number}`);
    const would = await shownOf(scene, number);
    expect(JSON.parse(text).offers).toEqual(JSON.parse(JSON.stringify(would)));
    expect(would?.debts).toHaveLength(4);
  });

  it('is said also where it is only tried, by the page and to a program, and nothing is stored', async () => {
    const { scene } = await aWrongOffering();
    const { world, roundId } = scene;
    const file = await rightFile(scene);
    const { get } = await aCommitteeSite(world).signIn(secretary);
    const typed = new URLSearchParams({ kind: 'marks-file', import: String(file), page: '9' });
    const before = await placesIn(scene);

    const page = (await get(`/kk/committee/rounds/${roundId}/counterfactual?${typed}`)).text;
    const tried = JSON.parse((await get(`/api/rounds/${roundId}/counterfactual?${typed}`)).text).offers;
    const recorded = await get(`/api/rounds/${roundId}/counterfactual?kind=as-recorded`);

    expect(page).toContain(translator('kk')('corrections.offers.text', { number: 2 }));
    expect(page).toContain('MAT-003: 3 → 1');
    expect(JSON.parse(recorded.text).offers).toBeUndefined();
    expect(await placesIn(scene)).toEqual(before);
    const number = await asked(scene, { kind: 'marks-file', import: file });
    expect(tried).toEqual(JSON.parse(JSON.stringify(await shownOf(scene, number))));
  });
});

const owedBy = (debts: CorrectedOffers['debts'] = []) =>
  debts.map((debt) => [debt.number, remedyOwed(debt)]).filter(([, remedy]) => remedy);

const remediesIn = (affected: readonly Affected[] = []) =>
  affected.map((one) => [one.number, one.remedy]).filter(([, remedy]) => remedy);
