import { describe, expect, it } from 'vitest';
import { letterBatches } from '#functions/commands/letters-release.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { type MessageKey, translator } from '#shared/i18n/index.ts';
import { anOffersRoundIn, aVacancy, theAdministrator } from '#test/builders/offers.ts';
import { administrator, aWorld, granted, type World } from '#test/builders/scenes.ts';
import { aContradictedRoundIn } from '#test/builders/screened-round.ts';
import { aSelectionSite } from './selection-site.ts';

const facts = { count: 1, of: 2 };
const sent = { about: 'scoring', confirmed: '1' };
const seen = { 'scoring-alarms': 'contradicts-letter#1/2', 'scoring-reason': 'Bolat was read anew.' };

/** The number of whom screening stopped and scoring lets go on. */
const theStopped = async (world: World, roundId: RoundId): Promise<string> => {
  const { batches } = granted(await letterBatches(world, { by: administrator, roundId }));
  const [number, ...others] = batches[1]?.alarms[0]?.whom?.map((one) => one.number) ?? [];
  if (!number || others.length > 0) throw new Error('One was stopped.');
  return number;
};

describe('the page of letters in which something looks wrong', () => {
  it('says what, in each language, and sends them once that is ticked with a reason', async () => {
    const world = aWorld();
    const roundId = await aContradictedRoundIn(world);
    const { get, post } = await aSelectionSite(world).staff(administrator);
    const page = (locale: string) => `/${locale}/manage/rounds/${roundId}/letters`;
    const numbers = await theStopped(world, roundId);

    for (const locale of ['kk', 'ru', 'en'] as const) {
      const { text } = await get(page(locale));
      expect(text).toContain(translator(locale)('watch.alarm.contradicts-letter', facts));
      expect(text).toContain('name="scoring-alarms"');
      expect(text).toContain(translator(locale)('watch.alarms.whom', { numbers }));
      // Those of screening are out, those of scoring are not.
      for (const told of ['watch.letters.went', 'watch.letters.recipients'] as const) {
        expect(text).toContain(translator(locale)(told, { count: 1 }));
      }
    }
    const unseen = await post(page('en'), sent);
    const reasonless = await post(page('en'), { ...sent, ...seen, 'scoring-reason': '' });
    const released = await post(page('en'), { ...sent, ...seen });

    expect([unseen.status, reasonless.status, released.status]).toEqual([409, 422, 303]);
    expect(unseen.text).toContain(translator('en')('problems.alarms-not-acknowledged.title'));
    const { text } = await get(`/en/manage/rounds/${roundId}/history`);
    expect(text).toContain('Bolat was read anew.');
    const t = translator('en');
    for (const letters of ['codes.stage.screening', 'codes.stage.scoring'] as const) {
      expect(text).toContain(`${t('watch.event.letters-released')} (${t(letters)})`);
    }
    expect(text).toContain(`${t('watch.event.stage-advanced')} (${t('codes.stage.interviews')})`);
  });

  it.for<[string, Record<string, string>, number, MessageKey]>([
    [
      'was ticked with other numbers',
      { 'scoring-alarms': 'contradicts-letter#2/2', 'scoring-reason': 'Read anew <twice>.' },
      409,
      'problems.alarms-not-acknowledged.title',
    ],
    [
      'has a reason that is too long',
      { ...seen, 'scoring-reason': 'long '.repeat(500) },
      422,
      'watch.alarms',
    ],
    [
      'was confirmed for another number',
      { ...seen, confirmed: '7' },
      409,
      'problems.recipients-differ.title',
    ],
  ])('gives back what was typed where the release %s', async ([, typed, status, error]) => {
    const world = aWorld();
    const roundId = await aContradictedRoundIn(world);
    const { post } = await aSelectionSite(world).staff(administrator);

    const again = await post(`/ru/manage/rounds/${roundId}/letters`, { ...sent, ...typed });

    expect(again.status).toBe(status);
    const reason = typed['scoring-reason'] ?? '';
    expect(again.text).toContain(`>${reason.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</textarea>`);
    expect(again.text).toContain('name="confirmed" value="1"');
    expect(again.text).toContain('govuk-error-summary');
    expect(again.text).toContain(translator('ru')(error));
    const isTicked = typed['scoring-alarms'] === seen['scoring-alarms'];
    expect(/value="contradicts-letter#1\/2" checked/.test(again.text)).toBe(isTicked);
  });

  it('is the same to programs: the preview names alarms, the release takes them with a reason', async () => {
    const world = aWorld();
    const roundId = await aContradictedRoundIn(world);
    const { get, json } = await aSelectionSite(world).staff(administrator);
    const letters = `/api/rounds/${roundId}/letters`;
    const body = { about: 'scoring', confirmed: 1 };

    const number = await theStopped(world, roundId);

    const { batches } = JSON.parse((await get(letters)).text);
    const unseen = await json('POST', letters, body);
    const alarms = batches[1].alarms.map(({ id }: { id: string }) => id);
    const released = await json('POST', letters, { ...body, acknowledged: { alarms, reason: 'Seen.' } });

    expect(batches[1].alarms).toEqual([
      { id: 'contradicts-letter#1/2', code: 'contradicts-letter', ...facts, applications: [number] },
    ]);
    expect(JSON.parse(unseen.text)).toMatchObject({ type: '/problems/alarms-not-acknowledged', alarms });
    expect(released.status).toBe(200);
    const { deeds } = JSON.parse((await get(`/api/rounds/${roundId}/history`)).text);
    expect(deeds.at(-1).heeded).toMatchObject({ alarms: [{ id: alarms[0] }], reason: 'Seen.' });
  });
});

/** Ten people want the one post of MAT-001, and twenty of another vacancy stay empty. */
const aLopsidedRound = async () => {
  const world = aWorld();
  const many = Array.from({ length: 10 }, () => ({ choices: ['MAT-001'] }));
  const posts = [aVacancy('MAT-001'), aVacancy('MAT-002', { posts: 20 })];
  const { roundId } = await anOffersRoundIn(world, many, posts);
  return { roundId, ...(await aSelectionSite(world).staff(theAdministrator)) };
};

describe('the board of offers in which something looks wrong', () => {
  const alarm = 'offers-far-fewer#1/10';

  it('says what, gives back what was typed for a refused release, and lets them out once it is ticked', async () => {
    const { roundId, get, post } = await aLopsidedRound();
    const board = `/en/manage/rounds/${roundId}/offers`;

    const { text } = await get(board);
    const unticked = await post(board, { confirmed: '1', reason: 'They were asked.' });
    const reasonless = await post(board, { confirmed: '1', alarms: alarm });
    const released = await post(board, { confirmed: '1', alarms: alarm, reason: 'They were asked.' });

    expect(text).toContain(translator('en')('watch.alarm.offers-far-fewer', { count: 1, of: 10 }));
    expect([unticked.status, reasonless.status, released.status]).toEqual([409, 422, 303]);
    expect(unticked.text).toContain('>They were asked.</textarea>');
    expect(reasonless.text).toContain(`value="${alarm}" checked`);
    expect((await get(`/en/manage/rounds/${roundId}/history`)).text).toContain('They were asked.');
  });

  it('is the same to programs', async () => {
    const { roundId, get, json } = await aLopsidedRound();
    const board = `/api/rounds/${roundId}/offers`;

    const { alarms } = JSON.parse((await get(board)).text);
    const unseen = await json('POST', board, { confirmed: 1 });
    const acknowledged = { alarms: [alarm], reason: 'They were asked.' };
    const released = await json('POST', board, { confirmed: 1, acknowledged });

    expect(alarms).toEqual([{ id: alarm, code: 'offers-far-fewer', count: 1, of: 10 }]);
    expect(JSON.parse(unseen.text)).toMatchObject({
      type: '/problems/alarms-not-acknowledged',
      alarms: [alarm],
    });
    expect(released.status).toBe(204);
    const { deeds } = JSON.parse((await get(`/api/rounds/${roundId}/history`)).text);
    expect(deeds.at(-1).heeded).toMatchObject({ alarms: [{ id: alarm }], reason: 'They were asked.' });
  });
});
