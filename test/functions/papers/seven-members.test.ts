import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { orderMinutes } from '#functions/commands/minutes.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { drawPapers } from '#functions/papers/draw.ts';
import { renderWith } from '#functions/papers/render.ts';
import { noteDrawn } from '#functions/steps/minutes.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { Minutes } from '#shared/papers/minutes.ts';
import { withPaperTexts } from '#shared/papers/words.ts';
import { paperDataKey } from '#shared/ports/papers.ts';
import { nth } from '#test/builders/interview-scenes.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aTickingWorld } from '#test/builders/scenes.ts';
import { candidacyOf } from '#test/builders/selection.ts';
import { minutesAt } from '#test/builders/seven-acts.ts';
import { aRoundOfSevenIn, type SevenRound, whyEarly } from '#test/builders/seven-members.ts';
import { person, rostered } from '#test/builders/seven-seats.ts';
import { deployedFonts } from './fonts.ts';
import { bare, readPdf } from './pdf.ts';

let round: SevenRound;
let minutes: Minutes;
let left: { scores: number };
const papers: { text: string; boxes: number }[] = [];

beforeAll(async () => {
  const world = { ...aTickingWorld(), people: memoryPeople() };
  round = await aRoundOfSevenIn(world);
  const candidacies = await Promise.all(round.applications.map(({ id }) => candidacyOf(world, id)));
  const scores = candidacies.flatMap((one) =>
    one.scores.filter(({ raterId }) => raterId === person('zaure').id),
  );
  left = { scores: scores.length };
  const order = await orderMinutes(world, round.roundId);
  const kept = world.papers.stored.get(paperDataKey(order.roundId, order.name));
  minutes = Minutes.parse(JSON.parse(new TextDecoder().decode(kept)));
  const render = renderWith(await deployedFonts());
  const drawn = await drawPapers({ papers: world.papers, render }, order);
  await noteDrawn(world, drawn);
  for (const { locale } of drawn.files) {
    const pdf = await minutesAt(round, person('secretary'), locale);
    const { pages, boxes } = readPdf(pdf);
    papers.push({ text: pages.join(''), boxes });
    const looks = process.env['LOOKS'];
    if (!looks) continue;
    mkdirSync(looks, { recursive: true });
    writeFileSync(join(looks, `seven-members-${locale}.pdf`), pdf);
  }
});

const numberOf = (index: number): string => nth(round.applications, index).number;

const gateOf = (stage: string) => {
  const gate = minutes.gates.find((one) => one.stage === stage);
  if (!gate) throw new Error(`There is no gate of ${stage}.`);
  return gate;
};

describe('the minutes of a round that seven members took to its end', () => {
  it('are for the seven to sign who had a vote at the end, and name who left and who stood in', () => {
    const signing = minutes.seats.filter(({ votesAtEnd }) => votesAtEnd).map(({ personId }) => personId);
    const expected = rostered.filter((name) => name !== 'zaure').map((name) => person(name).id);

    expect(new Set(signing)).toEqual(new Set(expected));
    const bySeat = new Map(minutes.seats.map((seat) => [seat.personId, seat]));
    expect(bySeat.get(person('zaure').id)?.leftAt).toBeDefined();
    expect(bySeat.get(person('substitute').id)?.stoodInFor).toEqual([person('igor').id]);
  });

  it('name each conflict, how it became known and what the secretary ruled', () => {
    const told = minutes.conflicts?.map(({ number, personId, because, ruling }) => [
      number,
      personId,
      because,
      ruling?.ruling,
    ]);

    expect(new Set(told)).toEqual(
      new Set([
        [numberOf(0), person('gulnar').id, 'found', 'pinned'],
        [numberOf(1), person('yelena').id, 'found', 'cleared'],
        [numberOf(2), person('bekzat').id, 'declared', undefined],
        [numberOf(3), person('chair').id, 'declared', undefined],
      ]),
    );
  });

  it('count the votes of those who could vote then: the substitute’s, and that of the member who left later', () => {
    const voted = (stage: string) => gateOf(stage).votes.map(({ personId }) => personId);

    expect(voted('screening')).toEqual(expect.arrayContaining([person('zaure').id, person('substitute').id]));
    expect(voted('screening')).not.toContain(person('igor').id);
    expect(voted('scoring')).toContain(person('successor').id);
    expect(
      gateOf('scoring')
        .votes.map(({ choice }) => choice)
        .toSorted(),
    ).toEqual(['abstain', 'against', ...Array.from({ length: 5 }, () => 'for')]);
  });

  it('keep the score of who left, and say that an application was handed back', () => {
    expect(left.scores).toBe(1);
    expect(gateOf('scoring').handedBack).toBe(1);
  });

  it('say how many scores counted, how far they lie apart, and that nothing was adjusted', () => {
    const given = minutes.agreement;

    expect(given).toMatchObject({ raters: 8, applications: 7, counts: 'not-asked', apart: { percent: 20 } });
    expect(given?.scores).toBeGreaterThanOrEqual(14);
  });

  it('count the corrected list of marks alone, with its sums', () => {
    expect(minutes.marks?.map(({ count, sum }) => [count, sum])).toEqual([
      [7, 400],
      [7, 88],
    ]);
    for (const { brought, confirmedBy, typed } of minutes.marks ?? []) {
      expect(brought?.personId).toMatch(/./);
      expect(confirmedBy?.personId).toMatch(/./);
      expect(confirmedBy?.personId).not.toBe(brought?.personId);
      expect(typed).toBeGreaterThan(0);
    }
  });

  it('name the three whom only a lot told apart at the line, in its order, and from what it was drawn', () => {
    const { lots } = gateOf('scoring');
    const [equal = [], ...more] = lots?.decided ?? [];

    expect(more).toEqual([]);
    expect(equal.toSorted()).toEqual([numberOf(2), numberOf(3), numberOf(4)].toSorted());
    const outcomes = new Map(minutes.applications.map(({ number, outcome }) => [number, outcome]));
    expect(equal.map((number) => outcomes.get(number))).toEqual(['no-offer', 'no-offer', 'not-shortlisted']);
    expect(lots?.seed).toMatch(/^[0-9a-f]{64}$/);
    expect(gateOf('interviews').lots).toBeUndefined();
  });

  it('say who had an application discussed before all cards were in, why, and that the chair was out', () => {
    const [one, ...others] = gateOf('scoring').discussions ?? [];
    const number = numberOf(3);

    expect(others).toEqual([]);
    expect(one?.items).toEqual([{ number, seconds: 600, away: [person('chair').id] }]);
    const { at, awaited = [] } = one?.despite?.[0] ?? {};
    expect(one?.despite).toEqual([{ by: person('bekzat').id, at, awaited, reason: whyEarly }]);
    const count = awaited[0]?.count ?? 0;
    expect(awaited).toEqual([{ number, count }]);
    expect(count).toBeGreaterThan(0);
    expect(one?.after).toEqual([{ number, count }]);
    for (const [index, { text }] of papers.entries()) {
      const t = withPaperTexts(translator(nth(locales, index)));
      const said = {
        name: 'Бекзат Ыбырайұлы Төлеген',
        at: at ? t.moment(at, minutes.zone) : '',
        numbers: `${number} (${count})`,
      };
      expect(text).toContain(bare(t('papers.discussion.despite', said)));
      expect(text).toContain(bare(t('papers.gates.reason', { reason: whyEarly })));
    }
  });

  it.for(locales)('stand beside a history and a timeline that say so, in %s', async (locale) => {
    const t = translator(locale);
    const { roundId, desk } = round;
    const read = async (by: Person, path: string) => (await (await desk(by)).open(`/${locale}${path}`)).text;
    const history = `/manage/rounds/${roundId}/history`;
    const allowed = t('watch.event.item-allowed');

    expect(await read(person('secretary'), history)).toContain(allowed);
    expect(await read(person('chair'), history)).not.toContain(allowed);
    const timeline = `/committee/rounds/${roundId}/screening/${nth(round.applications, 3).id}/timeline`;
    const told = await read(person('secretary'), timeline);
    expect(told).toContain(t('timeline.event.discussed-despite'));
  });

  it('are drawn in three languages, every letter and every name in them, and end the round', () => {
    for (const [index, { text, boxes }] of papers.entries()) {
      expect(boxes).toBe(0);
      for (const { name = '' } of minutes.seats) expect(text).toContain(bare(name));
      for (const { number } of round.applications) expect(text).toContain(number);
      expect(text).toContain(bare(['іріктеуді аяқтау', 'завершить раунд', 'close the round'][index] ?? '?'));
    }
  });
});
