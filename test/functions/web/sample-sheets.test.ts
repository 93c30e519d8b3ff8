import { describe, expect, it } from 'vitest';
import { makeClaim } from '#functions/commands/claims.ts';
import { drawUpProposal } from '#functions/commands/gate-work.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { type Locale, locales, translator } from '#shared/i18n/index.ts';
import { grounds, published } from '#test/builders/claims.ts';
import { asked, aWronglyMarkedRound, rightFile } from '#test/builders/corrections.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { aPracticeFile } from '#test/builders/practice.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScoringIn, chair, ratersOf, score, secretary } from '#test/builders/selection.ts';
import { aSelectionSite } from './selection-site.ts';

/** A proposal of scoring lies on the table; its sheet is the sample, or one that somebody has verified. */
const drawnUp = async (upload = sample()) => {
  const world = aWorld();
  const { roundId, applications } = await aScoringIn(world, [{}, {}, {}], upload);
  for (const { id } of applications) {
    for (const by of await ratersOf(world, id)) granted(await score({ world, roundId }, by, id));
  }
  granted(await drawUpProposal(world, { by: secretary, roundId }));
  const { id } = nth(applications, 0);
  const rater = nth(await ratersOf(world, id), 0);
  const site = aSelectionSite(world);
  const [desk, own] = [await site.staff(secretary), await site.staff(rater)];
  const pagesIn = async (locale: Locale) => {
    const round = `/${locale}/committee/rounds/${roundId}`;
    return [
      await desk.get(round),
      await desk.get(`${round}/charts`),
      await desk.get(`${round}/evaluation-sheets`),
      await own.get(`${round}/scoring/${id}`),
      await own.get(`${round}/scoring/${id}/versions`),
      await own.get(`${round}/own-scores`),
      await own.get(`${round}/feedback`),
      await desk.get(`${round}/near-line`),
    ];
  };
  const nameOf = async (file: string) =>
    (await desk.get(`/en/committee/rounds/${roundId}/lists/${file}`)).headers.get('content-disposition');
  return { pagesIn, nameOf };
};

/** With a line at the second place, and with feedback. */
const sample = (over: Partial<RoundFile> = {}): Uint8Array => {
  const { practice: _none, ...file } = aPracticeFile();
  return asUpload({ ...file, shortlist: { ...file.shortlist, atMost: 2, minimumPoints: 0 }, ...over });
};

const verified = (): Uint8Array => {
  const { rubric, interviews } = aRoundFile();
  return sample({
    rubric: { ...rubric, confidence: 'high' },
    interviews: { ...interviews, confidence: 'high' },
  });
};

describe('points that were given by an unverified sheet', () => {
  it('are called a sample on each page of the committee that shows them, and in the name of each file', async () => {
    const { pagesIn, nameOf } = await drawnUp();

    for (const locale of locales) {
      for (const { status, text } of await pagesIn(locale)) {
        expect(status).toBe(200);
        expect(text).toContain(translator(locale)('scoring.sample'));
      }
    }
    for (const file of ['scores.csv', 'scores.xlsx', 'ranking.csv', 'ranking.xlsx']) {
      expect(await nameOf(file)).toContain('-2022-3-sample.');
    }
    expect(await nameOf('applications.csv')).not.toContain('sample');
  });

  it('are called so nowhere once somebody has verified the sheet', async () => {
    const { pagesIn, nameOf } = await drawnUp(verified());

    for (const { status, text } of await pagesIn('en')) {
      expect(status).toBe(200);
      expect(text).not.toContain(translator('en')('scoring.sample'));
    }
    expect(await nameOf('scores.csv')).toContain('-2022-3.csv');
  });

  it('are called a sample where a correction is tried, asked for and shown', async () => {
    const scene = await aWronglyMarkedRound();
    const { world, roundId } = scene;
    const number = await asked(scene, { kind: 'marks-file', import: await rightFile(scene) });
    const desk = await aSelectionSite(world).staff(secretary);
    const round = `/en/committee/rounds/${roundId}`;

    for (const address of [`${round}/counterfactual`, `/en/manage/rounds/${roundId}/corrections/${number}`]) {
      const { status, text } = await desk.get(address);
      expect(status).toBe(200);
      expect(text).toContain(translator('en')('scoring.sample'));
    }
  });

  it('are called a sample beside a claim about them, and before it is upheld', async () => {
    const { world, roundId, candidates } = await published();
    const { applicationId, by } = nth(candidates, 0);
    granted(await makeClaim(world, { by, applicationId, grounds, text: 'One row too low.' }));
    const desk = await aSelectionSite(world).staff(chair);
    const list = await desk.get(`/en/committee/rounds/${roundId}/claims`);
    const [, address = ''] = /href="([^"]+\/claims\/\w+)"/.exec(list.text) ?? [];
    const upheld = { verdict: 'upheld', scoring: '71', interview: '', reason: 'One row too low.' };
    const shown = await desk.get(address);
    const effects = await desk.post(address, upheld);

    for (const page of [shown, effects]) {
      expect(page.status).toBe(200);
      expect(page.text).toContain(translator('en')('scoring.sample'));
    }
  });
});
