import { expect, it } from 'vitest';
import { locales, translator } from '#shared/i18n/index.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { aRoundFile } from '#test/builders/round-file.ts';
import { dana, secretary } from '#test/builders/selection.ts';
import { heldAtGate } from '#test/functions/commands/screened-file-scene.ts';

const title = aRoundFile().documents.find(({ code }) => code === 'diploma')?.title;

it.each(locales)(
  'the pages of screening name the document that waits for the scanner, and the one that is gone, in %s',
  async (locale) => {
    const t = translator(locale);
    const documents = title?.[locale] ?? '';
    const { world, roundId, applicationId, scanned } = await heldAtGate();
    const site = aCommitteeSite(world);
    const list = `/${locale}/committee/rounds/${roundId}/screening`;
    const [member, led] = [await site.signIn(dana), await site.signIn(secretary)];

    const waiting = [(await member.get(list)).text, (await member.get(`${list}/${applicationId}`)).text];
    const refused = await led.post(`/${locale}/committee/rounds/${roundId}/proposal`);
    await scanned('infected');
    const gone = [(await member.get(list)).text, (await member.get(`${list}/${applicationId}`)).text];

    expect(waiting[0]).toContain(t('screening.lacks.scanner', { documents }));
    expect(waiting[1]).toContain(t('screening.documents.scanned', { documents }));
    expect(waiting[1]).toContain(t('screening.state.scanned'));
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining(documents)]);
    expect(gone[0]).toContain(t('screening.lacks.documents', { documents }));
    expect(gone[1]).toContain(t('screening.documents.missing', { documents }));
  },
);
