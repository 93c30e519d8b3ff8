import type { Context } from 'hono';
import { type ClaimView, takeBackClaim, viewClaim } from '#functions/commands/own-claim.ts';
import { reopenedNow } from '#shared/domain/claim.ts';
import { Instant } from '#shared/domain/time.ts';
import { claimPaths } from '../claim-paths.ts';
import { filingFacts } from '../committee/claim-earlier.tsx';
import { clockFacts } from '../committee/claim-facts.tsx';
import type { WebDeps } from '../deps.ts';
import { Button, Hidden, WarningText } from '../fields.tsx';
import { one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { Facts } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { askedOf } from './application.ts';

/** Asks once more before the own claim is taken back; what is not open any more shows on the page of the claim. */
export const showClaimWithdrawal = (deps: WebDeps) => async (c: Context) => {
  const asked = askedOf(c);
  const found = asked.ok ? await viewClaim(deps, asked.value) : asked;
  if (!found.ok) return refusalPage(c, found.error);
  const view = viewOf(c);
  const { application, claim, round } = found.value;
  if (claim?.claim.status !== 'open' || round.stage !== 'claims')
    return c.redirect(paths.claim(view.t.locale, application.id), 303);
  return c.html(<WithdrawalPage view={view} own={found.value} claim={claim} now={deps.clock.now()} />);
};

export const postClaimWithdrawal = (deps: WebDeps) => async (c: Context) => {
  const asked = askedOf(c);
  if (!asked.ok) return refusalPage(c, asked.error);
  const filedAt = Instant.safeParse(one(await readTyped(c), 'filedAt'));
  if (!filedAt.success) return refusalPage(c, { kind: 'changed-meanwhile' });
  const withdrawn = await takeBackClaim(deps, { ...asked.value, filedAt: filedAt.data });
  if (!withdrawn.ok) return refusalPage(c, withdrawn.error);
  const address = paths.claim(viewOf(c).t.locale, asked.value.applicationId);
  return c.redirect(`${address}?done=results.done.withdrawn`, 303);
};

type Props = { view: View; own: ClaimView; claim: NonNullable<ClaimView['claim']>; now: Instant };

const WithdrawalPage = ({ view, own, claim: { claim, text }, now }: Props) => {
  const { t } = view;
  const { application, file, round, accepts } = own;
  const again =
    accepts.ok && 'claimsCloseAt' in round
      ? t('results.claim.withdraw.again', { at: t.moment(round.claimsCloseAt, file.timeZone) })
      : t('results.claim.withdraw.last');
  return (
    <Page
      view={view}
      title={t('results.claim.withdraw.title')}
      caption={textIn(t, file.title)}
      back={{ href: paths.claim(t.locale, application.id), text: t('results.claim') }}
    >
      <Facts facts={[...filingFacts(t, { claim, text, file }), ...clockFacts(t, claim, file, now)]} />
      <p>{t('results.claim.withdraw.text')}</p>
      {reopenedNow(claim) && <WarningText t={t}>{t('results.claim.withdraw.reopened')}</WarningText>}
      <WarningText t={t}>{again}</WarningText>
      <form method="post" action={claimPaths.withdrawal(t.locale, application.id)}>
        <Hidden name="filedAt" value={claim.filedAt} />
        <Button kind="warning">{t('results.claim.withdraw')}</Button>
      </form>
    </Page>
  );
};
