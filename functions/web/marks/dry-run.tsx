import type { DryRun } from '#functions/commands/marks-outcomes.ts';
import type { MarksPreview } from '#functions/commands/marks-views.ts';
import { Inset, Table } from '../parts.tsx';
import { SampleNote } from '../sample-note.tsx';
import type { View } from '../view.ts';
import { criterionName } from '../words.ts';
import { Changes } from './changes.tsx';

type DryRunProps = {
  view: View;
  run: DryRun;
  file: MarksPreview['place']['file'];
  /** What the column is called that holds what would be. */
  after?: string;
};
type PartProps = DryRunProps & { head: string[] };

/** What other marks would change: outcomes of whole totals, what is certain of the others, and the order so far. */
export const DryRunParts = (props: DryRunProps) => {
  const { t } = props.view;
  const head = [t('marks.before'), props.after ?? t('marks.after')];
  return (
    <>
      <SampleNote t={t} of={[props.file.rubric]} />
      <Open {...props} />
      <Whole {...props} head={[t('apply.numberName'), ...head]} />
      <Settled {...props} head={head} />
      <SoFar {...props} head={[t('apply.numberName'), ...head]} />
    </>
  );
};

/** What nobody can know yet. */
const Open = ({ view: { t }, run, file }: DryRunProps) => {
  const titles = run.missing.map((code) => criterionName(t, file, code)).join('; ');
  const open = [
    ...(run.unscored > 0 ? [t('marks.unscored', { count: run.unscored })] : []),
    ...(run.untouched > 0 ? [t('marks.open.untouched', { count: run.untouched })] : []),
    ...(run.missing.length > 0 ? [t('marks.open.missing', { criteria: titles })] : []),
    ...(run.undrawn ? [t('beacon.undrawn')] : []),
  ];
  if (open.length === 0) return null;
  return (
    <Inset>
      <h2 class="govuk-heading-m">{t('marks.open')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {open.map((text) => (
          <li>{text}</li>
        ))}
      </ul>
    </Inset>
  );
};

/** Whose outcome would change, in a table of its own, and whose total alone. */
const Whole = ({ view, run: { outcomes, totals, whole }, head }: PartProps) => {
  const { t } = view;
  return (
    <>
      {outcomes.length === 0 ? (
        <p>{t(whole === 0 ? 'marks.open.noTotal' : 'marks.outcomes.none')}</p>
      ) : (
        <Changes view={view} caption={t('marks.outcomes')} head={head} changes={outcomes} />
      )}
      {totals.length > 0 && (
        <Changes view={view} caption={t('marks.totalsChange')} head={head} changes={totals} />
      )}
    </>
  );
};

/** How many totals that are not whole reach the pass mark or miss it all the same, and whose. */
const Settled = ({ view: { t }, run: { settled, adjusted }, head }: PartProps) => {
  const reaches = ['reached', 'missed', 'open'] as const;
  if (reaches.every((reach) => settled.before[reach] + settled.after[reach] === 0)) return null;
  if (adjusted) return <p>{t('marks.settled.adjusted')}</p>;
  return (
    <>
      <Table
        caption={t('marks.settled')}
        head={[t('marks.settled.total'), ...head]}
        rows={reaches.map((reach) => [
          t(`marks.settled.${reach}`),
          t.number(settled.before[reach]),
          t.number(settled.after[reach]),
        ])}
        numeric={[1, 2]}
      />
      {settled.changed.length > 0 && (
        <Table
          caption={t('marks.settled.changed')}
          head={[t('apply.numberName'), ...head]}
          rows={settled.changed.map(({ number, before, after }) => [
            <span class="whole">{number}</span>,
            t(`marks.settled.${before}`),
            t(`marks.settled.${after}`),
          ])}
        />
      )}
    </>
  );
};

/** The order by what there is, for those whose total is not whole. */
const SoFar = ({ view, run: { soFar }, head }: PartProps) => {
  const { t } = view;
  const { among, outcomes, totals } = soFar;
  if (outcomes.length + totals.length === 0) return null;
  return (
    <>
      <h2 class="govuk-heading-m">{t('marks.soFar')}</h2>
      <p>{t('marks.soFar.text', { among })}</p>
      {outcomes.length > 0 && (
        <Changes view={view} caption={t('marks.soFar.outcomes')} head={head} changes={outcomes} />
      )}
      {totals.length > 0 && (
        <Changes view={view} caption={t('marks.soFar.totals')} head={head} changes={totals} />
      )}
    </>
  );
};
