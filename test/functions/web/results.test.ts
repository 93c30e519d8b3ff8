import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { advanceTo, anInterviewRoundIn, applicants, chair, nth } from '#test/builders/interview-scenes.ts';
import { publishedIn } from '#test/builders/published.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { at } from '#test/builders/worlds.ts';
import { aSelectionSite } from './selection-site.ts';

const inInterviews = async (file?: RoundFile) => {
  const world = aWorld();
  const scene = await anInterviewRoundIn(world, { people: applicants(2), stopped: 1, ...(file && { file }) });
  const [aigul, bolat] = [nth(scene.candidates, 0), nth(scene.candidates, 1)];
  return { world, ...scene, aigul, bolat, site: aSelectionSite(world) };
};

const published = async (file?: RoundFile) => {
  const place = await inInterviews(file);
  return { ...place, ...(await publishedIn(place.world, place)) };
};

describe('the public results', () => {
  it('say when they are expected, before they are there', async () => {
    const { site, roundId } = await inInterviews();

    const { status, text } = await site.anonymous.get(`/en/calls/${roundId}/results`);

    expect(status).toBe(200);
    // Ten working days of interviews from 20 October (the 25th is a holiday), one more, and a weekend between.
    expect(text).toContain('7 November 2022 at 24:00');
    const { results, expectedAt } = JSON.parse(
      (await site.anonymous.get(`/api/calls/${roundId}/results`)).text,
    );
    expect({ results, expectedAt }).toEqual({ results: [], expectedAt: '2022-11-07T18:00:00.000Z' });
  });

  it.each(['/en/', '/en/vacancies'])('are a few links away from %s when no call is open', async (start) => {
    const { site, roundId } = await published();
    const linksOn = async (path: string): Promise<(string | undefined)[]> =>
      parse((await site.anonymous.get(path)).text)
        .querySelectorAll('main a')
        .map((link) => link.getAttribute('href'));

    expect(await linksOn(start)).toContain('/en/calls');
    expect(await linksOn('/en/calls')).toContain(`/en/calls/${roundId}`);
    expect(await linksOn(`/en/calls/${roundId}`)).toContain(`/en/calls/${roundId}/results`);
  });

  it('show numbers, points and outcome to anyone, and neither names, reasons nor ids', async () => {
    const { site, roundId, aigul, bolat } = await published();

    const { text } = await site.anonymous.get(`/ru/calls/${roundId}/results`);
    const { text: json } = await site.anonymous.get(`/api/calls/${roundId}/results`);

    for (const [locale, shown] of [
      ['kk', '72,5'],
      ['ru', '72,5'],
      ['en', '72.5'],
    ] as const) {
      const page = parse((await site.anonymous.get(`/${locale}/calls/${roundId}/results`)).text);
      const cells = page.querySelectorAll('main table tbody tr:first-child td').map((cell) => cell.text);
      expect(cells).toContain(shown);
      const units = page.querySelectorAll('main table thead th').map((head) => head.text.endsWith(', %'));
      expect(units).toEqual([false, false, true, true, true, false]);
    }
    for (const answer of [text, json]) {
      expect(answer).toContain(aigul.application.number);
      expect(answer).toContain(bolat.application.number);
      expect(answer).not.toContain(aigul.applicationId);
      expect(answer).not.toContain('Сапарова');
      expect(answer).not.toContain('below-minimum');
    }
    expect(JSON.parse(json)).toMatchObject({ final: false, results: [{ rank: 1, total: 72.5 }, {}] });
  });

  it('show nothing but the number of who withdrew before them', async () => {
    const place = await published();
    const standings = place.standings.map((one) =>
      one.outcome === 'stops' ? { ...one, reasons: ['withdrawn'], interview: 55 } : one,
    );
    await advanceTo(place.world, place.roundId, { from: 'claims', to: 'offers', standings });

    const { text } = await place.site.anonymous.get(`/api/calls/${place.roundId}/results`);

    const { number } = place.bolat.application;
    expect(JSON.parse(text)).toMatchObject({ final: true });
    expect(JSON.parse(text).results).toContainEqual({ number, outcome: 'stops' });
  });

  it('are sorted by links', async () => {
    const { site, roundId, standings } = await published();
    const orderIn = (text: string) =>
      standings.map(({ number }) => number).toSorted((a, b) => text.indexOf(a) - text.indexOf(b));

    const byNumber = await site.anonymous.get(`/en/calls/${roundId}/results?order=number`);
    const byRank = await site.anonymous.get(`/en/calls/${roundId}/results?order=nonsense`);

    expect(byRank.text).toContain('?order=number&amp;page=1');
    expect(orderIn(byNumber.text)).toEqual(standings.map(({ number }) => number).toSorted());
    expect(orderIn(byRank.text)[0]).toBe(standings[0]?.number);
  });
});

describe('the own result', () => {
  it('says what would have changed it, where points decided', async () => {
    const { world, site, roundId, standings, bolat } = await published();
    const low = { total: 28.5, rank: 2 };
    const final = standings.map((one) => (one.outcome === 'stops' ? Object.assign({}, one, low) : one));
    await advanceTo(world, roundId, { from: 'claims', to: 'offers', standings: final });
    const own = await site.applicant(bolat.by);

    const { text } = await own.get(`/ru/applications/${bolat.applicationId}/result`);
    const json = await own.get(`/api/applications/${bolat.applicationId}/result`);

    expect(text).toContain('Что изменило бы итог: итоговый балл выше на 1,5 %. Пороговый балл: 30 %.');
    expect(JSON.parse(json.text).stages[0]).toMatchObject({
      stage: 'claims',
      change: { kind: 'minimum', missing: 1.5, minimum: 30 },
    });
  });

  it('tells nothing of decisions that nobody was told of', async () => {
    const { site, bolat } = await inInterviews();

    const { text } = await (await site.applicant(bolat.by)).get(
      `/en/applications/${bolat.applicationId}/result`,
    );

    expect(text).toContain('You have not been told of any decision');
    expect(text).not.toContain('below');
  });

  it('shows the own points, the minimum, the rank, and what the reason means', async () => {
    const { site, aigul, bolat } = await published();

    const own = await (await site.applicant(aigul.by)).get(`/en/applications/${aigul.applicationId}/result`);
    const other = await (await site.applicant(bolat.by)).get(
      `/en/applications/${bolat.applicationId}/result`,
    );

    expect(own.text).toContain('72.5%');
    expect(own.text).toContain('30%');
    expect(own.text).toContain('You may get an offer');
    expect(own.text).toContain('This evaluation sheet is a sample');
    expect(other.text).toContain('The total is below the pass mark that the round file sets.');
    expect(other.text).not.toContain('72.5');
  });

  it('is another’s secret', async () => {
    const { site, aigul, bolat } = await published();

    const answer = await (await site.applicant(bolat.by)).get(
      `/en/applications/${aigul.applicationId}/result`,
    );

    expect(answer.status).toBe(404);
  });
});

describe('a claim through the pages', () => {
  it('is made by the applicant, decided by the chair, and read by the applicant', async () => {
    const { site, roundId, bolat } = await published();
    const applicant = await site.applicant(bolat.by);
    const page = `/en/applications/${bolat.applicationId}/claim`;
    const made = await applicant.post(page, { grounds: 'scoring-error', text: 'My test was left out.' });
    expect(made.location).toBe(`${page}?done=results.done.filed`);

    const browser = await site.staff(chair);
    const list = await browser.get(`/en/committee/rounds/${roundId}/claims`);
    const [, address = ''] = /href="([^"]+\/claims\/\w+)"/.exec(list.text) ?? [];
    const forgotten = await browser.post(address, { verdict: 'upheld', scoring: '4o', reason: 'Counted.' });
    expect(forgotten.status).toBe(422);
    expect(forgotten.text).toContain('value="4o"');
    const decision = { verdict: 'upheld', scoring: '41,5', reason: 'Counted now.' };
    const shown = await browser.post(address, decision);
    expect(shown.text).toContain('What upholding this claim would change');
    expect((await applicant.get(page)).text).not.toContain('Counted now.');
    const hidden = (name: string): string =>
      parse(shown.text).querySelector(`main input[name=${name}]`)?.getAttribute('value') ?? '';
    const again = await browser.post(address, { ...decision, scoring: '42', shown: hidden('shown') });
    expect(again.status).toBe(409);
    expect(again.text).toContain('would change something else than what you were shown');
    expect(again.text).toContain('value="42"');
    const changing = await browser.post(address, { ...decision, change: 'yes' });
    expect(changing.text).toContain('value="41,5"');
    expect(changing.text).toContain('Counted now.');
    const decided = await browser.post(address, { ...decision, shown: hidden('shown') });

    expect(decided.location).toContain('results.done.decided');
    const { text } = await applicant.get(page);
    expect(text).toContain('Counted now.');
    expect(text).toContain('upheld');
    const colleagues = await browser.get(address);
    for (const told of [text, colleagues.text]) expect(told).toContain('Scoring: 41.5%');
    // Points of a claim are percent, and colleagues read who decided.
    expect(colleagues.text).toContain('12%');
    expect(colleagues.text).toContain(translator('en')('results.claim.decidedBy'));
  });

  it('is the same to programs: effects are read, and upholding names them', async () => {
    const { site, roundId, bolat } = await published();
    const applicant = await site.applicant(bolat.by);
    const text = 'My test was left out.';
    await applicant.post(`/en/applications/${bolat.applicationId}/claim`, { grounds: 'scoring-error', text });
    const { get, json } = await site.staff(chair);
    const { claims } = JSON.parse((await get(`/api/rounds/${roundId}/claims`)).text);
    const one = `/api/rounds/${roundId}/claims/${claims[0].id}`;
    const effects = JSON.parse((await get(`${one}/effects?scoring=90&interview=90`)).text);
    const upheld = { verdict: 'upheld', reason: 'Counted.', corrected: { scoring: 90, interview: 90 } };
    const decide = (more: object) => json('PUT', `${one}/decision`, { ...upheld, ...more });

    expect(effects).toMatchObject({ number: bolat.application.number, cutoffs: { scoring: {} } });
    expect(effects.affected).toMatchObject([{ number: bolat.application.number }]);
    expect((await get(`${one}/effects?scoring=much`)).status).toBe(422);
    expect((await get(`${one}/effects`)).status).toBe(422);
    expect((await decide({})).status).toBe(422);
    const other = await decide({ shown: effects.shown, corrected: { scoring: 42 } });
    expect(JSON.parse(other.text)).toMatchObject({ type: '/problems/changed-meanwhile' });
    expect((await decide({ shown: effects.shown })).status).toBe(204);
    expect((await get(`${one}/effects?scoring=90&interview=90`)).status).toBe(409);
  });

  it('points at documents, which the committee opens from there', async () => {
    const { site, roundId, bolat } = await published();
    const applicant = await site.applicant(bolat.by);
    const page = `/en/applications/${bolat.applicationId}/claim`;
    const [evidence = ''] = parse((await applicant.get(page)).text)
      .querySelectorAll('input[name=evidence]')
      .flatMap((box) => box.getAttribute('value') ?? []);
    expect(evidence).not.toBe('');
    await applicant.post(page, { grounds: 'scoring-error', text: 'It is in the file.', evidence });

    const browser = await site.staff(chair);
    const list = await browser.get(`/en/committee/rounds/${roundId}/claims`);
    const [, address = ''] = /href="([^"]+\/claims\/\w+)"/.exec(list.text) ?? [];
    const { text } = await browser.get(address);

    const answers = `/en/committee/rounds/${roundId}/screening/${bolat.applicationId}/answers`;
    expect(text).toContain(`href="${answers}"`);
    expect((await browser.get(answers)).status).toBe(200);
  });

  it.for(locales)('says by when it is decided, and that the committee is late, in %s', async (locale) => {
    const { results } = aRoundFile();
    const { source, confidence, verifiedOn } = results;
    const file = aRoundFile({ claims: { workingDays: 2, source, confidence, verifiedOn } });
    const { world, site, roundId, bolat } = await published(file);
    const page = `/${locale}/applications/${bolat.applicationId}/claim`;
    const list = `/${locale}/committee/rounds/${roundId}/claims`;
    const filed = await (await site.applicant(bolat.by)).post(page, { grounds: 'other', text: 'Why?' });
    const own = async () => (await (await site.applicant(bolat.by)).get(page)).text;
    const t = translator(locale);
    const by = t.moment(at('2022-11-04T18:00'), file.timeZone);

    expect(filed.status).toBe(303);
    const inTime = await own();
    expect(inTime).toContain(by);
    expect(inTime).not.toContain('govuk-tag--red');
    world.clock.to(at('2022-11-04T18:00'));
    const late = [await own(), (await (await site.staff(chair)).get(list)).text];
    for (const text of late) {
      expect(text).toContain(by);
      expect(text).toContain('govuk-tag--red');
    }
    const rules = await site.anonymous.get(`/${locale}/calls/${roundId}/rules`);
    expect(rules.text).toContain(t('call.rules.claimDays', { count: 2 }));
  });

  it('gives a text back whose deadline has passed', async () => {
    const { world, site, bolat } = await published();
    world.clock.to(at('2022-11-07T13:00'));

    const late = await (await site.applicant(bolat.by)).post(
      `/en/applications/${bolat.applicationId}/claim`,
      { grounds: 'other', text: 'Words that cost me an evening.' },
    );

    expect(late.status).toBe(409);
    expect(late.text).toContain('Words that cost me an evening.');
  });

  it('without grounds keeps what was typed', async () => {
    const { site, bolat } = await published();

    const refused = await (await site.applicant(bolat.by)).post(
      `/en/applications/${bolat.applicationId}/claim`,
      { text: 'My test.' },
    );

    expect(refused.status).toBe(422);
    expect(refused.text).toContain('My test.</textarea>');
  });
});
