import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { RoundFile } from '#shared/domain/round-file.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { atTwoStations, cardsGiven, type Given, interviewsDecided } from '#test/builders/interview-cards.ts';
import { allPoints, chair, members, nth, secretary } from '#test/builders/interview-scenes.ts';
import { twoAndThree } from '#test/builders/round-file.ts';
import { auditor } from '#test/builders/selection.ts';

const [m1, m2, m3, m4] = [nth(members, 0), nth(members, 1), nth(members, 2), nth(members, 3)];

/** Three interviews, each judged by the same two. */
const linked: Given[][] = [
  [
    [m1, allPoints(4)],
    [m2, allPoints(3)],
  ],
  [
    [m1, allPoints(2)],
    [m2, allPoints(3)],
  ],
  [
    [m1, allPoints(1)],
    [m2, allPoints(1)],
  ],
];

/** The first two are judged by others than the third and fourth. */
const unlinked: Given[][] = [
  ...linked.slice(0, 2),
  ...linked
    .slice(1)
    .map((cards): Given[] => cards.map(([, points], place) => [nth([m3, m4], place), points])),
];

const asked = async (
  cards: Given[][],
  ...of: Parameters<typeof cardsGiven> extends [unknown, ...infer Rest] ? Rest : never
) => {
  const scene = await cardsGiven(cards, ...of);
  const site = aCommitteeSite(scene.world);
  const seat = await site.signIn(secretary);
  const round = `/en/committee/rounds/${scene.roundId}`;
  const api = `/api/rounds/${scene.roundId}`;
  return { ...scene, site, seat, round, api };
};

const inAll = (text: string) => ({ kk: text, ru: text, en: text });

/** Titles that a spreadsheet would run, as somebody may type them into a round file. */
const hostile = (): RoundFile => {
  const file = twoAndThree();
  const { interviews } = file;
  return RoundFile.parse({
    ...file,
    interviews: {
      ...interviews,
      criteria: interviews.criteria.map((one) =>
        Object.assign(
          {},
          one,
          one.code === 'pupils' && { title: inAll('=HYPERLINK("http://evil.example")') },
        ),
      ),
      stations: interviews.stations?.map((one) =>
        Object.assign({}, one, one.code === 'lesson' && { title: inAll('@SUM(A1)') }),
      ),
    },
  });
};

const atStations = async () => {
  const lesson = { 'subject-teaching': 3, 'sample-lesson': 2 };
  const conversation = { pupils: 4, 'rural-plans': 1 };
  const cards: Given[] = [
    ...[m1, m2].map((by): Given => [by, lesson]),
    ...[chair, m3, m4].map((by): Given => [by, conversation]),
  ];
  return await asked([cards, cards], {
    file: hostile(),
    plan: atTwoStations,
  });
};

const captionsIn = (html: string): string[] =>
  parse(html)
    .querySelectorAll('caption')
    .map((one) => one.childNodes[0]?.text.trim() ?? '');

const linesOf = (text: string): string[] => text.replace('\uFEFF', '').trim().split('\r\n');

describe('the charts of the interviews', () => {
  it.for(locales)(
    'are a part beside those of scoring, and say that adjusted scores never count, in %s',
    async (locale) => {
      const t = translator(locale);
      const { seat, roundId } = await asked(linked);
      const charts = `/${locale}/committee/rounds/${roundId}/charts`;

      const scoring = parse((await seat.get(charts)).text).querySelector(
        `nav[aria-label="${t('charts.parts')}"]`,
      );
      expect(scoring?.querySelector('[aria-current=page]')?.text).toBe(t('codes.stage.scoring'));
      const way = scoring?.querySelector('a')?.getAttribute('href') ?? '';
      expect(way).toBe(`${charts}?part=interviews`);
      const page = (await seat.get(way)).text;
      const words = parse(page).text;
      for (const key of ['charts.interviews.text', 'charts.ranks.interviews'] as const)
        expect(words).toContain(t(key));
      expect(captionsIn(page)).toContain(t('charts.agreement'));
      expect(captionsIn(page)).toContain(t('charts.ranks'));
      expect(parse(page).querySelector('#raters th a')?.getAttribute('href')).toContain('part=interviews');
    },
  );

  it('are the same for a program, which may ask for them', async () => {
    const { seat, round, api } = await asked(linked);
    const answer = JSON.parse((await seat.get(`${api}/charts?part=interviews`)).text);
    const page = (await seat.get(`${round}/charts?part=interviews`)).text;

    expect(answer).toMatchObject({ part: 'interviews', groups: 1 });
    expect(answer.station).toBeUndefined();
    expect(answer.raters.map(({ count }: { count: number }) => count)).toEqual([3, 3]);
    expect(answer.applications).toHaveLength(3);
    expect(answer.adjustment).toBeUndefined();
    for (const { rater } of answer.raters) expect(page).toContain(rater);
    const list = JSON.parse((await seat.get(`${api}/lists/scores?part=interviews`)).text);
    expect(list.applications.flatMap(({ scores }: { scores: unknown[] }) => scores)).toHaveLength(6);
    expect(list.applications[0].scores.map(({ points }: { points: unknown }) => points)).toContainEqual(
      allPoints(4),
    );
  });

  it('of panels that heard nobody in common show neither severities nor ranks, and say why', async () => {
    const { seat, round, api } = await asked(unlinked);
    const page = (await seat.get(`${round}/charts?part=interviews`)).text;
    const t = translator('en');

    expect(parse(page).text).toContain(t('charts.unlinked', { count: 2 }));
    expect(captionsIn(page)).not.toContain(t('charts.ranks'));
    expect(parse(page).querySelector('#raters')?.text).not.toContain(t('charts.severity'));
    expect(captionsIn(page)).toContain(t('charts.agreement'));
    const answer = JSON.parse((await seat.get(`${api}/charts?part=interviews`)).text);
    expect(answer).toMatchObject({ groups: 2, applications: [] });
    expect(answer.raters.map((one: object) => 'severity' in one)).toEqual([false, false, false, false]);
    expect(answer.agreement.icc21.value).toBeGreaterThan(0);
  });

  it('are looked at by station where interviews have several', async () => {
    const { seat, round, api } = await atStations();
    const t = translator('en');
    const page = (await seat.get(`${round}/charts?part=interviews&station=conversation`)).text;

    const stations = parse(page).querySelector(`nav[aria-label="${t('charts.stations')}"]`);
    expect(stations?.querySelector('[aria-current=page]')?.text).toBe('Conversation');
    expect(stations?.querySelector('a')?.getAttribute('href')).toBe(
      `${round}/charts?part=interviews&station=lesson`,
    );
    expect(parse(page).querySelectorAll('#raters tbody tr')).toHaveLength(3);
    const first = JSON.parse((await seat.get(`${api}/charts?part=interviews`)).text);
    expect(first).toMatchObject({ station: 'lesson', stations: ['lesson', 'conversation'] });
    expect(first.criteria.map(({ criterion }: { criterion: string }) => criterion)).toEqual([
      'subject-teaching',
      'sample-lesson',
    ]);
  });

  it('are not linked where no interview has a scorecard, nor for an auditor while they go on', async () => {
    const t = translator('en');
    const nobody = await asked([[], []]);
    const hasParts = (html: string): boolean => html.includes(`aria-label="${t('charts.parts')}"`);
    expect(hasParts((await nobody.seat.get(`${nobody.round}/charts`)).text)).toBe(false);
    expect((await nobody.seat.get(`${nobody.round}/interviews`)).text).not.toContain('part=interviews');

    const some = await asked(linked);
    const reading = await some.site.signIn(auditor);
    expect(hasParts((await reading.get(`${some.round}/charts`)).text)).toBe(false);
    for (const address of [
      `${some.round}/charts?part=interviews`,
      `${some.round}/lists/scores.csv?part=interviews`,
      `${some.api}/charts?part=interviews`,
      `${some.api}/lists/scores?part=interviews`,
    ])
      expect([address, (await reading.get(address)).status]).toEqual([address, 403]);
    await interviewsDecided(some);
    const later = await some.site.signIn(auditor);
    expect(hasParts((await later.get(`${some.round}/charts`)).text)).toBe(true);
  });

  it('are not for members, and a chair who owes a card is told so', async () => {
    const { site, round, api } = await asked(linked);
    const [member, lead] = [await site.signIn(m3), await site.signIn(chair)];

    for (const address of [`${round}/charts?part=interviews`, `${round}/lists/scores.xlsx?part=interviews`])
      expect((await member.get(address)).status).toBe(403);
    const refused = await lead.get(`${round}/charts?part=interviews`);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('3 scorecards of interviews are still missing');
    expect(JSON.parse((await lead.get(`${api}/charts?part=interviews`)).text)).toMatchObject({
      status: 409,
      of: 'scorecards',
    });
  });

  it.for(locales)('are asked for by a part and a station that there are, in %s', async (locale) => {
    const t = translator(locale);
    const { seat, roundId, api } = await asked(linked);
    const round = `/${locale}/committee/rounds/${roundId}`;

    for (const address of [`${round}/charts?part=lunch`, `${round}/lists/scores.csv?part=`]) {
      const { status, text } = await seat.get(address);
      expect([address, status]).toEqual([address, 422]);
      expect(text).toContain(t('charts.fault.part'));
    }
    expect((await seat.get(`${round}/charts?part=interviews&station=lesson`)).text).toContain(
      t('charts.fault.station'),
    );
    for (const address of ['charts?part=lunch', 'lists/scores?part=lunch', 'charts?station=lesson']) {
      const { status, text } = await seat.get(`${api}/${address}`);
      expect([address, status, JSON.parse(text).type]).toEqual([
        address,
        422,
        expect.stringContaining('invalid'),
      ]);
    }
  });
});

describe('the list of interview scorecards', () => {
  it('has a row for each card with its station, runs nothing that somebody typed, and names nobody', async () => {
    const { world, seat, round, roundId, numbers } = await atStations();
    const { text, headers } = await seat.get(`${round}/lists/scores.csv?part=interviews`);
    const [head, ...rows] = linesOf(text);

    expect(headers).toContain('interview-scores-2022-3');
    expect(head?.split(';').slice(0, 3)).toEqual(['Number', 'Rater', 'Station']);
    expect(head).toContain('"\'=HYPERLINK(""http://evil.example"")"');
    expect(rows).toHaveLength(10);
    expect(rows.filter((row) => row.includes(";'@SUM(A1);"))).toHaveLength(4);
    expect(rows.filter((row) => row.startsWith(nth(numbers, 0)))).toHaveLength(5);
    // Of the lesson 35 · 3 + 25 · 2 of 60 · 4, and what the conversation asks about left empty.
    expect(rows.filter((row) => row.endsWith(';3;;2;;64,5833'))).toHaveLength(4);
    for (const { id } of [chair, ...members]) expect(text).not.toContain(id);
    const reads = await world.readLog.of(`round#${roundId}`);
    expect(reads.map(({ what }) => what)).toEqual(['list']);
    const book = await seat.get(`${round}/lists/scores.xlsx?part=interviews`);
    expect(book.text.startsWith('PK')).toBe(true);
  });

  it('is linked from the pages of the interviews and their charts', async () => {
    const { seat, round } = await asked(linked);

    for (const page of [`${round}/interviews`, `${round}/charts?part=interviews`])
      expect((await seat.get(page)).text).toContain(`${round}/lists/scores.csv?part=interviews`);
    expect((await seat.get(`${round}/charts`)).text).toContain(`${round}/lists/scores.csv"`);
  });
});
