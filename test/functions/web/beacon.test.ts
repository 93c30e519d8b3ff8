import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import type { Person } from '#functions/commands/workplace.ts';
import { beaconDue } from '#shared/domain/beacon.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import { translator } from '#shared/i18n/index.ts';
import { aBeaconRule, aFileWithBeacon, awaitedValue, publishedText } from '#test/builders/beacon.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { asUpload } from '#test/builders/round-file.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { aScoringIn, auditor, chair, dana, secretary } from '#test/builders/selection.ts';
import { at } from '#test/builders/worlds.ts';

const closedAt = at('2022-10-04T12:00');
const due = beaconDue(aBeaconRule, closedAt);
const t = translator('en');

/** Scoring, with somebody who signs in then. */
const scoring = async (by: Person = secretary, now?: Instant) => {
  const world = aWorld();
  const { roundId } = await aScoringIn(world, [{}], asUpload(aFileWithBeacon()));
  if (now) world.clock.to(now);
  const site = aCommitteeSite(world);
  const seat = await site.signIn(by);
  const round = `/en/committee/rounds/${roundId}`;
  return { roundId, seat, round, page: `${round}/beacon`, api: `/api/rounds/${roundId}/beacon` };
};

describe('the page of the public value for the draw', () => {
  it('says which value counts, when it comes out and how it is published, and takes none before', async () => {
    const { seat, page, round } = await scoring();
    const { text } = await seat.get(page);

    expect(text).toContain(`>${due.round}<`);
    expect(text).toContain(t('beacon.early', { at: t.moment(due.at, 'Asia/Almaty') }));
    expect(parse(text).querySelector('textarea[name="value"]')).toBeNull();
    expect((await seat.get(round)).text).toContain(t('beacon.gate.missing'));
  });

  it.for([
    ['what is this?', 'beacon.fault.unreadable'],
    [`${due.round} 00`, 'beacon.fault.damaged'],
    [publishedText(at('2022-10-05T12:00')), 'beacon.fault.other-round'],
  ] as const)('gives back what was pasted beside what is wrong with it: %s', async ([pasted, message]) => {
    const { seat, page } = await scoring(secretary, due.at);
    const answer = await seat.post(page, { value: pasted });
    const other = beaconDue(aBeaconRule, at('2022-10-05T12:00')).round;
    const facts = { count: 2, expected: message.endsWith('damaged') ? 96 : due.round, round: other };

    expect(answer.status).toBe(422);
    const shown = parse(answer.text);
    expect(shown.querySelector('textarea[name="value"]')?.textContent.trim()).toBe(pasted);
    expect(shown.querySelector('.govuk-error-message')?.textContent).toContain(t(message, facts));
  });

  it('says that it is too early, with what was pasted', async () => {
    const { seat, page } = await scoring();
    const answer = await seat.post(page, { value: publishedText(closedAt) });

    expect(answer.status).toBe(409);
    expect(answer.text).toContain(t('beacon.early', { at: t.moment(due.at, 'Asia/Almaty') }));
    expect(answer.text).toContain(awaitedValue(closedAt).signature);
  });

  it('takes the right one, shows it from then on, and asks for no other', async () => {
    const { seat, page, round } = await scoring(secretary, due.at);
    const answer = await seat.post(page, { value: publishedText(closedAt) });

    expect(answer).toMatchObject({ status: 303, location: `${page}?done=beacon.done.recorded` });
    const { text } = await seat.get(answer.location);
    expect(text).toContain(awaitedValue(closedAt).signature);
    expect(text).toContain(t('beacon.done.recorded'));
    expect(parse(text).querySelector('textarea')).toBeNull();
    expect((await seat.get(round)).text).toContain(t('beacon.gate.known'));
  });

  it('is read by the auditor, who brings nothing', async () => {
    const { seat, page } = await scoring(auditor, due.at);

    expect(parse((await seat.get(page)).text).querySelector('form[action$="/beacon"]')).toBeNull();
    expect((await seat.post(page, { value: publishedText(closedAt) })).status).toBe(403);
  });

  it('lets the chair do without it once the time has come, and asks why', async () => {
    const early = await scoring(chair, due.at);
    expect((await early.seat.post(`${early.page}/waiver`, { reason: 'Gone.' })).status).toBe(409);
    const { seat, page } = await scoring(chair, addSeconds(due.at, 48 * 3600));
    const waiver = `${page}/waiver`;
    const member = await scoring(dana, addSeconds(due.at, 48 * 3600));
    expect((await member.seat.get(member.page)).text).not.toContain('/waiver"');

    expect((await seat.get(page)).text).toContain(`action="${waiver}"`);
    expect(await seat.post(waiver, { reason: '' })).toMatchObject({ status: 422 });
    const answer = await seat.post(waiver, { reason: 'It has been silent for two days.' });
    expect(answer).toMatchObject({ status: 303, location: `${page}?done=beacon.done.waived` });
    expect((await seat.get(page)).text).toContain('It has been silent for two days.');
  });
});

describe('the API of the public value', () => {
  it('takes it in the form in which the beacon publishes it', async () => {
    const { seat, api } = await scoring(secretary, due.at);
    const brought = await seat.send(
      'POST',
      api,
      JSON.parse(publishedText(closedAt, { previous_signature: '' })),
    );

    expect(brought.status).toBe(200);
    const { chain, round, signature } = awaitedValue(closedAt);
    expect(JSON.parse((await seat.get(api)).text)).toMatchObject({
      chain,
      round,
      dueAt: due.at,
      waivableAt: addSeconds(due.at, 48 * 3600),
      value: { chain, round, signature },
    });
  });

  it('says why nothing is drawn without it', async () => {
    const { seat, roundId } = await scoring();
    const answer = await seat.send('POST', `/api/rounds/${roundId}/gate/proposal`);

    expect(answer.status).toBe(409);
  });
});
