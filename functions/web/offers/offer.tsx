import type { Context } from 'hono';
import { isAcceptedAhead } from '#functions/commands/answer-ahead.ts';
import { acceptConditionally } from '#functions/commands/offer-conditions.ts';
import type { OfferPlace } from '#functions/commands/offer-place.ts';
import { acceptOffer, declineOffer, viewOffer } from '#functions/commands/offers.ts';
import type { OwnKept } from '#functions/commands/own-kept.ts';
import type { Offer } from '#shared/domain/candidacy.ts';
import { DeclineReason } from '#shared/domain/decline-reason.ts';
import { heldAnswerOf, heldLapseOf } from '#shared/domain/held-answer.ts';
import { OfferId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { type Asked, askedOf } from '../apply/application.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Radios, WarningText } from '../fields.tsx';
import { type FieldError, fieldErrors, one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { incentiveName, schoolName, subjectName, textIn } from '../words.ts';
import { Conditionally, conditionName } from './condition.tsx';
import { OwnKeptPosts } from './kept.tsx';
import { OfferTag } from './status.tsx';

type AskedOffer = Asked & { offerId: OfferId };

/** Which offer of which application an address names. */
const askedOffer = (c: Context): Result<AskedOffer, Refusal> => {
  const asked = askedOf(c);
  if (!asked.ok) return asked;
  const id = OfferId.safeParse(c.req.param('offer'));
  return id.success ? ok({ ...asked.value, offerId: id.data }) : refuse({ kind: 'not-found', what: 'offer' });
};

/** An offer to its owner. Opening the page answers nothing, whoever opens it (ANCHORS F16). */
export const showOffer = (deps: WebDeps) => async (c: Context) => {
  const asked = askedOffer(c);
  return asked.ok ? await offerPage(deps, c, []) : refusalPage(c, asked.error);
};

/** The page of an offer; once more with what is wrong with a form of it. */
const offerPage = async (deps: WebDeps, c: Context, errors: readonly FieldError[]): Promise<Response> => {
  const asked = askedOffer(c);
  const found = asked.ok ? await viewOffer(deps, asked.value) : asked;
  if (!found.ok) return refusalPage(c, found.error);
  const props = { view: viewOf(c), place: found.value, now: deps.clock.now(), errors };
  return c.html(<OfferPage {...props} />, errors.length > 0 ? 422 : 200);
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
    return await offerPage(deps, c, [{ field: 'reason', text: view.t('offer.reasonNeeded') }]);
  }
  const declined = await declineOffer(deps, { ...asked.value, reason: reason.data });
  if (!declined.ok) return refusalPage(c, declined.error);
  const address = paths.offer(view.t.locale, asked.value.applicationId, asked.value.offerId);
  return c.redirect(`${address}?done=offer.done.declined`, 303);
};

/** Accepts on the condition that was chosen; without one the form comes back. */
export const postConditionally = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const asked = askedOffer(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  const condition = one(await readTyped(c), 'condition');
  const accepted = await acceptConditionally(deps, { ...asked.value, condition });
  if (!accepted.ok) {
    const { error } = accepted;
    if (error.kind !== 'invalid') return refusalPage(c, error);
    return await offerPage(deps, c, fieldErrors(error.faults, t));
  }
  const address = paths.offer(t.locale, asked.value.applicationId, asked.value.offerId);
  return c.redirect(`${address}?done=offer.done.conditional`, 303);
};

const notFound: Refusal = { kind: 'not-found', what: 'offer' };

type OfferPageProps = { view: View; place: OfferPlace; now: Instant; errors: readonly FieldError[] };

const OfferPage = ({ view, place, now, errors }: OfferPageProps) => {
  const { t } = view;
  const { application, offer, vacancy, round, file } = place;
  const held = heldAnswerOf(offer);
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
          { name: t('offer.status'), value: <OfferTag t={t} offer={offer} /> },
          { name: t('offer.vacancy'), value: vacancy.code },
          { name: t('offer.school'), value: schoolName(t, vacancy) },
          { name: t('offer.place'), value: `${vacancy.locality}, ${vacancy.district}` },
          { name: t('offer.subject'), value: subjectName(t, vacancy.subject) },
          { name: t('offer.hours'), value: t.number(vacancy.hours) },
          {
            name: t('offer.incentives'),
            value: vacancy.incentives.map((incentive) => incentiveName(t, incentive)).join(', ') || '–',
          },
          ...(offer.condition ? [{ name: t('offer.condition'), value: conditionName(t, file, offer) }] : []),
          {
            name: t(offer.condition ? 'offer.condition.by' : 'offer.answerBy'),
            value: t.moment(offer.expiresAt, file.timeZone),
          },
        ]}
      />
      <OwnKeptPosts t={t} kept={{ through: throughQuota(place), isOver: false }} />
      {held && <Inset>{t('offer.held', { at: t.moment(held.at, file.timeZone) })}</Inset>}
      {open && offer.condition && !held && <Inset>{t('offer.condition.waits')}</Inset>}
      {open ? (
        <Answer view={view} place={place} now={now} errors={errors} />
      ) : (
        !held && <Inset>{t(endOf(offer), { at: t.moment(offer.expiresAt, file.timeZone) })}</Inset>
      )}
      <MoreOnOffers t={t} place={place} open={open} />
    </Page>
  );
};

/** Where the other posts stand, and what is said of offers in advance. */
const MoreOnOffers = ({ t, place, open }: { t: View['t']; place: OfferPlace; open: boolean }) => {
  const { application, offer, round } = place;
  if (round.state.stage !== 'offers' || offer.status === 'accepted') return null;
  const waiting = paths.waiting(t.locale, application.id);
  return (
    <div class="screen-only">
      {open && isAcceptedAhead(place) && <Inset>{t('waiting.ahead.offer')}</Inset>}
      <p>
        <a href={waiting}>{t('waiting.link')}</a>
      </p>
      {open && !offer.condition && (
        <p>
          <a href={`${waiting}#ahead`}>{t('waiting.ahead.link')}</a>
        </p>
      )}
    </div>
  );
};

/** The quota that keeps posts without which this one would have been another's. */
const throughQuota = ({ offer, file }: OfferPlace): OwnKept['through'] =>
  file.posts.quotas
    .filter(({ code }) => code === offer.reserve)
    .map(({ title: quota }) => ({ vacancy: offer.vacancy, quota }));

/** How an offer that cannot be answered came to its end; one that was accepted on a condition was answered. */
const endOf = (offer: Offer) => {
  const { status, condition } = offer;
  if (heldLapseOf(offer)) return 'offer.lapseHeld';
  if (status === 'open') return condition ? 'offer.condition.over' : 'offer.over';
  return status === 'lapsed' && condition ? 'offer.condition.lapsed' : (`offer.ended.${status}` as const);
};

const Answer = ({ view, place, now, errors }: OfferPageProps) => {
  const { t } = view;
  const { application, offer } = place;
  return (
    // What is pressed here is no answer on paper.
    <div class="screen-only">
      {!offer.condition && (
        <>
          <h2 class="govuk-heading-m">{t('offer.accept.title')}</h2>
          <p>{t('offer.accept.text')}</p>
          <form method="post" action={paths.acceptOffer(t.locale, application.id, offer.id)}>
            <Button>{t('offer.accept')}</Button>
          </form>
          <Conditionally view={view} place={place} now={now} errors={errors} />
        </>
      )}
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
    </div>
  );
};
