import type { OfferPreview } from '#functions/commands/offer-preview.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { AlarmFields, type Refused } from '../alarms.tsx';
import { Button, Hidden, TextArea, WarningText } from '../fields.tsx';
import { type FieldError, one, type Typed } from '../form.ts';
import { Details, Facts } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';

/** Between two parts: how far the offers went, and what became of them. Nothing where everybody was let go, or nobody yet. */
export const Letting = ({ view: { t }, board }: { view: View; board: OfferPreview }) => {
  const { letting, contenders, waiting, file } = board;
  const { stopped, through, onTheirWay, unreached } = letting;
  if (!letting.isHeldBack) return null;
  const offers = contenders.flatMap(({ state }) => state.offers);
  const count = (...among: string[]): string =>
    t.number(offers.filter(({ status }) => among.includes(status)).length);
  return (
    <section>
      <h2 class="govuk-heading-m">{t('offer.letting.title')}</h2>
      {stopped && (
        <WarningText t={t}>
          {t('offer.letting.stopped', {
            at: t.moment(stopped.at, file.timeZone),
            reason: stopped.said ?? '–',
          })}
        </WarningText>
      )}
      {stopped && <p>{t('offer.letting.stoppedText')}</p>}
      <Facts
        facts={[
          ...(through === undefined
            ? []
            : [
                {
                  name: t('offer.letting.through'),
                  value: t('offer.letting.throughValue', { through, of: contenders.length }),
                },
              ]),
          ...(onTheirWay > 0 ? [{ name: t('offer.letting.onTheirWay'), value: t.number(onTheirWay) }] : []),
          { name: t('offer.letting.waiting'), value: t.number(waiting.length) },
          { name: t('offer.byPost.accepted'), value: count('accepted') },
          { name: t('offer.byPost.ended'), value: count('declined', 'lapsed') },
          { name: t('offer.byPost.held'), value: count('open') },
          { name: t('offer.letting.unreached'), value: t.number(unreached) },
        ]}
      />
    </section>
  );
};

type FormProps = { t: Translator; board: OfferPreview };

/** Where nobody waits for an offer, yet offers are stopped or held back: the way to let those go out again that become possible. */
export const GoOn = ({ t, board, again }: FormProps & { again: Refused | undefined }) =>
  board.letting.isHeldBack ? (
    <form method="post" action={paths.offers(t.locale, board.round.id)}>
      <p>{t('offer.part.nobody')}</p>
      <Hidden name="confirmed" value={0} />
      <AlarmFields t={t} alarms={board.alarms} refused={again} />
      <Button>{t('offer.part.goOn')}</Button>
    </form>
  ) : null;

type StopProps = FormProps & { typed: Typed | undefined; errors: readonly FieldError[] | undefined };

/** Stops the offers, with a reason; only where some were let go and are not stopped. */
export const StopForm = ({ t, board, typed, errors }: StopProps) =>
  board.letting.mayStop ? (
    <Details summary={t('offer.stop.title')} open={typed !== undefined}>
      <p>{t('offer.stop.text')}</p>
      <form method="post" action={paths.stopOffers(t.locale, board.round.id)}>
        <TextArea
          t={t}
          name="stopReason"
          label={t('offer.stop.reason')}
          rows={3}
          value={typed ? one(typed, 'stopReason') : ''}
          errors={errors}
        />
        <Button kind="warning">{t('offer.stop.submit')}</Button>
      </form>
    </Details>
  ) : null;
