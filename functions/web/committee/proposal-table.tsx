import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Standing, StandingList } from '#shared/domain/standing.ts';
import { isMessageKey, type Translator } from '#shared/i18n/index.ts';
import { eligibilityText } from '#shared/rule-texts.ts';
import { Table, Tag } from '../parts.tsx';
import type { View } from '../view.ts';

type Column = { head: string; cell: (standing: Standing) => string; numeric: boolean };

/** A standing list as a table: only the columns that the stage has. Numbers, never names. */
export const ProposalTable = ({
  view: { t },
  list,
  file,
}: {
  view: View;
  list: StandingList;
  file: RoundFile;
}) => {
  const columns = columnsOf(t, list);
  const goesOn = list.standings.filter(({ outcome }) => outcome === 'goes-on').length;
  return (
    <>
      <p>{t('committee.proposal.counts', { goesOn, all: list.standings.length })}</p>
      <Table
        caption={t('committee.proposal')}
        hideCaption
        head={[
          t('apply.numberName'),
          ...columns.map(({ head }) => head),
          t('committee.outcome'),
          t('committee.reasons'),
        ]}
        numeric={columns.flatMap(({ numeric }, index) => (numeric ? [index + 1] : []))}
        rows={list.standings.map((standing) => [
          <span class="whole">{standing.number}</span>,
          ...columns.map(({ cell }) => cell(standing)),
          <Outcome t={t} outcome={standing.outcome} />,
          standing.reasons.map((code) => reasonText(t, code, file)).join('; '),
        ])}
      />
    </>
  );
};

export const Outcome = ({ t, outcome }: { t: Translator; outcome: Standing['outcome'] }) => (
  <Tag colour={outcome === 'goes-on' ? 'green' : 'grey'}>{t(`committee.outcome.${outcome}`)}</Tag>
);

/** Why an application stands where it does, in words; for a rule of the round file, the rule itself. */
export const reasonText = (t: Translator, code: string, file: RoundFile): string => {
  const key = `committee.reason.${code}`;
  if (isMessageKey(key)) return t(key);
  const rule = file.eligibility.find((one) => one.code === code);
  return rule ? t('committee.reason.rule', { rule: eligibilityText(t, rule, file) }) : code;
};

const columnsOf = (t: Translator, { standings }: StandingList): Column[] => {
  const has = (name: 'rank' | 'scoring' | 'interview' | 'total' | 'vacancy'): boolean =>
    standings.some((standing) => standing[name] !== undefined);
  const number = (value: number | undefined): string => (value === undefined ? '–' : t.number(value));
  const all: (Column & { shown: boolean })[] = [
    { shown: has('rank'), head: t('committee.rank'), cell: ({ rank }) => number(rank), numeric: true },
    {
      shown: has('scoring'),
      head: t('committee.scoring'),
      cell: (one) => number(one.scoring),
      numeric: true,
    },
    {
      shown: has('interview'),
      head: t('committee.interview'),
      cell: (one) => number(one.interview),
      numeric: true,
    },
    { shown: has('total'), head: t('committee.total'), cell: (one) => number(one.total), numeric: true },
    {
      shown: has('vacancy'),
      head: t('committee.vacancy'),
      cell: (one) => one.vacancy ?? '–',
      numeric: false,
    },
  ];
  return all.filter(({ shown }) => shown);
};
