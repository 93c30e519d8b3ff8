import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { settleClaim } from '#functions/commands/claim-decision.ts';
import { claimEffects, claimItems } from '#functions/commands/claim-effects.ts';
import type { CodedItem, Wanted } from '#functions/commands/claim-items.ts';
import { makeClaim } from '#functions/commands/claims.ts';
import { orderMinutes } from '#functions/commands/minutes.ts';
import { drawPapers } from '#functions/papers/draw.ts';
import { renderWith } from '#functions/papers/render.ts';
import { type Locale, locales, translator } from '#shared/i18n/index.ts';
import { Minutes } from '#shared/papers/minutes.ts';
import { withPaperTexts } from '#shared/papers/words.ts';
import { paperDataKey } from '#shared/ports/papers.ts';
import { grounds, text } from '#test/builders/claims.ts';
import { aClosedRoundIn, type ClosedRound } from '#test/builders/closed-round.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aWorld, granted, type World } from '#test/builders/scenes.ts';
import { anApplicant, chair } from '#test/builders/selection.ts';
import { deployedFonts } from './fonts.ts';
import { bare, readPdf } from './pdf.ts';

let round: ClosedRound;
let minutes: Minutes;
let cards: readonly CodedItem[];
const pages = new Map<Locale, string>();

/** The claim of an application is upheld. */
const upheld = async (
  world: World,
  { roundId, applications }: ClosedRound,
  place: number,
  wantedOf: (items: readonly CodedItem[]) => Wanted,
): Promise<void> => {
  const mine = { by: anApplicant(place), applicationId: nth(applications, place).id };
  const claimId = granted(await makeClaim(world, { ...mine, grounds, text })).state.id;
  const command = { by: chair, roundId, claimId };
  const wanted = wantedOf(granted(await claimItems(world, command)));
  const { digest: shown } = granted(await claimEffects(world, { ...command, ...wanted }));
  granted(await settleClaim(world, { ...command, ...wanted, reason: text, verdict: 'upheld', shown }));
};

beforeAll(async () => {
  const world = { ...aWorld(), people: memoryPeople() };
  round = await aClosedRoundIn(world, undefined, {
    claimed: async (played) => {
      await upheld(world, played, 1, (items) => {
        cards = items.filter(({ part }) => part === 'interview').slice(0, 2);
        return { corrected: {}, items: cards.map((item) => ({ ...item, points: 4 })) };
      });
      await upheld(world, played, 3, () => ({ corrected: { interviewOwed: true, scoring: 50.5 } }));
    },
  });
  const order = await orderMinutes(world, round.roundId);
  const kept = world.papers.stored.get(paperDataKey(order.roundId, order.name));
  minutes = Minutes.parse(JSON.parse(new TextDecoder().decode(kept)));
  const { files } = await drawPapers(
    { papers: world.papers, render: renderWith(await deployedFonts()) },
    order,
  );
  for (const { key, locale } of files) {
    const pdf = world.papers.stored.get(key) ?? new Uint8Array();
    const read = readPdf(pdf);
    expect(read.boxes, 'letters that the font does not have').toBe(0);
    pages.set(locale, read.pages.join(''));
    const looks = process.env['LOOKS'];
    if (!looks) continue;
    mkdirSync(looks, { recursive: true });
    writeFileSync(join(looks, `claims-${locale}.pdf`), pdf);
  }
});

describe('the minutes of a round whose claims were upheld', () => {
  it('hold which points were changed, on whose card by the code, and the totals before and after', () => {
    const number = nth(round.applications, 1).number;
    const [claim] = minutes.claims;

    expect(claim).toMatchObject({ number, outcome: 'granted' });
    expect(cards.map(({ rater }) => rater)).toEqual([expect.stringMatching(/^R\d$/), expect.any(String)]);
    expect(claim?.changed?.points).toMatchObject(
      cards.map(({ part, criterion, rater }) => ({ part, criterion, rater, was: 3, points: 4 })),
    );
    expect(claim?.changed?.totals).toEqual([
      { of: 'interview', was: 75, is: expect.closeTo(80.8333, 3) },
      { of: 'total', was: 90, is: expect.closeTo(92.3333, 3) },
    ]);
    expect(minutes.applications.find((one) => one.number === number)?.total).toBe(
      claim?.changed?.totals[1]?.is,
    );
  });

  it('hold a total alone, and that an interview is owed; nothing of a claim that was rejected', () => {
    const [, rejected, owed] = minutes.claims;

    expect(rejected).toEqual({
      number: nth(round.applications, 2).number,
      filedAt: expect.any(String),
      decidedAt: expect.any(String),
      outcome: 'dismissed',
    });
    expect(owed?.changed).toEqual({
      totals: [{ of: 'scoring', was: expect.any(Number), is: 50.5 }],
      interviewOwed: true,
    });
  });

  it.for(locales)('say it in %s, and name no rater by an id', (locale) => {
    const t = withPaperTexts(translator(locale));
    const paper = pages.get(locale) ?? '';
    const { points: [point] = [], totals = [] } = minutes.claims[0]?.changed ?? {};
    const name = point?.title?.[locale];

    const what = `${name}, ${t('committee.interview')}, ${point?.rater}`;
    expect(paper).toContain(bare(t('papers.claims.moved', { what, before: '3', after: '4' })));
    for (const { of, was, is } of totals) {
      // To the hundredth, as the ranking has them.
      const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
      const [before = '', after = ''] = [was, is].map((value = 0) =>
        t('results.percent', { value: format.format(value) }),
      );
      const moved = t('papers.claims.moved', { what: t(`papers.claims.of.${of}`), before, after });
      expect(paper).toContain(bare(moved));
    }
    expect(paper).toContain(bare(t('papers.claims.interviewOwed')));
    expect(JSON.stringify(minutes.claims)).not.toContain('raterId');
  });
});
