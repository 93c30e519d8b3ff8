import type { ClaimEffects } from '#functions/commands/claim-effects.ts';
import { Button, ErrorSummary, Hidden } from '../fields.tsx';
import { type FieldError, one, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { Facts } from '../parts.tsx';
import { paths } from '../paths.ts';
import { SampleNote } from '../sample-note.tsx';
import type { View } from '../view.ts';
import { textIn } from '../words.ts';
import { Effects } from './affected.tsx';

type Props = {
  view: View;
  effects: ClaimEffects;
  claimId: string;
  typed: Typed;
  errors: readonly FieldError[];
};

const totals = {
  scoring: 'results.claim.correctedScoring',
  interview: 'results.claim.correctedInterview',
} as const;

/** What upholding a claim would change, and for whom, before anybody is told: the second press decides what this page showed. */
export const ClaimEffectsPage = ({ view, effects, claimId, typed, errors }: Props) => {
  const { t } = view;
  const { place, number, found, digest } = effects;
  const address = paths.committeeClaim(t.locale, place.round.id, claimId);
  return (
    <Page
      view={view}
      title={t('replay.claim')}
      caption={textIn(t, place.file.title)}
      failed={errors.length > 0}
      back={{ href: address }}
      wide
    >
      <ErrorSummary t={t} errors={errors} />
      <SampleNote t={t} of={[place.file.rubric, place.file.interviews]} />
      <Facts
        facts={[
          { name: t('apply.numberName'), value: number },
          ...(['scoring', 'interview'] as const).flatMap((part) => {
            const typedTotal = one(typed, part).trim();
            return typedTotal === '' ? [] : [{ name: t(totals[part]), value: typedTotal }];
          }),
          ...(one(typed, 'verdict') === 'owed'
            ? [{ name: t('results.claim.corrected'), value: t('results.claim.interviewOwed') }]
            : []),
          { name: t('committee.reason'), value: <span class="typed">{one(typed, 'reason')}</span> },
        ]}
      />
      <div id="affected">
        <Effects t={t} found={found} />
      </div>
      <form method="post" action={address}>
        {['verdict', 'scoring', 'interview', 'reason'].map((name) => (
          <Hidden name={name} value={one(typed, name)} />
        ))}
        <Hidden name="shown" value={digest} />
        <Button>{t('replay.claim.uphold')}</Button>
        <Button kind="secondary" name="change" value="yes">
          {t('replay.claim.change')}
        </Button>
      </form>
    </Page>
  );
};
