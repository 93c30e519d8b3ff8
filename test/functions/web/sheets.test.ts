import { describe, expect, it } from 'vitest';
import { checkScan, receiveScan } from '#functions/commands/scans.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { fileKey, gateFiles } from '#shared/ports/files.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { aScreeningIn, aWorld, committee, granted } from '#test/builders/scenes.ts';
import { gateIn } from '../commands/committee-room.ts';

const { secretary } = committee;

/** A sheet that was announced on the page of the gate, and the address of its form. */
const announced = async (locale = 'en') => {
  const world = aWorld();
  const roundId = await aScreeningIn(world);
  const seat = await aCommitteeSite(world).signIn(secretary);
  const gatePage = `/${locale}/committee/rounds/${roundId}`;
  const { location } = await seat.post(`${gatePage}/scan`, {});
  const gate = await gateIn(world, roundId);
  const scan = gate.scans[0]?.id;
  if (!scan) throw new Error('No sheet was announced.');
  const arrive = async (scanning: boolean) => {
    world.files.put(fileKey('quarantine', gateFiles(gate.id), scan), '%PDF-1.7 signed');
    granted(await receiveScan(world, { gateId: gate.id, documentId: scan, scanning }));
  };
  return { world, seat, gatePage, location, gate, scan, arrive };
};

describe('a signed sheet of votes', () => {
  it('has a page whose form takes it, until it has come', async () => {
    const { seat, gatePage, location, gate, scan, arrive } = await announced();

    const form = await seat.get(location);
    expect(form.text).toContain(`value="quarantine/gate-${gate.id}/${scan}"`);
    expect(form.text).toContain(`<a href="${location}">Open the page again</a>`);
    await arrive(false);
    expect((await seat.get(location)).location).toBe(gatePage);
    expect((await seat.get(`${gatePage}/scan`)).location).toBe(gatePage);
  });

  it.for(locales)(
    'in which malware was found says so at the gate, with what to do, in %s',
    async (locale) => {
      const { world, seat, gatePage, gate, scan, arrive } = await announced(locale);
      const t = translator(locale);
      await arrive(true);
      await checkScan({ ...world, scanner: async () => 'infected' }, { gateId: gate.id, documentId: scan });

      const page = await seat.get(gatePage);
      expect(page.text).toContain(t('apply.document.fault.malware'));
      expect(page.text).toContain(t('committee.paper.again'));
      expect(page.text).not.toContain(`${gatePage}/sheets/${scan}`);
    },
  );
});
