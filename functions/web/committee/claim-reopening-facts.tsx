import type { CommitteeClaim } from '#functions/commands/committee-claims.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import { isDecided, type Reopening, type ResultClaim, waitingReopening } from '#shared/domain/claim.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { permit } from '#shared/domain/permission.ts';
import { claimPaths } from '../claim-paths.ts';
import { type Fact, Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';

/** Whose names a page of a claim says to colleagues. */
export const peopleIn = (claim: ResultClaim): PersonId[] => {
  const { earlier = [] } = claim;
  const now = isDecided(claim) ? [claim.by, ...askedBy(claim.reopening)] : [];
  return [
    ...now,
    ...earlier.flatMap((one) =>
      one.status === 'withdrawn' ? [] : [one.by, one.reopened.by, one.reopened.asked.by],
    ),
  ];
};

const askedBy = (reopening: Reopening | undefined): PersonId[] =>
  reopening ? [reopening.by, ...(reopening.refused ? [reopening.refused.by] : [])] : [];

type Props = {
  view: View;
  place: Workplace;
  shown: CommitteeClaim;
  names: ReadonlyMap<PersonId, string>;
};

/** Who asked that a decided claim be reopened and what became of it, and the way there for who may do something about it. */
export const AboutReopening = (props: Props) => {
  const { view, place, shown } = props;
  const { t } = view;
  const { claim, mayReopen } = shown;
  const facts = reopeningFacts(props);
  const waiting = waitingReopening(claim);
  return (
    <>
      {waiting && <Inset>{t('results.claim.reopen.waits')}</Inset>}
      {facts.length > 0 && <Facts facts={facts} />}
      {mayReopen && (
        <p>
          <a href={claimPaths.reopening(t.locale, place.round.id, claim.id)}>
            {t(waiting ? 'results.claim.reopen.see' : 'results.claim.reopen')}
          </a>
        </p>
      )}
      {isDecided(claim) && <FinalNote view={view} place={place} />}
    </>
  );
};

/** By whom and why, as its second person reads it as well. */
export const reopeningFacts = ({
  view: { t },
  place: { file },
  shown: { claim, texts },
  names,
}: Props): Fact[] => {
  const reopening = isDecided(claim) ? claim.reopening : undefined;
  if (!reopening) return [];
  const who = ({ by, at }: Pick<Reopening, 'by' | 'at'>): string =>
    `${names.get(by) ?? by}, ${t.moment(at, file.timeZone)}`;
  const { refused } = reopening;
  return [
    { name: t('results.claim.reopen.askedBy'), value: who(reopening) },
    { name: t('results.claim.reopen.why'), value: <span class="typed">{texts.asked}</span> },
    ...(refused
      ? [
          { name: t('results.claim.reopen.refusedBy'), value: who(refused) },
          { name: t('results.claim.reopen.answer'), value: <span class="typed">{texts.answer}</span> },
        ]
      : []),
  ];
};

/** Once results are final, what corrects them, for who could have reopened the claim before. */
const FinalNote = ({ view: { t }, place: { by, round } }: Pick<Props, 'view' | 'place'>) => {
  const { stage } = round.state;
  if (stage !== 'offers' && stage !== 'onboarding') return null;
  if (!permit('claim.reopen', by.role, 'claims').ok) return null;
  return (
    <Inset>
      <p>{t('results.claim.reopen.final')}</p>
      {permit('correction.read', by.role, stage).ok && (
        <p>
          <a href={paths.corrections(t.locale, round.id)}>{t('corrections.title')}</a>
        </p>
      )}
    </Inset>
  );
};
