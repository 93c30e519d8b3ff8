import { describe, expect, it, vi } from 'vitest';
import { settleClaim } from '#functions/commands/claim-decision.ts';
import { claimEffects, claimItems } from '#functions/commands/claim-effects.ts';
import { type CodedItem, codedItems } from '#functions/commands/claim-items.ts';
import { makeClaim } from '#functions/commands/claims.ts';
import { openTrial } from '#functions/commands/counterfactual.ts';
import { viewClaim } from '#functions/commands/own-claim.ts';
import type { Corrects } from '#shared/replay/correction.ts';
import type { Part } from '#shared/replay/supposition.ts';
import { grounds, text } from '#test/builders/claims.ts';
import { aMixedRound } from '#test/builders/corrected-steps.ts';
import {
  applied,
  asked,
  aWronglyMarkedRound,
  bundleAt,
  correctionsIn,
  decidedIn,
  published,
} from '#test/builders/corrections.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { granted } from '#test/builders/scenes.ts';
import { advanceIn, anApplicant, chair, secretary } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

const reason = 'Сынақ балы басқа адамның жолынан алынған.';

/** The first of four claims: the mark of the test, and what the raters gave. */
const aClaim = async (
  before: (scene: Awaited<ReturnType<typeof aWronglyMarkedRound>>) => Promise<unknown> = async () => {},
) => {
  const scene = await aWronglyMarkedRound();
  await published(scene);
  await before(scene);
  const { world, roundId, applications } = scene;
  const mine = { by: anApplicant(0), applicationId: nth(applications, 0).id };
  const claimId = granted(await makeClaim(world, { ...mine, grounds, text })).state.id;
  const command = { by: chair, roundId, claimId };
  const items = granted(await claimItems(world, command));
  const itemAt = (part: CodedItem['part'], criterion: string, place = 0): CodedItem =>
    nth(
      items.filter((one) => one.part === part && one.criterion === criterion),
      place,
    );
  return { scene, world, mine, command, items, itemAt };
};

const invalid = (place: string, message: string) => ({
  error: { kind: 'invalid', faults: [{ place, message: `results.fault.${message}` }] },
});

describe('a claim about points', () => {
  it('can be about each point that counts, of a rater by their code or of another organisation', async () => {
    const { items, itemAt } = await aClaim();

    expect(itemAt('scoring', 'test')).toEqual({ part: 'scoring', criterion: 'test', points: 55 });
    expect(items.filter(({ part, rater }) => part === 'scoring' && rater === undefined)).toHaveLength(2);
    const rated = items.filter(({ rater }) => rater !== undefined);
    expect(rated.every(({ rater }) => /^R\d+$/.test(rater ?? ''))).toBe(true);
    expect(new Set(rated.filter(({ part }) => part === 'interview').map(({ rater }) => rater)).size).toBe(3);
  });

  it('is counted from the points, by the same count as all results', async () => {
    const { scene, world, command, itemAt } = await aClaim();
    const items = [{ ...itemAt('scoring', 'test'), points: 80 }];

    const {
      granted: grant,
      found,
      digest: shown,
    } = granted(await claimEffects(world, { ...command, corrected: {}, items }));

    // 18 of 100 times 25 more points.
    expect(grant).toMatchObject({
      scoring: 94,
      items: [{ criterion: 'test', was: 55, points: 80, mean: { was: 55, is: 80 } }],
    });
    expect(grant.interview).toBeUndefined();
    expect(found.after.results?.find(({ number }) => number === scene.numbers[0])).toMatchObject({
      scoring: 94,
      marks: { test: 80 },
    });
    const settle = { ...command, reason, verdict: 'upheld', corrected: {}, items, shown } as const;
    granted(await settleClaim(world, settle));
    expect(granted(await settleClaim(world, settle)).state.status, 'a second press').toBe('upheld');
    expect(await settleClaim(world, { ...settle, items: [] })).toMatchObject({
      error: { kind: 'already-decided' },
    });
    world.clock.to(at('2022-11-14T05:00'));
    await advanceIn(world, scene.roundId);
    expect((await decidedIn(scene, 'claims'))[0]).toEqual([80, 94, 2]);
    const bundle = await bundleAt(scene);
    expect(bundle.findings.filter(({ holds }) => !holds)).toEqual([]);
  });

  it('changes the card of one rater alone, and the mean follows', async () => {
    const { scene, world, mine, command, items, itemAt } = await aClaim();
    const card = itemAt('interview', items.find(({ part }) => part === 'interview')?.criterion ?? '', 1);
    const wanted = { ...command, corrected: {}, items: [{ ...card, points: 1 }] };

    const { granted: grant, codeOf, digest: shown } = granted(await claimEffects(world, wanted));

    const [item] = grant.items ?? [];
    expect(item).toMatchObject({ was: 4, points: 1, mean: { was: 4, is: 3 } });
    expect(item?.raterId && codeOf(item.raterId)).toBe(card.rater);
    expect(grant.interview).toBeLessThan(100);
    granted(await settleClaim(world, { ...wanted, reason, verdict: 'upheld', shown }));
    const record = await correctionsIn(scene);
    expect(record?.standing).toMatchObject([{ claim: command.claimId, corrected: grant }]);
    expect(granted(await viewClaim(world, mine)).claim?.claim).toMatchObject({ corrected: grant });
  });

  it('is refused where the points are none of the application, or cannot be', async () => {
    const { world, command, itemAt } = await aClaim();
    const tried = (items: CodedItem[], corrected = {}) =>
      claimEffects(world, { ...command, corrected, items });
    const test = { ...itemAt('scoring', 'test'), points: 80 };
    const place = 'item.scoring.test.marks';

    expect(await tried([])).toMatchObject({ error: { kind: 'invalid' } });
    expect(await tried([{ ...test, points: 55 }])).toMatchObject(invalid(place, 'item-same'));
    expect(await tried([{ ...test, points: 100.5 }])).toMatchObject(invalid(place, 'item-points'));
    expect(await tried([{ ...test, points: 90.123 }])).toMatchObject(invalid(place, 'item-points'));
    expect(await tried([{ ...test, points: Number.NaN }])).toMatchObject(invalid(place, 'item-points'));
    expect(await tried([test, test])).toMatchObject(invalid(place, 'item'));
    expect(await tried([{ ...test, rater: 'R99' }])).toMatchObject(invalid('item.scoring.test.R99', 'item'));
    expect(await tried([test], { scoring: 80 })).toMatchObject(invalid('scoring', 'item-total'));
  });

  it('stands on corrections of the round, and says where a total took the place of points', async () => {
    const { world, command, items, itemAt } = await aClaim(async (round) => {
      const number = round.numbers[0] ?? nth(round.applications, 0).number;
      const about = { part: 'scoring', criterion: 'test', number } as const;
      await applied(round, await asked(round, { kind: 'criterion', ...about, points: 70.25 }));
      await applied(round, await asked(round, { kind: 'totals', number, corrected: { interview: 50 } }));
    });
    const test = itemAt('scoring', 'test');
    expect(test.points).toBe(70.25);
    const card = nth(
      items.filter(({ part }) => part === 'interview'),
      0,
    );
    const tried = await claimEffects(world, { ...command, corrected: {}, items: [{ ...card, points: 1 }] });
    expect(tried).toMatchObject({ error: { faults: [{ message: 'results.fault.item-replaced' }] } });
  });

  it.for<[string, (raters: Record<Part, readonly string[]>) => Corrects]>([
    [
      'rows of a file that shifted',
      ({ interview: [rater = ''] }) => ({ kind: 'rows-shifted', part: 'interview', rater, rows: 1 }),
    ],
    [
      'a rater who is left out',
      ({ scoring: [rater = ''] }) => ({ kind: 'rater-left-out', part: 'scoring', rater }),
    ],
  ])('is about points as they are with %s, others read or not', async ([, corrects]) => {
    const scene = await aMixedRound();
    const { world, roundId, applications } = scene;
    await advanceIn(world, roundId);
    await advanceIn(world, roundId);
    const itemsOf = async (index: number) => {
      const { id: applicationId, number } = nth(applications, index);
      const by = anApplicant(index);
      const claimId = granted(await makeClaim(world, { by, applicationId, grounds, text })).state.id;
      return async () => {
        const command = { by: chair, roundId, claimId };
        const whole = granted(await openTrial(world, command, 'claim.decide'));
        return { own: granted(await claimItems(world, command)), whole: codedItems(whole, number) };
      };
    };
    const all = await Promise.all([0, 1, 2, 3].map(itemsOf));
    const before = await Promise.all(all.map((items) => items()));
    const { raters } = granted(await openTrial(world, { by: secretary, roundId }));
    await applied(scene, await asked(scene, corrects(raters)));

    const after = await Promise.all(all.map((items) => items()));

    expect(after.map(({ own }) => own)).toEqual(after.map(({ whole }) => whole));
    expect(after).not.toEqual(before);
  });

  it('reads of other applications no event to say what it can be about', async () => {
    const { scene, world, command } = await aClaim();
    const history = vi.spyOn(world.records, 'history');

    granted(await claimItems(world, command));

    const read = history.mock.calls.flatMap(([aggregate, id]) => (aggregate === 'candidacy' ? [id] : []));
    expect(read).toEqual([nth(scene.applications, 0).id]);
  });

  it('is tried on what results are ranked from, and on nothing that came before', async () => {
    const { scene, world, command } = await aClaim();
    const history = vi.spyOn(world.records, 'history');

    granted(await claimEffects(world, { ...command, corrected: { interview: 20 } }));

    const kinds = history.mock.calls.map(([aggregate]) => aggregate);
    expect(kinds.filter((kind) => kind === 'candidacy')).toHaveLength(scene.applications.length);
    expect(new Set(kinds)).toEqual(new Set(['round', 'committee', 'marks', 'gate', 'candidacy']));
  });

  it('is shown anew where a correction is applied meanwhile', async () => {
    const { scene, world, command, itemAt } = await aClaim();
    const wanted = { ...command, corrected: {}, items: [{ ...itemAt('scoring', 'essay'), points: 20 }] };
    const { digest: shown } = granted(await claimEffects(world, wanted));
    const number = scene.numbers[0] ?? nth(scene.applications, 0).number;
    const about = { part: 'scoring', criterion: 'test', number } as const;
    await applied(scene, await asked(scene, { kind: 'criterion', ...about, points: 70 }));

    const settle = { ...wanted, reason, verdict: 'upheld', shown } as const;
    expect(await settleClaim(world, settle)).toMatchObject({ error: { kind: 'changed-meanwhile' } });
  });
});
