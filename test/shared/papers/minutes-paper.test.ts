import { describe, expect, it } from 'vitest';
import { sha256Of } from '#shared/domain/hash.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import type { Minutes } from '#shared/papers/minutes.ts';
import { minutesDigest, minutesPaper } from '#shared/papers/minutes-paper.ts';
import { Paper, type PaperBlock, type PaperTable } from '#shared/papers/paper.ts';
import { numberOf, seated, someMinutes } from '#test/builders/minutes.ts';
import { at } from '#test/builders/worlds.ts';

const english = (minutes: Minutes) => minutesPaper(minutes, translator('en'));
const section = (paper: Paper, heading: string): PaperBlock[] => {
  const found = paper.sections.find((one) => one.heading.endsWith(`. ${heading}`));
  if (!found)
    throw new Error(`No section ${heading} among ${paper.sections.map((one) => one.heading).join('; ')}.`);
  return found.blocks;
};
const tables = (blocks: readonly PaperBlock[]): PaperTable[] =>
  blocks.filter((block) => block.kind === 'table');
const inOrder = (codes: readonly (string | undefined)[]) =>
  codes.toSorted((a = '', b = '') => (a < b ? -1 : 1));
const texts = (blocks: readonly PaperBlock[]): string[] =>
  blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []));
const saidOfOffers = (minutes: Minutes): string => texts(section(english(minutes), 'Offers')).join(' ');
const factsOf = (blocks: readonly PaperBlock[], heading: string): Record<string, string> => {
  const start = blocks.findIndex((block) => block.kind === 'heading' && block.text === heading);
  const next = blocks[start + 1];
  return next?.kind === 'facts'
    ? Object.fromEntries(next.facts.map(({ name, value }) => [name, value.replaceAll('\u00A0', ' ')]))
    : {};
};

const seedOf = (draw: Minutes['draw']): string | undefined =>
  english(someMinutes({ draw })).facts.find(({ name }) => name === 'Seed of the draws')?.value;

describe('the minutes of a round', () => {
  it.for(locales)('are a paper in %s, with every section numbered', (locale) => {
    const paper = minutesPaper(someMinutes(), translator(locale));

    expect(Paper.safeParse(paper).error).toBeUndefined();
    expect(paper.sections.map(({ heading }) => heading.split('. ')[0])).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
    ]);
  });

  it('say what lots were drawn from where a public value counted, and why where it never came', () => {
    const value = { chain: 'quicknet', round: 123, signature: 'ab'.repeat(48) } as const;
    const drawn = { value, randomness: sha256Of('x'), outAt: at('2023-08-23T15:15') };
    const because = { waivedAt: at('2023-08-25T15:15'), reason: 'The beacon has stopped.' };

    expect(seedOf(undefined)).toBeUndefined();
    for (const part of ['No. 123', 'drand quicknet', value.signature, drawn.randomness]) {
      expect(seedOf(drawn)).toContain(part);
    }
    expect(seedOf(because)).toContain('The beacon has stopped.');
  });

  it('name the data from which they were drawn, which differ with every change', () => {
    const minutes = someMinutes();

    expect(english(minutes).digest.sha256).toBe(minutesDigest(minutes));
    expect(minutesDigest(someMinutes({ number: 2 }))).not.toBe(minutesDigest(minutes));
  });

  it('say of the second chance how many were asked, where there was one', () => {
    const exchange = { openedAt: at('2022-11-21T05:00'), asked: 14, participants: 9, offers: 7 };

    expect(saidOfOffers(someMinutes())).not.toContain('without a post');
    expect(saidOfOffers(someMinutes({ exchange }))).toContain(
      'Asked: 14. Took part: 9. Offers that followed at once: 7.',
    );
  });

  it('say who was handed over to other regions and what was heard of it, and what became of the own posts', () => {
    const madeAt = at('2022-11-21T05:00');
    const handed = [
      { region: 'KZ-61' as const, at: madeAt, people: 3, posts: 2 },
      { region: 'KZ-10' as const, at: madeAt, people: 4 },
    ];
    const said = saidOfOffers(
      someMinutes({ elsewhere: { handed, own: { at: madeAt, posts: 9, people: 6 } } }),
    );

    expect(saidOfOffers(someMinutes())).not.toContain('handed over');
    expect(said).toContain('with the consent of each: 3. A post is proposed there to: 2.');
    expect(said).toContain('with the consent of each: 4. What came of it was not known');
    expect(said).toContain(
      'listed for other regions: 9. People whom these handed over: 6. It was not decided',
    );
  });

  it('say who sat on the committee, for whom, until when, and who had no vote', () => {
    const [table] = tables(section(english(someMinutes()), 'Committee'));
    const notes = Object.fromEntries(
      (table?.rows ?? []).map(([name = '', , note = '']) => [name, note.replaceAll('\u00A0', ' ')]),
    );

    expect(notes).toMatchObject({
      'Игорь Семёнович Ёлкин': 'left on 5 October 2022',
      'Күләш Ерболқызы Нұрпейіс': 'stood in for Игорь Семёнович Ёлкин',
      'Лев Юрьевич Эйхман': 'was not called',
      'Мәдина Үсенқызы Ізбас': 'without a vote',
    });
  });

  it('tell of each gate when it met, who voted how and why, and what was decided, in the zone of the round', () => {
    const facts = factsOf(section(english(someMinutes()), 'Decisions of the committee'), 'Scoring');

    expect(facts).toMatchObject({
      Opened: '14 October 2022 at 10:00 (UTC+06:00)',
      Quorum: 'needed 5 of 7 votes, cast 7',
      'For (5)': expect.stringContaining('Зәуре Һамитқызы Ғабдолла (on paper)'),
      'Against (1)': 'Елена Викторовна Щербакова: Порог для учителей физики, по-моему, завышен на 2 балла.',
      'Abstained (1)': expect.stringContaining('Дәурен Қанатұлы Ахмет: '),
      Decision: '14 October 2022 at 15:30 (UTC+06:00): advance to the next stage',
      'Decision undone': expect.stringMatching(/^14 October 2022 at 17:00 \(UTC\+06:00\)\. Reason: /),
    });
  });

  it('tell of meetings that were postponed or had no quorum', () => {
    const blocks = section(english(someMinutes()), 'Decisions of the committee');
    const meetings = blocks.flatMap((block) =>
      block.kind === 'facts'
        ? block.facts.filter(({ name }) => name === 'Meeting').map(({ value }) => value)
        : [],
    );

    expect(meetings.filter((value) => value.includes('Postponed. Reason: '))).toHaveLength(1);
    expect(meetings.filter((value) => value.includes('too few came (3)'))).toHaveLength(1);
  });

  it('give a reason for each departure from the proposal', () => {
    const [table] = tables(section(english(someMinutes()), 'Decisions of the committee'));

    expect(table?.rows.map((row) => row.slice(0, 3))).toEqual([
      [numberOf(30), 'does not go on', 'goes on'],
      [numberOf(31), 'reserve', 'goes on'],
    ]);
    expect(table?.rows.every(([, , , reason]) => (reason ?? '').length > 10)).toBe(true);
  });

  it('tell the second consideration of a stage from the first', () => {
    const headings = section(english(someMinutes()), 'Decisions of the committee').flatMap((block) =>
      block.kind === 'heading' ? [block.text] : [],
    );

    expect(headings.slice(1, 3)).toEqual(['Scoring', 'Scoring, consideration No. 2']);
  });

  it('list applications best first and those without a rank by number, all points with equal decimals', () => {
    const minutes = someMinutes();
    const [table] = tables(
      section(
        english({ ...minutes, applications: minutes.applications.toReversed() }),
        'Applications and points',
      ),
    );
    const rows = table?.rows ?? [];

    expect(rows).toHaveLength(44);
    expect(rows[0]).toEqual(['1', numberOf(0), '78.25', '20', '98.25', 'placed in a post']);
    expect(rows[6]?.slice(0, 5)).toEqual(['7', numberOf(6), '70.00', '19', '89.25']);
    const unranked = rows.slice(32).map(([, number]) => number);
    expect(unranked).toEqual(inOrder(unranked));
    expect(rows.at(-1)?.[4]).toBe('–');
  });

  it('say plainly how many posts were filled and how many were not, and sum up the districts', () => {
    const blocks = section(english(someMinutes()), 'Posts filled and not filled');

    expect(texts(blocks)).toEqual(['Of 438 posts 24 were filled. 414 were not filled.']);
    expect(tables(blocks)[0]?.rows.at(-1)).toEqual(['Together', '438', '24', '414']);
  });

  it.for([
    ['en', '138 of them are beyond the limit', 'beyond the limit of the round: 138'],
    ['ru', 'Сверх предела, установленного файлом раунда: 138', 'сверх предела раунда: 138'],
    ['kk', 'шектен тыс: 138', 'іріктеу шегінен тыс лауазым: 138'],
  ] as const)(
    'tell posts beyond the limit of the round from those not filled, in %s',
    ([locale, ...told]) => {
      const { posts } = someMinutes();
      const minutes = someMinutes({ posts: { ...posts, offerable: 300 } });
      const paper = minutesPaper(minutes, translator(locale));
      const { blocks } = paper.sections[4] ?? { blocks: [] };

      expect(texts(blocks)).toEqual([
        expect.stringMatching(/300.*24.*276/),
        expect.stringContaining(told[0]),
      ]);
      expect(paper.facts.map(({ value }) => value)).toContainEqual(expect.stringContaining(told[1]));
      expect(tables(blocks)[0]?.rows.at(-1)?.slice(1)).toEqual(['438', '24']);
    },
  );

  it('count offers by their answers and list them by vacancy', () => {
    const blocks = section(english(someMinutes()), 'Offers');

    expect(texts(blocks)).toEqual(['Offers made: 28. Accepted 24, declined 3, lapsed 1, closed 0.']);
    const vacancies = (tables(blocks)[0]?.rows ?? []).map(([vacancy]) => vacancy);
    expect(vacancies).toEqual(inOrder(vacancies));
  });

  it('warn of rules that nobody verified, before everything else and by name', () => {
    const paper = english(someMinutes());

    expect(paper.remarks).toEqual([expect.stringContaining('unverified samples')]);
    expect(section(paper, 'Rules that are unverified samples')).toContainEqual({
      kind: 'list',
      items: expect.arrayContaining([expect.stringContaining('Evaluation sheet')]),
    });
  });

  it('warn of nothing when every rule was verified', () => {
    const paper = english(someMinutes({ unverified: [] }));

    expect(paper.remarks).toEqual([]);
    expect(paper.sections).toHaveLength(7);
  });

  it('are signed by the chair first and the secretary last, and by nobody who left or had no part', () => {
    const { lines } = english(someMinutes()).signatures;

    expect(lines.map(({ role }) => role)).toEqual([
      'Chair',
      ...Array.from({ length: 5 }, () => 'Member'),
      'Substitute member',
      'Secretary',
    ]);
    expect(lines.map(({ name }) => name)).not.toContain('Игорь Семёнович Ёлкин');
  });

  it('are signed by whoever had the vote at the end, not by whom somebody stood in for nor by a released substitute', () => {
    const seats = someMinutes().seats.map((seat, place) =>
      Object.assign(seat, {
        stoodInFor: place === 7 ? [seated(1)] : place === 8 ? [seated(2)] : [],
        leftAt: undefined,
        votesAtEnd: [0, 2, 3, 4, 5, 6, 7].includes(place),
      }),
    );
    const names = english(someMinutes({ seats })).signatures.lines.map(({ name }) => name);

    expect(names).toContain('Күләш Ерболқызы Нұрпейіс');
    expect(names).not.toContain('Бекзат Ыбырайұлы Төлеген');
    expect(names).not.toContain('Лев Юрьевич Эйхман');
  });

  it.for([
    ['en', 'name not given'],
    ['ru', 'имя не указано'],
    ['kk', 'аты-жөні көрсетілмеген'],
  ] as const)('say in %s that a member gave no name, wherever the member is named', ([locale, told]) => {
    const seats = someMinutes().seats.map(({ name: _name, ...seat }) => seat);
    const paper = minutesPaper(someMinutes({ seats }), translator(locale));
    const [committee, decisions] = paper.sections;

    expect(tables(committee?.blocks ?? [])[0]?.rows.map(([name]) => name)).toEqual(seats.map(() => told));
    expect(JSON.stringify(decisions)).toContain(told);
    expect(paper.signatures.lines.map(({ name }) => name)).toEqual(Array.from({ length: 8 }, () => told));
    for (const { personId } of seats) expect(JSON.stringify(paper)).not.toContain(personId);
  });

  it('of a round that goes on say what has not been decided or answered yet', () => {
    const { gates, claims, offers } = someMinutes();
    const { outcome: _outcome, decidedAt: _decidedAt, ...gate } = gates[0] ?? {};
    const { outcome: _result, decidedAt: _then, ...claim } = claims[0] ?? {};
    const { answeredAt: _answeredAt, ...offer } = offers[0] ?? {};
    const paper = english(
      someMinutes({ gates: [gate], claims: [claim], offers: [{ ...offer, answer: 'open' }] }),
    );

    expect(factsOf(section(paper, 'Decisions of the committee'), 'Screening')).toMatchObject({
      Decision: 'no decision yet',
    });
    expect(tables(section(paper, 'Claims'))[0]?.rows[0]?.[3]).toBe('not decided yet');
    expect(tables(section(paper, 'Offers'))[0]?.rows[0]?.slice(3)).toEqual(['not answered yet', '–']);
  });

  it('cannot name a person who has no seat', () => {
    const [gate] = someMinutes().gates;
    const meetings = [{ at: at('2022-10-06T05:00'), outcome: 'held', present: [seated(20)] }];

    expect(() => english(someMinutes({ gates: [{ ...gate, meetings }] }))).toThrow('no seat');
  });
});
