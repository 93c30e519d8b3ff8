import type { Context } from 'hono';
import { confirmCondition } from '#functions/commands/offer-conditions.ts';
import type { OfferPlace } from '#functions/commands/offer-place.ts';
import { requireActor } from '#functions/http/authorize.ts';
import type { Offer } from '#shared/domain/candidacy.ts';
import { ApplicationId, OfferId } from '#shared/domain/ids.ts';
import { openUntil } from '#shared/domain/offer.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { roundIdOf } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, Radios } from '../fields.tsx';
import type { FieldError } from '../form.ts';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';

const notFound: Refusal = { kind: 'not-found', what: 'offer' };

/** Confirms that a condition is fulfilled, from the board. */
export const postConditionMet = (deps: WebDeps) => async (c: Context) => {
  const roundId = roundIdOf(c);
  const applicationId = ApplicationId.safeParse(c.req.param('application')).data;
  const offerId = OfferId.safeParse(c.req.param('offer')).data;
  if (!roundId || !applicationId || !offerId) return refusalPage(c, notFound);
  const by = requireActor(c, rolesFor('offer.confirm'));
  const confirmed = await confirmCondition(deps, { by, roundId, applicationId, offerId });
  if (!confirmed.ok) return refusalPage(c, confirmed.error);
  return c.redirect(`${paths.offers(viewOf(c).t.locale, roundId)}?done=offer.done.conditionMet`, 303);
};

type ConditionalProps = {
  view: View;
  place: OfferPlace;
  now: Instant;
  errors: readonly FieldError[];
};

/** The third way to answer, where the round file has conditions. */
export const Conditionally = ({ view: { t }, place, now, errors }: ConditionalProps) => {
  const { application, offer, file } = place;
  const { conditions } = file.answer;
  if (!conditions) return null;
  return (
    <>
      <h2 class="govuk-heading-m">{t('offer.condition.title')}</h2>
      <p>{t('offer.condition.text')}</p>
      <form method="post" action={paths.acceptConditionally(t.locale, application.id, offer.id)} novalidate>
        <Radios
          t={t}
          name="condition"
          label={t('offer.condition.which')}
          errors={errors}
          options={conditions.map(({ code, title }) => {
            const until = openUntil(file, { madeAt: offer.madeAt, condition: { code, acceptedAt: now } });
            const hint = t('offer.condition.until', { at: t.moment(until, file.timeZone) });
            return { value: code, text: textIn(t, title), hint };
          })}
        />
        <Button kind="secondary">{t('offer.condition.accept')}</Button>
      </form>
    </>
  );
};

/** The condition of an offer in the reader's language; its code where the file does not have it any more. */
export const conditionName = (t: View['t'], { answer }: RoundFile, { condition }: Offer): string => {
  const found = answer.conditions?.find(({ code }) => code === condition?.code);
  return found ? textIn(t, found.title) : (condition?.code ?? '');
};
