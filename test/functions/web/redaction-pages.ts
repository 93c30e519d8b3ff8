import { withholdCopy } from '#functions/commands/redaction.ts';
import type { Locale } from '#shared/i18n/index.ts';
import { aCommitteeSite } from '#test/builders/committee-site.ts';
import { pressed } from '#test/builders/pressed.ts';
import { aRedactionScene, telling } from '#test/builders/redaction-scene.ts';
import { granted } from '#test/builders/scenes.ts';
import { secretary } from '#test/builders/selection.ts';
import { named, type SeenPage, seen } from './seen-pages.ts';

/** Of the secretary who redacts, while copies are missing and when all are there, and of who rates by them. */
export const whenRedacted = async (locale: Locale): Promise<SeenPage[]> => {
  const scene = await aRedactionScene('stop', [{ motivation: telling }, { motivation: telling }]);
  const { world, roundId, application, file, releaseProposal, send } = scene;
  const site = aCommitteeSite(world);
  const seat = await site.signIn(secretary);
  const round = `/${locale}/committee/rounds/${roundId}`;
  const at = `${round}/redaction/${application.id}`;
  await send();
  const open = named(await seen(seat.get, [`${round}/redaction`, at]), 'redacting');
  const typed = { item: 'motivation', copy: telling, press: 'redacted' };
  const refused = await seat.post(`${at}/text`, typed);
  const upload = await pressed(seat, `${at}/upload`, { item: file.item });
  await releaseProposal();
  granted(await withholdCopy(world, { ...file, reason: 'Мөрде мектептің аты бар.' }));
  const settled = named(await seen(seat.get, [`${round}/redaction?show=all`, at]), 'redacted');
  return [
    ...open,
    { path: '/redaction/text (refused)', html: refused.text },
    { path: '/redaction/upload', html: upload.text },
    ...settled,
  ];
};
