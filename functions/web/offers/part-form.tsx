import type { OfferPreview } from '#functions/commands/offer-preview.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, TextField } from '../fields.tsx';
import { paths } from '../paths.ts';

/** A first look at few: a tenth, which is small enough to mend and large enough to show what is wrong. */
const tenth = (waiting: number): number => Math.ceil(waiting / 10);

/** Asks to be shown a part of the offers that wait, of as many as somebody types; where a part is shown, the way back to all. */
export const PartForm = ({ t, board }: { t: Translator; board: OfferPreview }) => {
  const { round, waiting, part, letting } = board;
  if (waiting.length < 2 || letting.isWhole) return null;
  const isPart = part.through !== undefined;
  return (
    <section>
      <h3 class="govuk-heading-s">{t('offer.part.title')}</h3>
      <p>{t('offer.part.text')}</p>
      <form method="get" action={paths.offers(t.locale, round.id)}>
        <TextField
          t={t}
          name="part"
          label={t('offer.part.count')}
          hint={t('offer.part.hint', { most: waiting.length })}
          value={String(isPart ? part.offers.length : tenth(waiting.length))}
          inputMode="numeric"
          width={5}
        />
        <Button kind="secondary">{t('offer.part.show')}</Button>
      </form>
      {isPart && (
        <p>
          <a href={paths.offers(t.locale, round.id)}>{t('offer.part.all')}</a>
        </p>
      )}
    </section>
  );
};
