import { describe, expect, it } from 'vitest';
import { locales, translator } from '#shared/i18n/index.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';
import { aScoringIn, dana, ratersOf, score, secretary } from '#test/builders/selection.ts';
import { onTable } from '../commands/committee-room.ts';
import { aSelectionSite } from './selection-site.ts';

const reason = 'Marker of a reason that was typed';

/** One scored least and one best; the list is on the table. */
const atTable = async () => {
  const world = aWorld();
  const { roundId, applications } = await aScoringIn(world, [{}, {}]);
  for (const [index, { id }] of applications.entries()) {
    for (const by of await ratersOf(world, id)) granted(await score({ world, roundId }, by, id, index === 1));
  }
  const proposal = await onTable(world, roundId);
  const site = aSelectionSite(world);
  const [weak] = applications;
  if (!weak) throw new Error('Nobody applied.');
  const moved = { proposal, number: weak.number, outcome: 'goes-on', departureReason: reason };
  const page = `/kk/committee/rounds/${roundId}`;
  return {
    roundId,
    weak,
    proposal,
    moved,
    page,
    member: await site.staff(dana),
    desk: await site.staff(secretary),
  };
};

describe('the page of a gate', () => {
  it('moves a departure by its form, and shows it with its reason to everybody in every language', async () => {
    const { member, desk, page, moved, weak, roundId } = await atTable();
    expect((await desk.get(page)).text).not.toContain('name="departureReason"');
    expect((await member.get(page)).text).toContain('name="departureReason"');

    const answer = await member.post(`${page}/departure`, moved);

    expect([answer.status, answer.location]).toEqual([303, `${page}?done=committee.done.departed`]);
    for (const locale of locales) {
      const { text } = await desk.get(`/${locale}/committee/rounds/${roundId}`);
      const t = translator(locale);
      const section = text.slice(text.indexOf(t('committee.departure.text')));
      for (const part of [weak.number, t('committee.reason.below-minimum'), reason]) {
        expect(section).toContain(part);
      }
      // The list above says of whom it is that they go on against their points.
      expect(text.slice(0, text.indexOf(t('committee.departure.text')))).toContain(
        t('committee.reason.departure'),
      );
    }
  });

  it.for([
    ['number', { number: 'KZ19-0000-0000' }],
    ['outcome', { outcome: '' }],
    ['departureReason', { departureReason: ' ' }],
  ] as const)('draws the form again where its %s is wrong', async ([field, wrong]) => {
    const { member, page, moved } = await atTable();

    const { status, text } = await member.post(`${page}/departure`, { ...moved, ...wrong });

    expect(status).toBe(422);
    expect(text).toContain(`href="#${field}"`);
  });

  it('is by the API what it is by the page', async () => {
    const { member, roundId, weak, proposal } = await atTable();
    const path = `/api/rounds/${roundId}/gate`;
    const body = { proposal, application: weak.id, outcome: 'goes-on', reason };

    const answer = await member.json('POST', `${path}/departures`, body);

    expect(answer.status).toBe(200);
    const { departures, proposal: after } = JSON.parse((await member.get(path)).text);
    expect(JSON.parse(answer.text)).toEqual({ proposal: after });
    expect(departures).toEqual([
      { application: weak.id, number: weak.number, outcome: 'goes-on', instead: ['below-minimum'], reason },
    ]);
  });
});
