import type { ClosedItem } from '#functions/commands/closed-items.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Walled } from '#shared/domain/walls.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Tag } from './parts.tsx';

/** What stands in the place of an application that is closed to the reader. */
export const WalledTag = ({ t, walled }: Walled & { t: Translator }) => (
  <Tag colour="orange">{t(`committee.walled.${walled}`)}</Tag>
);

type Props = { t: Translator; closed: readonly ClosedItem[]; names: ReadonlyMap<PersonId, string> };

/** A row for each thing that is closed to the reader: that it is, and who may decide about it instead. */
export const ClosedItems = ({ t, closed, names }: Props) =>
  closed.length === 0 ? null : (
    <section>
      <h2 class="govuk-heading-m">{t('committee.walled.items')}</h2>
      <ul class="govuk-list">
        {closed.map(({ walled, others }) => (
          <li>
            <WalledTag t={t} walled={walled} />
            {others && <p>{othersText(t, others, names)}</p>}
          </li>
        ))}
      </ul>
    </section>
  );

const othersText = (
  t: Translator,
  others: NonNullable<ClosedItem['others']>,
  names: Props['names'],
): string => {
  if (others.length === 0) return t('committee.walled.nobody');
  const named = others.map(({ role, personId }) =>
    t('committee.walled.person', { name: names.get(personId) ?? personId, role: t(`account.role.${role}`) }),
  );
  return t('committee.walled.others', { names: named.join('; ') });
};
