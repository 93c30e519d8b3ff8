import type { HeldPart } from '#functions/commands/held-parts.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { WarningText } from '../fields.tsx';
import { Table } from '../parts.tsx';

type Props = { t: Translator; held: readonly HeldPart[]; zone: string };

/** What the checker holds, and why; nothing where it holds nothing. */
export const HeldParts = ({ t, held, zone }: Props) =>
  held.length === 0 ? null : (
    <section>
      <h2 class="govuk-heading-m">{t('offer.heldBack.title')}</h2>
      <WarningText t={t}>{t('offer.heldBack.text')}</WarningText>
      <Table
        caption={t('offer.heldBack.title')}
        hideCaption
        head={[t('offer.heldBack.what'), t('offer.heldBack.why')]}
        rows={held.map((part) =>
          part.walled
            ? [t('committee.walled.conflict'), '–']
            : [
                [part.number, part.vacancy].filter((one) => one !== undefined).join(', '),
                whyOf(t, part, zone),
              ],
        )}
      />
    </section>
  );

const whyOf = (t: Translator, { faults, answered, lapsed }: HeldPart, zone: string): string => {
  if (answered) return t('offer.heldBack.answered', { at: t.moment(answered.at, zone) });
  return lapsed ? t('offer.heldBack.lapsed', { at: t.moment(lapsed, zone) }) : reasonsOf(t, faults);
};

/** A wave may pass many by: a few of them say it. */
const mostNamed = 5;

const reasonsOf = (t: Translator, faults: HeldPart['faults']): string => {
  const reasons = faults.slice(0, mostNamed).map((one) => {
    const facts = { number: one.who ?? '', vacancy: 'vacancy' in one ? one.vacancy : '' };
    return t(`offer.heldBack.fault.${wordOf(one.fault)}`, facts);
  });
  return reasons.join(' ') + (faults.length > mostNamed ? ' …' : '');
};

type Word =
  | 'skipped'
  | 'kept'
  | 'over-capacity'
  | 'over-limit'
  | 'not-wanted'
  | 'better-was-free'
  | 'two-acceptances'
  | 'other';

/** What can be wrong with an offer, or with how things stand. */
const wordOf = (fault: HeldPart['faults'][number]['fault']): Word => {
  switch (fault) {
    case 'skipped':
    case 'kept':
    case 'over-capacity':
    case 'over-limit':
    case 'not-wanted':
    case 'better-was-free':
    case 'two-acceptances':
      return fault;
    default:
      return 'other';
  }
};
