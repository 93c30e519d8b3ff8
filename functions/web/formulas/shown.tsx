import type { FormulaResult, FormulaView } from '#functions/commands/formula-view.ts';
import { rounded } from '#shared/analysis/rounding.ts';
import { permit } from '#shared/domain/permission.ts';
import type { NumberSpread } from '#shared/formula/distribution.ts';
import type { Cell } from '#shared/formula/evaluate.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Bar, Histogram } from '../charts/drawings.tsx';
import { Button } from '../fields.tsx';
import { Facts, Inset, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { type Column, SortedTable } from '../sorted-table.tsx';
import type { View } from '../view.ts';

type Props = { view: View; found: FormulaView; typed?: string | undefined };

/** A value as pages show it; a dash where there is none, which is not 0. */
export const valueText = (t: Translator, value: Cell): string => {
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  return value === undefined ? '–' : t.number(rounded(value));
};

/** What a list of values is sorted by. */
export const comparable = (value: Cell): number | undefined =>
  value === undefined ? undefined : Number(value);

/** What one formula comes to: how its values lie, and each of them. */
export const Shown = ({ view, found, typed }: Props) => {
  const { t } = view;
  const { chosen, result, place } = found;
  if (!chosen && !result) return null;
  const roundId = place.round.id;
  const at = chosen ? paths.formula(t.locale, roundId, chosen.id) : paths.formulas(t.locale, roundId);
  return (
    <section>
      <p>
        <code class="digest">{chosen?.text ?? typed}</code>
      </p>
      {result ? (
        <>
          <Distributed t={t} result={result} />
          <SortedTable
            view={view}
            at={at}
            name="values"
            caption={t('formula.values')}
            initial={{ column: 'number', down: false }}
            columns={valueColumns(t)}
            rows={result.rows}
          />
          <p>{t('formula.noValue')}</p>
        </>
      ) : (
        <Inset>{t('formula.unreadable')}</Inset>
      )}
      {chosen && <Removal view={view} found={found} />}
    </section>
  );
};

const valueColumns = (t: Translator): Column<FormulaResult['rows'][number]>[] => [
  {
    name: 'number',
    head: t('screening.number'),
    cell: ({ number }) => <span class="whole">{number}</span>,
    by: ({ number }) => number,
  },
  {
    name: 'value',
    head: t('formula.value'),
    cell: ({ value }) => valueText(t, value),
    by: ({ value }) => comparable(value),
    numeric: true,
  },
];

const Distributed = ({ t, result: { distribution } }: { t: Translator; result: FormulaResult }) => {
  const { of, missing } = distribution;
  if (of === 'nothing') return <p>{`${t('formula.missing')}: ${t.number(missing)}`}</p>;
  if (of === 'number') return <Numbers t={t} spread={distribution} />;
  const { yes, no } = distribution;
  const whole = yes + no;
  const rows = [
    { name: t('common.yes'), count: yes },
    { name: t('common.no'), count: no },
  ];
  return (
    <>
      <Table
        caption={t('formula.distribution')}
        head={[t('formula.value'), t('charts.applications'), t('charts.drawing')]}
        numeric={[1]}
        rows={rows.map(({ name, count }) => [
          name,
          t.number(count),
          <Bar part={count} whole={whole} title={`${name}: ${count}`} />,
        ])}
      />
      <p>{`${t('formula.missing')}: ${t.number(missing)}`}</p>
    </>
  );
};

const Numbers = ({ t, spread }: { t: Translator; spread: NumberSpread }) => {
  const { count, missing, least, most, mean, median, deviation, parts } = spread;
  const fullest = Math.max(...parts.map((part) => part.count));
  const shown = (value: number | undefined): string => valueText(t, value);
  return (
    <>
      <Facts
        facts={[
          { name: t('formula.count'), value: t.number(count) },
          { name: t('formula.missing'), value: t.number(missing) },
          { name: t('charts.mean'), value: shown(mean) },
          { name: t('formula.median'), value: shown(median) },
          { name: t('formula.least'), value: shown(least) },
          { name: t('formula.most'), value: shown(most) },
          { name: t('charts.sd'), value: shown(deviation) },
        ]}
      />
      {parts.length > 1 && (
        <p>
          <Histogram
            spread={{
              count,
              mean: (100 * (mean - least)) / (most - least),
              tenths: parts.map((part) => part.count),
            }}
            title={`${t('formula.drawing')}: ${parts.map((part) => part.count).join(', ')}`}
          />{' '}
          {t('formula.drawing')}
        </p>
      )}
      <Table
        caption={t('formula.distribution')}
        head={[t('formula.from'), t('formula.to'), t('charts.applications'), t('charts.drawing')]}
        numeric={[0, 1, 2]}
        rows={parts.map((part) => [
          shown(part.from),
          shown(part.to),
          t.number(part.count),
          <Bar
            part={part.count}
            whole={fullest}
            title={`${shown(part.from)} – ${shown(part.to)}: ${part.count}`}
          />,
        ])}
      />
    </>
  );
};

const Removal = ({ view: { t }, found: { chosen, place } }: Props) => {
  const { by, round } = place;
  const runs = by.role === 'secretary' || by.role === 'chair';
  const may = permit('formulas.keep', by.role, round.state.stage).ok;
  if (!chosen || chosen.removed || !may || !(runs || chosen.by === by.id)) return null;
  return (
    <form method="post" action={paths.removeFormula(t.locale, round.id, chosen.id)}>
      <Button kind="warning">{t('formula.remove')}</Button>
    </form>
  );
};
