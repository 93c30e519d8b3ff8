import { beforeEach, describe, expect, it } from 'vitest';
import { openBundle, ownReceipt } from '#functions/commands/result-receipt.ts';
import { ownResult, publicResults } from '#functions/commands/results.ts';
import { reportOf } from '#shared/bundle/report.ts';
import { type Verification, verifyResults } from '#shared/bundle/verify.ts';
import { publicationsAbout } from '#shared/domain/results-publication.ts';
import { locales } from '#shared/i18n/locale.ts';
import { resultsKey } from '#shared/ports/papers.ts';
import {
  applied,
  asked,
  aWrongPublication,
  correctedMarks,
  right,
  wrong,
} from '#test/builders/corrections.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import type { MarksScene } from '#test/builders/marks-scene.ts';
import { granted } from '#test/builders/scenes.ts';
import { anApplicant, roundIn } from '#test/builders/selection.ts';

let scene: MarksScene;
let publishes: () => Promise<void>;

beforeEach(async () => {
  ({ scene, publishes } = await aWrongPublication());
});

const corrected = (): Promise<number> => correctedMarks(scene);

const publications = async () => publicationsAbout(await roundIn(scene.world, scene.roundId), 'claims');

/** The files of all editions, the first first. */
const bundles = async (): Promise<string[]> =>
  (await publications()).map(({ decision, edition }) =>
    new TextDecoder().decode(
      scene.world.papers.stored.get(resultsKey(scene.roundId, 'claims', decision, edition)),
    ),
  );

const failedIn = ({ findings }: Verification): string[] =>
  findings.filter(({ holds }) => !holds).map(({ check }) => check);

const ranksIn = (text: string): unknown =>
  scene.numbers.map(
    (number) => JSON.parse(text).statement.rows.find((row: { number: string }) => row.number === number).rank,
  );

const receiptOf = async (index: number, edition?: number): Promise<string> => {
  const { id: applicationId } = nth(scene.applications, index);
  const command = { by: anApplicant(index), applicationId, stage: 'claims' as const, edition };
  return granted(await ownReceipt(scene.world, command)).text;
};

describe('final results that are corrected after they were published', () => {
  it('get another edition beside the first, which stays, and names it', async () => {
    const [first] = await bundles();
    await corrected();
    await publishes();
    await publishes();

    const [kept, newest = '', ...more] = await bundles();
    expect(kept).toBe(first);
    expect(more).toEqual([]);
    expect(ranksIn(first ?? '')).toEqual(wrong.map(([, , rank]) => rank));
    expect(ranksIn(newest)).toEqual(right.map(([, , rank]) => rank));
    const { bundle, ...alone } = await verifyResults(newest);
    expect(failedIn(alone)).toEqual([]);
    const [before] = await publications();
    expect(bundle?.statement).toMatchObject({
      format: 11,
      edition: {
        number: 2,
        cause: 'marks-file',
        corrects: { root: before?.root, bundle: before?.bundle },
      },
    });
    const chain = await verifyResults(newest, undefined, [kept ?? '']);
    expect(failedIn(chain)).toEqual([]);
    expect(chain.findings).toContainEqual({ check: 'editions', holds: true, count: 1 });
  });

  it('give everybody a new receipt, and the old one is said to be of an edition that was corrected', async () => {
    const old = await receiptOf(1);
    await corrected();
    await publishes();
    const [first = '', newest = ''] = await bundles();

    for (const index of scene.applications.keys()) {
      expect(failedIn(await verifyResults(newest, await receiptOf(index)))).toEqual([]);
    }
    expect(await receiptOf(1, 1)).toBe(old);
    const checked = await verifyResults(newest, old, [first]);
    expect(failedIn(checked)).toEqual([]);
    const at = checked.bundle?.statement.edition?.correctedAt;
    expect(checked.findings).toContainEqual({ check: 'receipt-earlier', holds: true, at });
    for (const locale of locales) expect(JSON.stringify(reportOf(checked, locale))).toContain(at);
    const alone = await verifyResults(newest, old);
    expect(failedIn(alone)).toEqual(['receipt-earlier']);
    expect(alone.findings).toContainEqual({ check: 'receipt-earlier', holds: false, count: 1, by: 2 });
  });

  it('are what anybody reads from then on, with what changed, and what an applicant is told', async () => {
    await corrected();
    await publishes();
    const { world, roundId } = scene;

    const { results, publications: all } = granted(await publicResults(world, roundId));
    expect(results?.edition).toMatchObject({ number: 2, cause: 'marks-file' });
    expect(results?.edition?.changed.map(({ after }) => after.number)).toEqual(scene.numbers.toSorted());
    expect(all.map(({ stage, edition }) => [stage, edition])).toEqual([
      ['claims', undefined],
      ['claims', 2],
    ]);
    const { id: applicationId } = nth(scene.applications, 1);
    const own = granted(await ownResult(world, { by: anApplicant(1), applicationId }));
    expect(own.stages[0]).toMatchObject({ stage: 'claims', standing: { rank: 1 } });
    for (const edition of [1, 2, undefined])
      granted(await openBundle(world, { roundId, stage: 'claims', edition }));
    expect(await openBundle(world, { roundId, stage: 'claims', edition: 3 })).toMatchObject({ ok: false });
  });

  it('get a third edition where the correction is taken back, which says what the first said', async () => {
    await applied(scene, await asked(scene, { kind: 'undo', correction: await corrected() }));
    await publishes();

    const [first = '', second = '', third = ''] = await bundles();
    expect(ranksIn(third)).toEqual(ranksIn(first));
    expect(third).not.toBe(first);
    const chain = await verifyResults(third, undefined, [first, second]);
    expect(failedIn(chain)).toEqual([]);
    expect(failedIn(await verifyResults(third, undefined, [first]))).toEqual(['editions']);
    expect(failedIn(await verifyResults(second, undefined, [first, third]))).toEqual(['editions']);
  });

  it('stand as corrected where points were, which nobody can count from what is published', async () => {
    const number = nth(scene.numbers, 1);
    await applied(scene, await asked(scene, { kind: 'totals', number, corrected: { scoring: 99 } }));
    await publishes();

    const [first = '', newest = ''] = await bundles();
    expect(failedIn(await verifyResults(newest, await receiptOf(1), [first]))).toEqual([]);
    const rows = (await verifyResults(newest)).bundle?.statement.rows ?? [];
    expect(rows.filter(({ scoring }) => scoring?.corrected).map((row) => row.number)).toEqual([number]);
    expect(rows[0]).toMatchObject({ number, rank: 1, scoring: { value: 99 } });
  });

  it('are asked for once, in the same commit as the correction', async () => {
    await corrected();

    const rows = [...scene.world.records.outbox.values()];
    expect(rows.filter(({ body }) => body.kind === 'publish-results')).toHaveLength(2);
  });
});
