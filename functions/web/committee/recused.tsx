import type { GateView } from '#functions/commands/gate-view.ts';
import { wallIn } from '#functions/commands/walls.ts';
import type { RecusedVote } from '#shared/domain/recusal.ts';
import { Inset, Table, Tag } from '../parts.tsx';
import { recusalText } from '../recusal-text.ts';
import type { View } from '../view.ts';

/**
 * Applications of the list for which somebody's vote does not count, and how the votes of the others stand on them. Who takes no part the
 * secretary alone reads here: whom a member is joined with could tell who the applicant is.
 */
export const Recused = ({ view: { t }, gate }: { view: View; gate: GateView }) => {
  const { recused, by, seats } = gate;
  if (recused.length === 0) return null;
  const isClosed = wallIn(gate);
  const nameOf = (id: string) => seats.find(({ personId }) => personId === id)?.name ?? id;
  const numbersOf = ({ applications }: RecusedVote) => {
    const open = applications.filter(({ applicationId }) => !isClosed(applicationId));
    const closed = applications.length - open.length;
    return (
      <>
        {open.map(({ number }) => (
          <div class="whole">{number}</div>
        ))}
        {closed > 0 && <div>{t('committee.recused.closed', { count: closed })}</div>}
      </>
    );
  };
  const own = recused
    .filter(({ members }) => members.includes(by.id))
    .reduce((sum, { applications }) => sum + applications.length, 0);
  return (
    <section>
      <h3 class="govuk-heading-s">{t('committee.recused')}</h3>
      <p>{recusalText(t, gate.file.committee)}</p>
      {own > 0 && <Inset>{t('committee.recused.own', { count: own })}</Inset>}
      <Table
        caption={t('committee.recused')}
        hideCaption
        head={[
          t('apply.numberName'),
          t('committee.recused.without'),
          t('committee.votes'),
          t('committee.outcome'),
        ]}
        rows={recused.map((one) => [
          numbersOf(one),
          by.role === 'secretary'
            ? one.members.map(nameOf).join(', ')
            : t('committee.recused.some', { count: one.members.length }),
          <Counts t={t} of={one} presiding={one.presiding && nameOf(one.presiding)} />,
          <Tag colour={one.stands === 'carried' ? 'green' : 'orange'}>
            {t(`committee.recused.stands.${one.stands}`)}
          </Tag>,
        ])}
      />
      {by.role === 'secretary' && <Substituting t={t} recused={recused} nameOf={nameOf} />}
    </section>
  );
};

type SubstitutingProps = {
  t: View['t'];
  recused: readonly RecusedVote[];
  nameOf: (id: string) => string;
};

/** Whom the secretary can call in, for whom and how, where the votes of those who are left do not decide. */
const Substituting = ({ t, recused, nameOf }: SubstitutingProps) => {
  const open = recused.filter(({ stands }) => stands !== 'carried');
  const [names, instead, voted] = (['substitutes', 'insteadOf', 'voted'] as const).map((part) =>
    [...new Set(open.flatMap(({ callable }) => callable[part]))].map(nameOf).join(', '),
  );
  if (open.length === 0) return null;
  if (!names) return <p>{t('committee.recused.nobody')}</p>;
  return (
    <>
      <p>{t('committee.recused.callable', { names, instead: instead ?? '' })}</p>
      {voted && <p>{t('committee.recused.voted', { names: voted })}</p>}
    </>
  );
};

type CountsProps = { t: View['t']; of: RecusedVote; presiding: string | undefined };

const Counts = ({ t, of: { tally }, presiding }: CountsProps) => (
  <>
    {t('committee.vote.for')}: {t.number(tally.for)}; {t('committee.vote.against')}: {t.number(tally.against)}
    ; {t('committee.vote.abstain')}: {t.number(tally.abstain)}; {t('committee.quorum')}:{' '}
    {t.number(tally.needed)}
    {presiding !== undefined && (
      <>
        <br />
        {t('committee.recused.presiding', { name: presiding })}
      </>
    )}
  </>
);
