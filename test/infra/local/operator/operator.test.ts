import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { serving } from './harness.ts';

const rawStatus = (port: number, headers: Record<string, string>) =>
  new Promise((resolve) => {
    request({ host: '127.0.0.1', port, path: '/letters', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).end();
  });

describe('the operator’s port', () => {
  it('covers sign-in codes of a real region, and nothing else', async () => {
    const { get } = await serving();

    const { body } = await get('/letters/code');
    const other = await get('/letters/receipt');

    expect(JSON.parse(body)).toMatchObject({
      subject: '••••••: your code',
      text: 'Your code is ••••••. Application KZ19-1234567.',
    });
    expect(other.body).toContain('123456');
    expect((await get('/letters')).body + (await get('/')).body).not.toMatch(/482 ?913/);
  });

  it('shows them in a rehearsal', async () => {
    const { get } = await serving({ rehearsal: true });

    expect((await get('/letters?to=aigerim@example.kz')).body).toContain('482913');
  });

  it('finds letters by address', async () => {
    const { get } = await serving();

    expect(JSON.parse((await get('/letters?to=nobody@example.kz')).body)).toEqual([]);
  });

  it('tells where each execution waits, and its history', async () => {
    const { get } = await serving();

    expect(JSON.parse((await get('/executions')).body)).toMatchObject([
      { waits: [{ state: 'WaitForDeadline' }] },
    ]);
    expect(JSON.parse((await get('/executions/KZ-19-R-1/history')).body)).toHaveLength(7);
    expect((await get('/executions/other/history')).status).toBe(404);
    expect((await get('/executions/other')).status).toBe(404);
  });

  it('writes everything that came from outside as text', async () => {
    const { get } = await serving();

    const { body } = await get('/');

    expect(body).toContain('&lt;b&gt;Received&lt;/b&gt;');
    expect(body).not.toContain('<b>Received');
  });

  it('leaves real time alone', async () => {
    const { post } = await serving();

    expect(await post('/clock', { advance: 60 })).toMatchObject({ status: 409 });
  });

  it('moves the clock of a rehearsal by seconds or to an instant', async () => {
    const { post } = await serving({ rehearsal: true });

    const advanced = await post('/clock', { advance: 3600 });
    const moved = await post('/clock', { to: '2027-03-01T18:00:00+05:00' });

    expect(advanced.body).toMatchObject({ now: '2027-01-01T01:00:00.000Z' });
    expect(moved.body).toMatchObject({ now: '2027-03-01T13:00:00.000Z' });
  });

  it('goes back only while nothing is stored', async () => {
    const { post } = await serving({ rehearsal: true, boundForward: async () => 'Events are stored.' });

    expect(await post('/clock', { to: '2022-01-01T00:00:00Z' })).toMatchObject({
      status: 409,
      body: { title: 'Events are stored.' },
    });
  });

  it.for([
    [{}],
    [{ to: 'tomorrow' }],
    [{ advance: -1 }],
    [{ advance: 1, to: '2027-01-01T00:00:00Z' }],
  ] as const)('refuses to move the clock by %j', async ([body]) => {
    const { post } = await serving({ rehearsal: true });

    expect(await post('/clock', body)).toMatchObject({ status: 400 });
  });

  it('answers an invitation with its link to whoever can read the data folder', async () => {
    const { post } = await serving();

    expect(
      await post(
        '/invitations',
        { role: 'administrator', locale: 'ru' },
        { authorization: 'Bearer from-home.json' },
      ),
    ).toEqual({
      status: 200,
      body: { link: 'http://localhost:3000/administrator' },
    });
  });

  it.for([[{}], [{ authorization: 'Bearer guessed' }]] as const)(
    'makes nobody an administrator of a real region who shows %j',
    async ([headers]) => {
      const { post, get } = await serving();

      const refused = await post('/invitations', { role: 'administrator' }, headers);

      expect(refused.status).toBe(403);
      expect(refused.body).not.toHaveProperty('link');
      expect((await get('/')).body).not.toContain('<button type="button" id="invite"');
    },
  );

  it('of a rehearsal writes a link at the press of a button', async () => {
    const { post, get } = await serving({ rehearsal: true });

    expect((await get('/')).body).toContain('<button type="button" id="invite"');
    expect(await post('/invitations', { role: 'administrator' })).toMatchObject({ status: 200 });
  });

  it('lets held letters go, but for those that are named and known', async () => {
    const { post } = await serving();
    const owner = { authorization: 'Bearer from-home.json' };

    expect(await post('/released', { except: ['receipt'] }, owner)).toEqual({
      status: 200,
      body: { released: 1 },
    });
    expect(await post('/released', { except: ['receipt', 'reciept'] }, owner)).toMatchObject({
      status: 422,
      body: { title: expect.stringMatching(/ reciept\.$/) },
    });
  });

  it('says that all is well while nothing is broken', async () => {
    const { get } = await serving();

    const { body } = await get('/health');

    expect(JSON.parse(body)).toMatchObject({
      ok: true,
      problems: [],
      letters: { waiting: 0, oldest: null, leaves: true },
    });
    expect((await get('/')).body).toContain('No alarm is raised.');
  });

  it('says what is broken in the home itself, since when, how often, and how many letters wait', async () => {
    const since = Date.parse('2027-01-01T00:00:00Z');
    const { get } = await serving({
      problems: () => [{ code: 'SMTP_DOWN', harm: 'No letter leaves.', since, count: 3 }],
      backlog: () => ({ waiting: 2, oldest: since, leaves: true }),
    });

    const { body } = await get('/health');
    const page = await get('/');

    expect(JSON.parse(body)).toMatchObject({
      ok: false,
      problems: [{ code: 'SMTP_DOWN', since: '2027-01-01T00:00:00.000Z', count: 3 }],
      letters: { waiting: 2, oldest: '2027-01-01T00:00:00.000Z' },
    });
    expect(page.body).toContain('<strong>SMTP_DOWN</strong>: No letter leaves.');
    expect(page.body).toContain('Letters that wait for the mail server: 2');
  });

  it('says of each letter whether it left', async () => {
    const { get } = await serving();

    expect(JSON.parse((await get('/letters')).body)).toMatchObject([{ state: 'sent' }, { state: 'refused' }]);
    expect((await get('/')).body).toMatch(/Received.*refused<\/small>/);
  });

  it('is not there for other pages in the operator’s browser', async () => {
    const { post, port } = await serving();

    expect(await rawStatus(port, { host: 'evil.example' })).toBe(403);
    expect(await rawStatus(port, { host: `localhost:${port}`, origin: 'https://evil.example' })).toBe(403);
    expect(
      await post('/invitations', { role: 'administrator' }, { 'content-type': 'text/plain' }),
    ).toMatchObject({
      status: 415,
    });
  });
});
