import type { ClaimTexts } from '#functions/commands/claim-reading.ts';
import type { EarlierClaim, ResultClaim } from '#shared/domain/claim.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Details, type Fact, Facts } from '../parts.tsx';
import { correctedFacts, evidenceFacts } from './claim-facts.tsx';

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

type Texts = ClaimTexts['earlier'][number];
type Props = {
  t: Translator;
  claim: ResultClaim;
  texts: readonly Texts[];
  file: RoundFile;
  /** Of who decided and who reopened it, for colleagues; its applicant is told nobody's. */
  names?: ReadonlyMap<PersonId, string> | undefined;
};

/** What a claim was before, oldest first; nothing where it was nothing else. */
export const EarlierClaims = ({ claim: { earlier = [] }, texts, ...props }: Props) => (
  <>
    {earlier.map((one, index) => (
      <Earlier {...props} claim={one} said={texts[index] ?? { text: '', reason: '' }} />
    ))}
  </>
);

type OneProps = Pick<Props, 't' | 'file' | 'names'> & { claim: EarlierClaim; said: Texts };

const Earlier = ({ t, file, names, claim, said }: OneProps) => {
  if (claim.status === 'withdrawn') {
    const at = t.moment(claim.withdrawnAt, file.timeZone);
    return (
      <Details summary={t('results.claim.earlier.withdrawn', { at })}>
        <Facts facts={filingFacts(t, { claim, text: said.text, file })} />
      </Details>
    );
  }
  const status = t(`results.claim.status.${claim.status}`);
  const at = t.moment(claim.decidedAt, file.timeZone);
  return (
    <Details summary={t('results.claim.earlier.decided', { at, status })}>
      <Facts
        facts={[
          ...(names ? [{ name: t('results.claim.decidedBy'), value: names.get(claim.by) ?? claim.by }] : []),
          ...correctedFacts(t, claim, file),
          { name: t('committee.reason'), value: <span class="typed">{said.reason}</span> },
          reopenedFact(t, claim.reopened, { file, names }),
          { name: t('results.claim.reopenedWhy'), value: <span class="typed">{said.asked}</span> },
        ]}
      />
    </Details>
  );
};

const reopenedFact = (
  t: Translator,
  { at, by, asked }: Extract<EarlierClaim, { status: 'upheld' }>['reopened'],
  { file, names }: Pick<Props, 'file' | 'names'>,
): Fact => {
  const moment = t.moment(at, file.timeZone);
  if (!names) return { name: t('results.claim.reopenedAt'), value: moment };
  const [first, second] = [asked.by, by].map((person) => names.get(person) ?? person);
  const value = t('results.claim.reopenedBy.two', { first: first ?? '', second: second ?? '', at: moment });
  return { name: t('results.claim.reopenedBy'), value };
};
