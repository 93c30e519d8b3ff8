import { beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '#functions/commands/workplace.ts';
import { type CheckFinding, Invariant } from '#shared/checks/finding.ts';
import { begun, type CheckRun, withFindings } from '#shared/checks/run.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, ApplicationNumber, PersonId, RoundId } from '#shared/domain/ids.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { anchorKey } from '#shared/ports/checks.ts';
import { anAnchor } from '#test/builders/anchors.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { administrator, aWorld, committee, type World } from '#test/builders/scenes.ts';

const auditor: Person = { kind: 'person', id: PersonId.parse('AVD1T0R'.padEnd(20, '0')), role: 'auditor' };

let world: World;
let site: ReturnType<typeof aCommitteeSite>;

const finding: CheckFinding = {
  invariant: 'two-acceptances',
  aggregate: 'candidacy',
  id: ApplicationId.parse('APP11CAT100000000000'),
  roundId: RoundId.parse('R0VND000000000000000'),
  number: ApplicationNumber.parse('KZ19-7Q4M-0C2X'),
};

const night = (findings: CheckFinding[], more = 0): CheckRun => ({
  because: 'night',
  begunAt: world.clock.now(),
  endedAt: addSeconds(world.clock.now(), 90),
  records: 4321,
  findings,
  more,
});

beforeEach(() => {
  world = aWorld();
  site = aCommitteeSite(world);
});

it.for(locales)(
  'tells an administrator when was checked last, and that nothing was found, in %s',
  async (locale) => {
    const t = translator(locale);
    const seat = await site.signIn(administrator);
    const before = await seat.get(`/${locale}/checks`);
    await world.checks.save({ night: night([]) });
    const { status, text } = await seat.get(`/${locale}/checks`);

    expect(before.text).toContain(t('checks.none'));
    expect(status).toBe(200);
    expect(text).toContain(t('checks.because.night'));
    expect(text).toContain(t.moment(addSeconds(world.clock.now(), 90)));
    expect(text).toContain(t('checks.held'));
    expect((await seat.get(`/${locale}/manage`)).text).toContain(`href="/${locale}/checks"`);
  },
);

it.for(locales)('tells an auditor each finding in words, with its record, in %s', async (locale) => {
  const t = translator(locale);
  const all = Invariant.options.map((invariant): CheckFinding => Object.assign({}, finding, { invariant }));
  await world.checks.save({ night: night(all, 7) });
  const { text } = await (await site.signIn(auditor)).get(`/${locale}/checks`);

  for (const { invariant } of all) expect(text).toContain(t(`checks.finding.${invariant}`));
  expect(text).toContain('KZ19-7Q4M-0C2X');
  expect(text).toContain('candidacy#APP11CAT100000000000');
  expect(text).toContain(t('checks.more', { count: 7 }));
});

it('keeps the first findings and counts the others', () => {
  const many = Array.from({ length: 150 }, () => finding);
  const run = withFindings(withFindings(begun('night', world.clock.now()), many), many);

  expect([run.findings.length, run.more]).toEqual([200, 100]);
});

it('is closed to whoever sits on a committee', async () => {
  const { status } = await (await site.signIn(committee.chair)).get('/en/checks');

  expect(status).toBe(403);
});

it.for(locales)('gives the anchors to anyone to keep, newest first, in %s', async (locale) => {
  const t = translator(locale);
  const nobody = site.anonymous;
  expect((await nobody.get(`/${locale}/anchors`)).text).toContain(t('checks.anchors.none'));
  const { text: file, made } = await anAnchor(3);
  await world.papers.put({ key: anchorKey(3), bytes: new TextEncoder().encode(file), mediaType: '' });
  await world.checks.save({ anchor: made });

  const { text } = await nobody.get(`/${locale}/anchors`);
  expect(text).toContain(t('checks.anchors.file', { number: 3 }));
  expect(text).toContain(sha256Of(file));
  const { status, location } = await nobody.get(`/${locale}/anchors/3`);
  expect([status, location]).toEqual([303, expect.stringContaining(anchorKey(3))]);

  const none = { key: anchorKey(2), bytes: new TextEncoder().encode('{}'), mediaType: '' };
  await world.papers.put(none);
  expect((await nobody.get(`/${locale}/anchors`)).status).toBe(200);
});

it.for(['0', '4', '-1', '03', '1e1', 'x', '99999999999999999999'])('has no anchor %s', async (number) => {
  const { made } = await anAnchor(3);
  await world.checks.save({ anchor: made });

  expect((await site.anonymous.get(`/en/anchors/${number}`)).status).toBe(404);
});

describe('the API', () => {
  it.for([administrator, auditor])('tells $role each newest check with its findings', async (by) => {
    const stage: CheckRun = {
      ...night([finding]),
      because: 'stage',
      endedAt: addSeconds(world.clock.now(), 900),
    };
    const running = begun('night', addSeconds(world.clock.now(), 1800));
    await world.checks.save({ night: night([], 0), stage, running });
    const seat = await site.signIn(by);
    const { status, text } = await seat.get('/api/checks');

    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({
      running: { because: 'night', begunAt: running.begunAt },
      runs: [stage, night([])],
    });
  });

  it('tells before the first check that there was none', async () => {
    const { text } = await (await site.signIn(auditor)).get('/api/checks');

    expect(JSON.parse(text)).toEqual({ runs: [] });
  });

  it('is closed to whoever sits on a committee, and to whoever has not signed in', async () => {
    expect((await (await site.signIn(committee.chair)).get('/api/checks')).status).toBe(403);
    expect((await site.anonymous.get('/api/checks')).status).toBe(401);
  });

  it('gives the anchors to anyone, and tells of each what is published and no count', async () => {
    const nobody = site.anonymous;
    expect(JSON.parse((await nobody.get('/api/anchors')).text)).toEqual({ anchors: [] });
    const { text: file, made } = await anAnchor(1);
    await world.papers.put({ key: anchorKey(1), bytes: new TextEncoder().encode(file), mediaType: '' });
    await world.checks.save({ anchor: made });

    const { heads: _count, ...told } = made;
    expect(JSON.parse((await nobody.get('/api/anchors')).text)).toEqual({ anchors: [told] });
    const { url, seconds } = JSON.parse((await nobody.get('/api/anchors/1')).text);
    expect([url, seconds]).toEqual([expect.stringContaining(anchorKey(1)), expect.any(Number)]);
    for (const none of ['0', '2', '01', '-1', 'x', '1e0', '99999999999999999999'])
      expect((await nobody.get(`/api/anchors/${none}`)).status).toBe(404);
  });
});
