import type { ClaimTexts } from '#functions/commands/claim-reading.ts';
import type { EarlierClaim, ResultClaim } from '#shared/domain/claim.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Details, type Fact, Facts } from '../parts.tsx';
import { evidenceFacts } from './claim-facts.tsx';

type Filing = { claim: ResultClaim | EarlierClaim; text: string; file: RoundFile; href?: string | undefined };

/** What was claimed, when, and when it was taken back. */
export const filingFacts = (t: Translator, { claim, text, file, href }: Filing): Fact[] => [
  { name: t('results.claim.filed'), value: t.moment(claim.filedAt, file.timeZone) },
  ...(claim.status === 'withdrawn'
    ? [{ name: t('results.claim.withdrawnAt'), value: t.moment(claim.withdrawnAt, file.timeZone) }]
    : []),
  { name: t('results.claim.grounds'), value: t(`results.claim.grounds.${claim.grounds}`) },
  { name: t('results.claim.text'), value: <span class="typed">{text}</span> },
  ...evidenceFacts(t, claim, file, href),
];

type Props = { t: Translator; claim: ResultClaim; texts: ClaimTexts['earlier']; file: RoundFile };

/** What a claim was before, oldest first; nothing where it was nothing else. */
export const EarlierClaims = ({ t, claim: { earlier = [] }, texts, file }: Props) => (
  <>
    {earlier.map((one, index) => (
      <Details
        summary={t('results.claim.earlier.withdrawn', { at: t.moment(one.withdrawnAt, file.timeZone) })}
      >
        <Facts facts={filingFacts(t, { claim: one, text: texts[index]?.text ?? '', file })} />
      </Details>
    ))}
  </>
);
