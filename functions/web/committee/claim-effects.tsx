import type { Counterfactual, Trial } from '#functions/commands/counterfactual.ts';
import { Button, Hidden } from '../fields.tsx';
import { one, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { Facts } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';
import { textIn } from '../words.ts';
import { Effects } from './affected.tsx';

type Props = {
  view: View;
  place: Trial['place'];
  number: string;
  found: Counterfactual;
  claimId: string;
  typed: Typed;
};

const totals = {
  scoring: 'results.claim.correctedScoring',
  interview: 'results.claim.correctedInterview',
} as const;

/** What upholding a claim would change, and for whom, before anybody is told: the second press decides what this page showed. */
export const ClaimEffects = ({ view, place: { round, file }, number, found, claimId, typed }: Props) => {
  const { t } = view;
  const address = paths.committeeClaim(t.locale, round.id, claimId);
  return (
    <Page view={view} title={t('replay.claim')} caption={textIn(t, file.title)} back={{ href: address }} wide>
      <Facts
        facts={[
          { name: t('apply.numberName'), value: number },
          ...(['scoring', 'interview'] as const).flatMap((part) => {
            const typedTotal = one(typed, part).trim();
            return typedTotal === '' ? [] : [{ name: t(totals[part]), value: typedTotal }];
          }),
        ]}
      />
      <Effects t={t} found={found} />
      <form method="post" action={address}>
        {['verdict', 'scoring', 'interview', 'reason'].map((name) => (
          <Hidden name={name} value={one(typed, name)} />
        ))}
        <Hidden name="confirmed" value={confirmationOf(typed)} />
        <Button>{t('replay.claim.uphold')}</Button>
      </form>
    </Page>
  );
};

/** Names the totals that were shown, so that others are shown first as well. */
export const confirmationOf = (typed: Typed): string =>
  ['scoring', 'interview'].map((part) => one(typed, part).trim()).join(' ');
