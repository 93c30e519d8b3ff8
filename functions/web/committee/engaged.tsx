import type { SlotId } from '#shared/domain/ids.ts';
import type { Slot } from '#shared/domain/slot.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { WarningText } from '../fields.tsx';
import { Tag } from '../parts.tsx';

const markOf = (id: SlotId): string => `twice-${id}`;

/** At a time that is taken twice. */
export const EngagedTag = ({ t, id }: { t: Translator; id: SlotId }) => (
  <div id={markOf(id)}>
    <Tag colour="red">{t('interview.engaged.tag')}</Tag>
  </div>
);

/** Of a time that nobody has: while it is taken twice, applicants do not see it. */
export const freeWord = (engaged: ReadonlySet<SlotId>, id: SlotId) =>
  engaged.has(id) ? 'interview.engaged.free' : 'interview.free';

type Props = {
  t: Translator;
  engaged: ReadonlySet<SlotId>;
  slots: readonly Slot[];
  zone: string;
  at?: string;
};

/** More than these the page itself shows. */
const mostLinks = 10;

/** How many times of a plan are taken twice, and which: each leads to its mark, on the page of the plan. */
export const EngagedWarning = ({ t, engaged, slots, zone, at = '' }: Props) =>
  engaged.size === 0 ? null : (
    <>
      <WarningText t={t}>{t('interview.engaged', { count: engaged.size })}</WarningText>
      <p>{t('interview.engaged.text')}</p>
      <ul class="govuk-list govuk-list--bullet">
        {slots
          .filter(({ id }) => engaged.has(id))
          .slice(0, mostLinks)
          .map(({ id, startsAt }) => (
            <li>
              <a href={`${at}#${markOf(id)}`}>{t.moment(startsAt, zone)}</a>
            </li>
          ))}
      </ul>
    </>
  );
