import type { Context } from 'hono';
import type { OfferPlace } from '#functions/commands/offer-place.ts';
import { acceptOffer, declineOffer, viewOffer } from '#functions/commands/offers.ts';
import { DeclineReason } from '#shared/domain/candidacy.ts';
import { OfferId } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { type Asked, askedOf } from '../apply/application.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Radios, WarningText } from '../fields.tsx';
import { type FieldError, one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { incentiveName, schoolName, subjectName, textIn } from '../words.ts';
import { OfferTag } from './status.tsx';

type AskedOffer = Asked & { offerId: OfferId };

const askedOffer = (c: Context): Result<AskedOffer, Refusal> => {
  const asked = askedOf(c);
  if (!asked.ok) return asked;
  const id = OfferId.safeParse(c.req.param('offer'));
  return id.success ? ok({ ...asked.value, offerId: id.data }) : refuse({ kind: 'not-found', what: 'offer' });
};

/** An offer to its owner. Opening the page answers nothing, whoever opens it (ANCHORS F16). */
export const showOffer = (deps: WebDeps) => async (c: Context) => {
  const asked = askedOffer(c);
  const found = asked.ok ? await viewOffer(deps, asked.value) : asked;
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(<OfferPage view={viewOf(c)} place={found.value} now={deps.clock.now()} errors={[]} />);
};

export const postAccept = (deps: WebDeps) => async (c: Context) => {
  const asked = askedOffer(c);
  const accepted = asked.ok ? await acceptOffer(deps, asked.value) : asked;
  if (!asked.ok || !accepted.ok) return refusalPage(c, accepted.ok ? notFound : accepted.error);
  const address = paths.placement(viewOf(c).t.locale, asked.value.applicationId);
  return c.redirect(`${address}?done=offer.done.accepted`, 303);
};

export const postDecline = (deps: WebDeps) => async (c: Context) => {
  const view = viewOf(c);
  const asked = askedOffer(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  const reason = DeclineReason.safeParse(one(await readTyped(c), 'reason'));
  if (!reason.success) {
    const found = await viewOffer(deps, asked.value);
    if (!found.ok) return refusalPage(c, found.error);
    const errors = [{ field: 'reason', text: view.t('offer.reasonNeeded') }];
    return c.html(<OfferPage view={view} place={found.value} now={deps.clock.now()} errors={errors} />, 422);
  }
  const declined = await declineOffer(deps, { ...asked.value, reason: reason.data });
  if (!declined.ok) return refusalPage(c, declined.error);
  const address = paths.offer(view.t.locale, asked.value.applicationId, asked.value.offerId);
  return c.redirect(`${address}?done=offer.done.declined`, 303);
};

const notFound: Refusal = { kind: 'not-found', what: 'offer' };

type OfferPageProps = { view: View; place: OfferPlace; now: string; errors: readonly FieldError[] };

const OfferPage = ({ view, place, now, errors }: OfferPageProps) => {
  const { t } = view;
  const { application, offer, vacancy, round, file } = place;
  const open = offer.status === 'open' && now < offer.expiresAt && round.state.stage === 'offers';
  return (
    <Page
      view={view}
      title={t('offer.title')}
      caption={textIn(t, file.title)}
      failed={errors.length > 0}
      back={{ href: paths.application(t.locale, application.id) }}
    >
      <ErrorSummary t={t} errors={errors} />
      <Facts
        facts={[
          { name: t('offer.status'), value: <OfferTag t={t} status={offer.status} /> },
          { name: t('offer.vacancy'), value: vacancy.code },
          { name: t('offer.school'), value: schoolName(t, vacancy) },
          { name: t('offer.place'), value: `${vacancy.locality}, ${vacancy.district}` },
          { name: t('offer.subject'), value: subjectName(t, vacancy.subject) },
          { name: t('offer.hours'), value: t.number(vacancy.hours) },
          {
            name: t('offer.incentives'),
            value: vacancy.incentives.map((incentive) => incentiveName(t, incentive)).join(', ') || '–',
          },
          { name: t('offer.answerBy'), value: t.moment(offer.expiresAt, file.timeZone) },
        ]}
      />
      {open ? (
        <Answer view={view} place={place} errors={errors} />
      ) : (
        <Inset>{t(offer.status === 'open' ? 'offer.over' : `offer.ended.${offer.status}`)}</Inset>
      )}
      {round.state.stage === 'offers' && offer.status !== 'accepted' && (
        <p>
          <a href={paths.waiting(t.locale, application.id)}>{t('waiting.link')}</a>
        </p>
      )}
    </Page>
  );
};

const Answer = ({ view: { t }, place, errors }: Omit<OfferPageProps, 'now'>) => {
  const { application, offer } = place;
  return (
    <>
      <h2 class="govuk-heading-m">{t('offer.accept.title')}</h2>
      <p>{t('offer.accept.text')}</p>
      <form method="post" action={paths.acceptOffer(t.locale, application.id, offer.id)}>
        <Button>{t('offer.accept')}</Button>
      </form>
      <h2 class="govuk-heading-m">{t('offer.decline.title')}</h2>
      <WarningText t={t}>{t('offer.decline.warning')}</WarningText>
      <form method="post" action={paths.declineOffer(t.locale, application.id, offer.id)} novalidate>
        <Radios
          t={t}
          name="reason"
          label={t('offer.reason')}
          errors={errors}
          options={DeclineReason.options.map((value) => ({ value, text: t(`offer.reason.${value}`) }))}
        />
        <Button kind="warning">{t('offer.decline')}</Button>
      </form>
    </>
  );
};
