import { expect, it } from 'vitest';
import type { Person } from '#functions/commands/workplace.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { aCommitteeSite, mailOf } from '#test/builders/committee-site.ts';
import { theAdministrator } from '#test/builders/offers.ts';
import { inConflictWith } from '#test/builders/panels.ts';
import { secondAdministrator } from '#test/builders/remedies.ts';
import { committeeChangedIn } from '#test/builders/selection.ts';
import { readScenes } from './closed-read-scenes.ts';
import { afterwardsScenes } from './closed-write-afterwards.ts';
import { laterScenes } from './closed-write-later.ts';
import type { WriteScene } from './closed-writes.ts';
import { whereConflictsAreLookedFor } from './disclosure-scene.ts';

/*
 * In the place of something about an application that is closed to whoever reads it stands a row without details and without a form, which says who else may decide.
 */

const auditor: Person = {
  ...theAdministrator,
  id: PersonId.parse('AVD1T0R0000000000000'),
  role: 'auditor',
};

/** The second administrator and an auditor are kept away; the first administrator is not, or is as well. */
const closedIn = async ({ world, roundId, application }: WriteScene, toAll = false) => {
  const site = aCommitteeSite(world);
  const other = await site.signIn(theAdministrator);
  const seat = await site.signIn(secondAdministrator);
  const reading = await site.signIn(auditor);
  const kept = [secondAdministrator, auditor, ...(toAll ? [theAdministrator] : [])];
  await inConflictWith(
    world,
    roundId,
    application.id,
    kept.map(({ id }) => id),
  );
  return { seat, other, reading };
};

const decider = { role: 'administrator', personId: theAdministrator.id };
const row = { walled: 'conflict', others: [decider] };

const read = async ({ get }: { get: (path: string) => Promise<{ text: string }> }, path: string) =>
  JSON.parse((await get(path)).text);

it.for(locales)('a post is a row that names who may decide, and no form: %s', async (locale) => {
  const t = translator(locale);
  const scene = await afterwardsScenes.deferring();
  const { seat, other } = await closedIn(scene);
  const page = `/${locale}/manage/rounds/${scene.roundId}/placements`;
  const name = mailOf(theAdministrator.id);
  const names = t('committee.walled.person', { name, role: t('account.role.administrator') });

  const closed = (await seat.get(page)).text;

  expect(closed).toContain(t('committee.walled.conflict'));
  expect(closed).toContain(t('committee.walled.others', { names }));
  expect(closed).not.toContain('/placements/');
  expect((await other.get(page)).text).toContain(`/placements/${scene.placementId}/deferral/grant`);
});

const managed = ({ roundId }: WriteScene, part: string) => `/en/manage/rounds/${roundId}/${part}`;

it('does not say that nothing was offered, nor count posts, where what there is of them is closed', async () => {
  const t = translator('en');
  const [conditional, deferring] = [await afterwardsScenes.conditional(), await afterwardsScenes.deferring()];
  const [offers, posts] = [await closedIn(conditional), await closedIn(deferring)];
  const board = (await offers.seat.get(managed(conditional, 'offers'))).text;
  expect(board).toContain(t('offer.board.noneToSee'));
  expect(board).not.toContain(t('offer.board.none'));
  expect((await posts.seat.get(managed(deferring, 'placements'))).text).not.toContain('0 placements');
  expect((await posts.other.get(managed(deferring, 'placements'))).text).toContain('1 placement');
});

it('says so where nobody else is left, and names nobody to who could not decide anyway', async () => {
  const t = translator('en');
  const scene = await afterwardsScenes.held();
  const { seat, reading } = await closedIn(scene, true);
  const page = `/en/manage/rounds/${scene.roundId}/retention`;

  expect((await seat.get(page)).text).toContain(t('committee.walled.nobody'));
  expect((await reading.get(page)).text).toContain(t('committee.walled.conflict'));
  expect((await reading.get(page)).text).not.toContain(t('committee.walled.nobody'));
  const api = `/api/rounds/${scene.roundId}/retention`;
  expect((await read(seat, api)).closed).toEqual([{ walled: 'conflict', others: [] }]);
  expect((await read(reading, api)).closed).toEqual([{ walled: 'conflict' }]);
});

it('is a row for programs: of posts, offers, remedies and requests about data', async () => {
  const [deferring, corrected] = [
    await afterwardsScenes.deferring(),
    await readScenes['corrected afterwards'](),
  ];
  const [posts, requests] = [await closedIn(deferring), await closedIn(corrected)];

  expect(await read(posts.seat, `/api/rounds/${deferring.roundId}/placements`)).toEqual({
    placements: [],
    closed: [row],
  });
  const board = await read(posts.seat, `/api/rounds/${deferring.roundId}/offers`);
  expect(board.contenders).toEqual([row, expect.objectContaining({ number: 'KZ19-AAAA-0001' })]);
  expect(await read(requests.seat, '/api/data-requests')).toEqual({ open: [], closed: [row], answered: [] });
  const answer = { outcome: 'done', text: '' };
  const about = `/api/data-requests/${corrected.ids['request']}`;
  expect((await requests.seat.get(about)).status).toBe(403);
  expect((await requests.seat.send('POST', `${about}/answer`, answer)).status).toBe(403);
  expect((await requests.other.send('POST', `${about}/answer`, answer)).status).toBe(200);
});

it('does not name whoever proposed a remedy, which wants a second person', async () => {
  const scene = await laterScenes['remedy proposed']();
  const { seat } = await closedIn(scene);

  const { remedies, closed } = await read(seat, `/api/rounds/${scene.roundId}/remedies`);
  expect({ remedies, closed }).toEqual({ remedies: [], closed: [{ walled: 'conflict', others: [] }] });
});

it('keeps its place among offers that wait, so that what is let go is what was counted', async () => {
  const scene = await readScenes.waiting();
  const { seat } = await closedIn(scene);
  const { next } = await read(seat, `/api/rounds/${scene.roundId}/offers`);

  expect(next[0]).toEqual({ walled: 'conflict' });
  expect(next[1]).toMatchObject({ number: 'KZ19-AAAA-0001', place: 2 });
  const release = await seat.send('POST', `/api/rounds/${scene.roundId}/offers`, { confirmed: next.length });
  expect(release.status).toBe(204);
});

it.for(locales)('is a row that asks for a disclosure, and nothing is written, in %s', async (locale) => {
  const t = translator(locale);
  const { world, roundId, ids } = await readScenes['corrected afterwards']();
  const site = aCommitteeSite(world);
  const [seat, other] = [await site.signIn(secondAdministrator), await site.signIn(theAdministrator)];
  await whereConflictsAreLookedFor(world, { roundId, by: secondAdministrator, isTold: false });
  const about = `/api/data-requests/${ids['request']}`;
  const page = `/${locale}/manage/data-requests`;
  const answer = { outcome: 'refused', text: 'MARKER: typed' };

  expect(await read(seat, '/api/data-requests')).toMatchObject({
    open: [],
    closed: [{ walled: 'disclosure', others: [decider] }],
  });
  expect((await seat.get(page)).text).toContain(t('committee.walled.disclosure'));
  for (const answered of [await seat.get(about), await seat.send('POST', `${about}/answer`, answer)]) {
    expect([answered.status, JSON.parse(answered.text).type]).toEqual([
      403,
      expect.stringContaining('disclosure-needed'),
    ]);
  }
  const refused = await seat.post(`${page}/${ids['request']}`, answer);
  expect(refused.status).toBe(403);
  expect(refused.text).toContain(t('problems.disclosure-needed.title'));
  expect(refused.text).toContain('MARKER: typed');
  expect(refused.text).toContain(`/${locale}/committee/disclosure`);

  expect((await other.get(about)).status).toBe(200);
  const compared = { type: 'disclosures-compared', at: world.clock.now(), found: [] } as const;
  await committeeChangedIn(world, roundId, [{ ...compared, members: [secondAdministrator.id] }]);
  expect((await seat.send('POST', `${about}/answer`, answer)).status).toBe(200);
});
