import { beforeEach, describe, expect, it } from 'vitest';
import { sha256Of } from '#shared/domain/hash.ts';
import { translator } from '#shared/i18n/index.ts';
import { roundFileText } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';
import { aDesk, type Desk, type Program } from './desk.ts';

type Answered = { subject: string; hours: number };

let desk: Desk;
let administrator: Program;
beforeEach(async () => {
  desk = await aDesk();
  administrator = await desk.administrator();
});

/** To how many people a letter to everyone goes, as a program looks it up. */
const toldIn = async (round: string) => (await administrator.get(`/api/rounds/${round}/recipients`)).body;

const extending = (round: string) => async (closesAt: string) => {
  const shown = await toldIn(round);
  return await administrator.post(`/api/rounds/${round}/deadline`, { closesAt, shown });
};

describe('an administrator', () => {
  it('drafts a round, imports its vacancies and opens the call with the file pinned', async () => {
    const round = await desk.draft(administrator);

    expect((await administrator.get('/api/rounds')).body.rounds).toMatchObject([
      { id: round, stage: 'draft' },
    ]);
    expect((await administrator.get(`/api/rounds/${round}`)).body).toMatchObject({ vacancies: 438 });
    expect((await administrator.get(`/api/calls/${round}`)).status).toBe(404);

    const opened = await desk.open(administrator, round);
    expect(opened.body).toMatchObject({ stage: 'call', file: sha256Of(roundFileText) });
    const again = await desk.open(administrator, round);
    expect(again.body).toEqual(opened.body);
  });

  it('shows the call and its vacancies to everybody', async () => {
    const round = await desk.openCall(administrator);
    const anyone = desk.program();

    expect((await anyone.get('/api/calls')).body.calls).toMatchObject([{ id: round, open: true }]);
    expect((await anyone.get(`/api/calls/${round}`)).body.roundFile.intake).toBe('2022-3');
    expect((await anyone.get(`/api/calls/${round}/vacancies`)).body.vacancies).toHaveLength(438);
  });

  it('shows everybody what incentives are worth, and which dates to keep in mind', async () => {
    const round = await desk.openCall(administrator);
    const anyone = desk.program();

    const { deadlines } = (await anyone.get(`/api/calls/${round}`)).body;
    const { support } = (await anyone.get(`/api/calls/${round}/vacancies`)).body;

    expect(deadlines).toEqual([
      { kind: 'closes', at: '2022-10-04T12:00:00.000Z' },
      { kind: 'results', at: expect.stringMatching(/^2022-11-/) },
    ]);
    expect(support).toContainEqual(
      expect.objectContaining({ incentive: 'relocation', amount: { kind: 'unknown', because: 'no-rule' } }),
    );
  });

  it('finds vacancies of all open calls by what they are', async () => {
    const round = await desk.openCall(administrator);
    const { body } = await desk
      .program()
      .get('/api/vacancies?subject=physics&load=over&order=hours&school=%E2%84%96&page=1');

    expect(body.vacancies.length).toBeGreaterThan(0);
    expect(body.vacancies.every((one: Answered) => one.subject === 'physics' && one.hours > 16)).toBe(true);
    expect(body.vacancies[0]).toMatchObject({ roundId: round });
    expect(body.calls).toMatchObject([{ roundId: round }]);
  });

  it('moves the deadline to a later moment only', async () => {
    const round = await desk.openCall(administrator);
    const extend = extending(round);

    expect((await extend('2022-10-06T18:00:00+06:00')).body.closesAt).toBe('2022-10-06T12:00:00.000Z');
    expect((await extend('2022-10-05T18:00:00+06:00')).body).toMatchObject({
      type: '/problems/deadline-not-later',
      closesAt: '2022-10-06T12:00:00.000Z',
    });
    expect((await administrator.get(`/api/rounds/${round}`)).body.closesAt).toBe('2022-10-06T12:00:00.000Z');
  });

  it('does not move the deadline by years, or beyond the years that there are', async () => {
    const round = await desk.openCall(administrator);
    const extend = extending(round);

    expect(await extend('2072-10-06T18:00:00+06:00')).toMatchObject({
      status: 422,
      body: { type: '/problems/deadline-too-late', before: '2023-09-14T04:00:00.000Z', zone: 'Asia/Almaty' },
    });
    expect(await extend('9999-12-31T23:59:00-05:00')).toMatchObject({
      status: 422,
      body: { type: '/problems/invalid', faults: [{ place: '/closesAt' }] },
    });
  });

  it('cancels with a reason, for good', async () => {
    const round = await desk.openCall(administrator);
    const shown = await toldIn(round);
    const cancel = (reason: string) =>
      administrator.post(`/api/rounds/${round}/cancellation`, { reason, shown });

    expect(
      (
        await administrator.post(`/api/rounds/${round}/cancellation`, {
          reason: 'Неге?',
          shown: { ...shown, recipients: 1 },
        })
      ).body,
    ).toMatchObject({ type: '/problems/recipients-differ', recipients: 0, confirmed: 1 });
    expect((await cancel('   ')).body.faults).toMatchObject([{ place: '/reason', line: 1 }]);
    expect((await cancel('x'.repeat(2001))).body.faults).toMatchObject([{ place: '/reason' }]);
    expect((await cancel('Бюджет қайта қаралды.')).body.stage).toBe('cancelled');
    const call = await desk.program().get(`/api/calls/${round}`);
    expect(call.body).toMatchObject({ stage: 'cancelled', cancelledBecause: 'Бюджет қайта қаралды.' });
    expect((await desk.open(administrator, round)).body.type).toBe('/problems/wrong-stage');
  });

  it('opens what was looked at, or nothing', async () => {
    const round = await desk.draft(administrator);
    const { body } = await administrator.get(`/api/rounds/${round}`);
    const json = { file: sha256Of('another file'), register: body.register.sha256 };

    const answer = await administrator.post(`/api/rounds/${round}/opening`, json);
    expect(answer.body.type).toBe('/problems/changed-meanwhile');
    expect((await administrator.get(`/api/rounds/${round}`)).body.stage).toBe('draft');
  });

  it('replaces the file of a draft, and of nothing else', async () => {
    const round = await desk.draft(administrator);
    const file = roundFileText.replace('"2022-3"', '"2022-4"');
    const replace = () =>
      administrator.ask('PUT', `/api/rounds/${round}/round-file`, { body: file, type: 'application/json' });

    expect((await replace()).body.intake).toBe('2022-4');
    await desk.open(administrator, round);
    expect((await replace()).body).toMatchObject({ type: '/problems/wrong-stage', stage: 'call' });
  });

  it('does not open a round without vacancies, too late, or for too few days', async () => {
    const { body } = await administrator.ask('POST', '/api/rounds', {
      body: roundFileText,
      type: 'application/json',
    });
    expect((await desk.open(administrator, body.id)).body.type).toBe('/problems/no-vacancies');

    desk.world.clock.to(at('2022-10-01T04:00'));
    const next = await desk.signIn('administrator@example.kz');
    const options = await next.post('/api/passkeys/authentication');
    const answer = administrator.authenticator.authenticate(options.body);
    await next.post('/api/session/passkey', { answer });
    const round = await desk.draft(next);
    expect((await desk.open(next, round)).body).toMatchObject({
      type: '/problems/call-too-short',
      minimumDays: 7,
    });
  });
});

describe('a file with faults', () => {
  it('is answered with each fault, its place and a sentence in the reader’s language, and changes nothing', async () => {
    const broken = roundFileText.replace('"2022-3"', '""').replace('"region": "KZ-19"', '"region": "KZ-61"');
    const before = desk.world.records.commits.length;

    const answer = await administrator.ask('POST', '/api/rounds', {
      body: broken,
      type: 'application/json',
      headers: { 'accept-language': 'ru' },
    });

    expect(answer.status).toBe(422);
    expect(answer.body.title).toBe(translator('ru')('problems.invalid.title'));
    expect(answer.body.faults.map(({ place }: { place: string }) => place)).toEqual(
      expect.arrayContaining(['/region', '/intake']),
    );
    for (const fault of answer.body.faults) {
      expect(fault.text).toMatch(/[а-я]/);
      expect(fault.line).toBeGreaterThan(0);
    }
    expect(desk.world.records.commits).toHaveLength(before);
  });

  it('may be a register with a missing column', async () => {
    const round = await desk.draft(administrator);
    const before = desk.world.records.commits.length;

    const answer = await administrator.ask('PUT', `/api/rounds/${round}/vacancies`, {
      body: 'code,colour\nMAT-001,red\n',
      type: 'text/csv',
    });

    expect(answer.status).toBe(422);
    expect(answer.body.faults.length).toBeGreaterThan(1);
    expect(desk.world.records.commits).toHaveLength(before);
  });

  it('that calls itself something else is not guessed at', async () => {
    const answer = await administrator.ask('POST', '/api/rounds', { body: roundFileText, type: 'text/csv' });

    expect(answer.body).toMatchObject({ type: '/problems/unreadable', expected: 'application/json' });
  });

  it('nested without end is refused like any other', async () => {
    const answer = await administrator.ask('POST', '/api/rounds', {
      body: '['.repeat(200_000),
      type: 'application/json',
    });

    expect(answer.body.faults).toMatchObject([{ message: 'round-file.json.depth' }]);
  });

  it('above four megabytes is not even read', async () => {
    const answer = await administrator.ask('POST', '/api/rounds', {
      body: ' '.repeat(4 * 1024 * 1024 + 1),
      type: 'application/json',
    });

    expect(answer.body).toMatchObject({ type: '/problems/too-large', limitBytes: 4 * 1024 * 1024 });
  });
});
