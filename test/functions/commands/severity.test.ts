import { beforeAll, describe, expect, it } from 'vitest';
import { chronicleOf } from '#functions/commands/chronicle.ts';
import { codedItems, grantOf } from '#functions/commands/claim-items.ts';
import { openTrial, tryClaim, tryCorrection } from '#functions/commands/counterfactual.ts';
import { takeProposalBack } from '#functions/commands/gate-work.ts';
import { recountBasis } from '#functions/commands/recount-basis.ts';
import { scoreApplication } from '#functions/commands/scoring.ts';
import type { StandingList } from '#shared/domain/standing.ts';
import { recount } from '#shared/replay/recount.ts';
import { withoutReads } from '#test/builders/reads.ts';
import { granted } from '#test/builders/scenes.ts';
import {
  advanceIn,
  candidacyOf,
  chair,
  pointsOf,
  ratersOf,
  roundIn,
  secretary,
} from '#test/builders/selection.ts';
import { aSeverityScene, listAt, proposedIn, type SeverityScene } from '#test/builders/severity-scene.ts';
import { alsoWithdrawn } from '#test/builders/withdrawn.ts';

describe('a round whose file asks for adjusted scores', () => {
  let scene: SeverityScene;
  let list: StandingList;
  beforeAll(async () => {
    scene = await aSeverityScene(0.5);
    list = await proposedIn(scene);
  });

  it('proposes totals without what each rater adds, and says that the checks allow it', () => {
    expect(list.adjustment).toMatchObject({ counts: 'adjusted' });
    expect(list.adjustment?.checks.map(({ check, passed }) => [check, passed])).toEqual([
      ['connected', true],
      ['few', true],
      ['reliability', true],
      ['residuals', true],
    ]);
    expect(list.standings.every(({ rated, total }) => rated?.adjusted === total)).toBe(true);
    expect(list.standings.some(({ rated }) => rated?.raw !== rated?.adjusted)).toBe(true);
  });

  it('says of each how sure its total is, and which ranks that leaves open', () => {
    const { standings } = list;
    const ends = standings.map(({ total = 0, spread }) => {
      const reach = 1.959963984540054 * (spread?.error ?? NaN);
      return { from: total - reach, to: total + reach };
    });
    for (const [index, { spread, rated, rank = 0 }] of standings.entries()) {
      expect(spread?.error).toBe(rated?.error);
      const [best, worst] = spread?.ranks ?? [];
      const own = ends[index] ?? { from: 0, to: 0 };
      expect(best).toBe(1 + ends.filter(({ from }) => from > own.to).length);
      expect(worst).toBe(ends.filter(({ to }) => to >= own.from).length);
      expect(best).toBeLessThanOrEqual(rank);
      expect(worst).toBeGreaterThanOrEqual(rank);
    }
  });

  it('draws up the same bytes again, and others once a score is another', async () => {
    const { world, roundId, applications } = scene;
    const again = async () => {
      granted(await takeProposalBack(world, { by: secretary, roundId }));
      return await proposedIn(scene);
    };
    expect(await again()).toEqual(list);

    granted(await takeProposalBack(world, { by: secretary, roundId }));
    const [first] = applications;
    const applicationId = first?.id ?? list.standings[0]?.applicationId;
    if (!applicationId) throw new Error('Nobody applied.');
    const [by = chair] = await ratersOf(world, applicationId);
    const { points } = (await candidacyOf(world, applicationId)).scores.find(
      ({ raterId }) => raterId === by.id,
    ) ?? { points: {} };
    const worst = await pointsOf(world, false, roundId);
    granted(await scoreApplication(world, { by, roundId, applicationId, points: worst }));
    const changed = await proposedIn(scene);
    // What the rater adds is estimated anew, so it is another for everybody whom they rated.
    const moved = changed.standings.filter(
      ({ applicationId: id, total }) =>
        list.standings.find((one) => one.applicationId === id)?.total !== total,
    );
    expect(moved.length).toBeGreaterThan(8);

    granted(await takeProposalBack(world, { by: secretary, roundId }));
    granted(await scoreApplication(world, { by, roundId, applicationId, points }));
    expect(await proposedIn(scene)).toEqual(list);
  });

  it('is counted again as it was decided, from its events alone', async () => {
    const { world, roundId } = scene;
    granted(await takeProposalBack(world, { by: secretary, roundId }));
    await advanceIn(world, roundId);
    const decided = await listAt(scene, (await roundIn(world, roundId)).decisions.scoring);
    expect(decided.adjustment).toEqual(list.adjustment);

    const trial = granted(await openTrial(world, { by: secretary, roundId }));
    expect(granted(tryCorrection(trial, { kind: 'as-recorded' })).affected).toEqual([]);
  });

  it('is so with whoever withdrew after the applications were read for the list, and since', async () => {
    const { world, roundId } = scene;
    const chronicle = await chronicleOf(world.records, roundId);
    const [first, second] = list.standings;
    const drawnUp = chronicle?.events.findLast(({ fact }) => fact.type === 'proposal-drawn-up');
    if (!chronicle || !first || !second || !drawnUp) throw new Error('Nothing was decided.');
    const meanwhile = alsoWithdrawn(chronicle, first.applicationId, drawnUp.fact.at);
    const left = withoutReads(alsoWithdrawn(meanwhile, second.applicationId, world.clock.now()));
    const given = await recountBasis(left, world.clock.now());
    if (!given) throw new Error('Nothing was ranked.');
    const trial = granted(await openTrial(world, { by: secretary, roundId }));

    expect(granted(tryCorrection({ ...trial, given }, { kind: 'as-recorded' })).affected).toEqual([]);
  });

  it('adjusts anew by the same rule when a rater’s scores stood in wrong rows, also for whoever had other raters', async () => {
    const { world, roundId } = scene;
    const trial = granted(await openTrial(world, { by: secretary, roundId }));
    const [rater = ''] = trial.raters.scoring;
    const { after } = granted(
      tryCorrection(trial, { kind: 'rows-shifted', part: 'scoring', rater, rows: 1 }),
    );

    const totals = new Map(list.standings.map(({ number, total }) => [number, total]));
    const moved = after.scoring.filter(({ number, total }) => total !== totals.get(number));
    const own = trial.given.basis.scoring.candidacies.filter(({ raters }) =>
      raters.some((id) => id === trial.raterOf(rater)),
    );
    expect(moved.length).toBeGreaterThan(own.length);
    expect(after.scoring.every(({ rated, total }) => rated?.adjusted === total)).toBe(true);
  });

  it('counts the total of a claim by the adjusted scores, and leaves everybody else theirs', async () => {
    const { world, roundId } = scene;
    const trial = granted(await openTrial(world, { by: secretary, roundId }));
    const [own] = list.standings.slice(-1);
    if (!own) throw new Error('Nobody was ranked.');
    const card = codedItems(trial, own.number).find(({ part, points }) => part === 'scoring' && points === 0);
    const best = trial.given.basis.file.rubric.criteria
      .find(({ code }) => code === card?.criterion)
      ?.scale.map(({ points }) => points);
    if (!card || !best) throw new Error('Nobody gave nothing.');
    const changed = { ...card, points: Math.max(...best) };

    const grant = granted(grantOf(trial, own.number, { corrected: {}, items: [changed] }));

    const upheld = granted(tryClaim(trial, { kind: 'claim', number: own.number, corrected: grant }));
    const { rated, total } = upheld.after.scoring.find(({ number }) => number === own.number) ?? {};
    expect(grant).toMatchObject({ scoring: total, items: [{ was: 0, points: changed.points }] });
    expect(rated?.adjusted).toBe(total);
    expect(rated?.raw).not.toBe(total);
    expect(grant.scoring).toBeGreaterThan(own.total ?? 100);
    const totals = new Map(list.standings.map((one) => [one.number, one.total]));
    const others = upheld.after.scoring.filter(({ number }) => number !== own.number);
    expect(others.filter((one) => one.total !== totals.get(one.number))).toEqual([]);
  });

  it('stays with the scores that were decided to count, and says where the checks would now come out otherwise', async () => {
    const { world, roundId } = scene;
    const chronicle = await chronicleOf(world.records, roundId);
    const given = chronicle && (await recountBasis(chronicle, world.clock.now()));
    if (!given) throw new Error('Nothing was ranked.');
    const trial = granted(await openTrial(world, { by: secretary, roundId }));
    // Everybody's scores but two are taken away: too few are left to say anything of raters.
    const few = given.basis.scoring.candidacies.slice(0, 2);
    const basis = { ...given.basis, scoring: { ...given.basis.scoring, candidacies: few } };
    const found = tryCorrection({ ...trial, given: { ...given, basis } }, { kind: 'as-recorded' });

    expect(granted(found)).toMatchObject({ otherwise: 'adjusted' });
    const again = recount(basis, {
      suppositions: [],
      marksIn: () => undefined,
      raterOf: () => undefined,
      criteria: { scoring: [], interview: [] },
    });
    expect(again.adjustment?.counts).toBe('adjusted');
  });
});

describe('a round whose applications are too much alike', () => {
  it('goes by the scores as they were given, and names the check with what it found', async () => {
    const list = await proposedIn(await aSeverityScene(0));

    expect(list.adjustment?.counts).toBe('raw');
    const failed = list.adjustment?.checks.filter(({ passed }) => !passed);
    expect(failed).toContainEqual({
      check: 'reliability',
      passed: false,
      found: expect.any(Number),
      bound: 0.5,
      interval: expect.anything(),
    });
    expect(list.standings.every(({ rated, total }) => rated?.raw === total)).toBe(true);
  });
});
