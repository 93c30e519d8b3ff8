import type { Context } from 'hono';
import { handOver, openPacketFile } from '#functions/commands/elsewhere-handing.ts';
import type { ListPreview } from '#functions/commands/elsewhere-import.ts';
import { permit } from '#shared/domain/permission.ts';
import { regionName } from '#shared/domain/region.ts';
import type { WebDeps } from '../deps.ts';
import { Button, Hidden } from '../fields.tsx';
import { one, readTyped } from '../form.ts';
import { Digest, Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import type { View } from '../view.ts';
import { doneAtList, listCommand } from './list-of.ts';

/** Hands over as many people as the page said. */
export const postHandOver = (deps: WebDeps) => async (c: Context) => {
  const command = listCommand(c, 'elsewhere.hand');
  if (!command.ok) return refusalPage(c, command.error);
  const confirmed = Number(one(await readTyped(c), 'confirmed'));
  const handed = await handOver(deps, { ...command.value, confirmed });
  return handed.ok ? doneAtList(c, command.value, 'handing') : refusalPage(c, handed.error);
};

export const showPacketFile = (deps: WebDeps) => async (c: Context) => {
  const command = listCommand(c, 'elsewhere.hand');
  const found = command.ok ? await openPacketFile(deps, command.value) : command;
  return found.ok ? c.redirect(found.value.url, 303) : refusalPage(c, found.error);
};

type Props = { view: View; of: ListPreview };

/** How many agreed, and their packet: what it waits for, the button that makes it, or the file. */
export const Handing = ({ view: { t }, of }: Props) => {
  const { list, place, agreed } = of;
  const { handing, handed } = list;
  const zone = place.work.file.timeZone;
  return (
    <section>
      <h2 class="govuk-heading-m">{t('elsewhere.handing')}</h2>
      <p>{t('elsewhere.handing.text')}</p>
      <Facts
        facts={[
          { name: t('elsewhere.agreed'), value: t.number(handing?.numbers.length ?? agreed) },
          ...(handing ? [{ name: t('elsewhere.handedOver'), value: t.moment(handing.at, zone) }] : []),
          ...(handed ? [{ name: t('elsewhere.packet'), value: <Digest value={handed.packet} /> }] : []),
        ]}
      />
      <Packet view={{ t }} of={of} />
    </section>
  );
};

const Packet = ({ view: { t }, of }: { view: Pick<View, 't'>; of: ListPreview }) => {
  const { list, place, agreed, mayHand, published } = of;
  const region = regionName(list.region)[t.locale];
  if (list.handed && of.isErased) return <Inset>{t('elsewhere.packet.erased')}</Inset>;
  if (list.handed) {
    const mayOpen = permit('elsewhere.hand', place.work.by.role, place.round.stage).ok;
    return mayOpen ? (
      <>
        <p>{t('elsewhere.packet.text', { region })}</p>
        <p>
          <a href={paths.elsewherePacket(t.locale, place.round.id, list.number)}>
            {t('elsewhere.packet.file')}
          </a>
        </p>
      </>
    ) : null;
  }
  if (list.droppedAt) return <Inset>{t('elsewhere.packet.dropped')}</Inset>;
  if (list.handing) return <Inset>{t('elsewhere.packet.making')}</Inset>;
  if (of.isLate) return <Inset>{t('elsewhere.handing.over')}</Inset>;
  if (!mayHand) return <Inset>{t('elsewhere.handing.waits')}</Inset>;
  if (!published) return <Inset>{t('elsewhere.handing.unpublished')}</Inset>;
  if (agreed === 0) return <Inset>{t('elsewhere.handing.nobody')}</Inset>;
  return (
    <form method="post" action={paths.handElsewhere(t.locale, place.round.id, list.number)}>
      <Hidden name="confirmed" value={agreed} />
      <Button>{t('elsewhere.hand', { count: agreed, region })}</Button>
    </form>
  );
};
