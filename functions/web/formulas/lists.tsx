import type { FormulaView } from '#functions/commands/formula-view.ts';
import { type NamedFormula, nameFor } from '#functions/commands/formulas.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import { Details, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';

export type FormulaProps = { view: View; found: FormulaView; names: ReadonlyMap<PersonId, string> };

/** The formulas of the committee, and those that were taken away. */
export const FormulaLists = ({ view: { t }, found, names }: FormulaProps) => {
  const { place, formulas } = found;
  const standing = formulas.filter(({ removed }) => !removed);
  const removed = formulas.filter((one) => one.removed);
  const who = (by: PersonId, at: Instant): string =>
    `${names.get(by) ?? by}, ${t.moment(at, place.file.timeZone)}`;
  const link = (formula: NamedFormula) => (
    <a href={paths.formula(t.locale, place.round.id, formula.id)}>{nameFor(t.locale, formula)}</a>
  );
  return (
    <>
      {standing.length === 0 ? (
        <p>{t('formula.none')}</p>
      ) : (
        <Table
          caption={t('formula.shared')}
          head={[t('formula.named'), t('formula.field'), t('formula.sharedBy')]}
          rows={standing.map((one) => [link(one), code(one), who(one.by, one.at)])}
        />
      )}
      {removed.length > 0 && (
        <Details summary={t('formula.removed')}>
          <Table
            caption={t('formula.removed')}
            hideCaption
            head={[t('formula.named'), t('formula.field'), t('formula.sharedBy'), t('formula.removedBy')]}
            rows={removed.map((one) => [
              link(one),
              code(one),
              who(one.by, one.at),
              one.removed ? who(one.removed.by, one.removed.at) : '',
            ])}
          />
        </Details>
      )}
    </>
  );
};

const code = ({ text }: NamedFormula) => <code>{text}</code>;
