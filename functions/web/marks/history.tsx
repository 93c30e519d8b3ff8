import type { Context } from 'hono';
import { bringMarks } from '#functions/commands/marks-import.ts';
import { type MarksHistory, marksHistory, marksToFill } from '#functions/commands/marks-views.ts';
import { namesOf } from '#functions/commands/staff-names.ts';
import { statusOf } from '#functions/http/problem.ts';
import type { RubricCriterion } from '#shared/domain/criterion.ts';
import { csvText } from '#shared/domain/csv-text.ts';
import { ApplicationNumber, type PersonId } from '#shared/domain/ids.ts';
import { endsOf, importedCriteria } from '#shared/domain/rubric.ts';
import type { Fault } from '#shared/errors.ts';
import { hashedText, rowHashOf } from '#shared/marks/row-hash.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, Checkboxes, FileField, TextField } from '../fields.tsx';
import { bytesOf, type FieldError, fieldErrors, one, readTyped, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { Faults } from '../manage/faults.tsx';
import { workOf } from '../manage/round-of.ts';
import { Inset, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { Imports } from './imports.tsx';

type Again = { faults: readonly Fault[]; typed: Typed; status: 422 | 409 };

export const showMarks = (deps: WebDeps) => async (c: Context) => await marksPage(deps, c);

const marksPage = async (deps: WebDeps, c: Context, again?: Again): Promise<Response> => {
  const command = roundCommand(c, 'marks.read');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await marksHistory(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  const people = found.value.imports.flatMap(({ by, confirmed, asked }) => [
    by,
    ...(confirmed ? [confirmed.by] : []),
    ...asked.flatMap(({ by: who, ended }) => [who, ...(ended ? [ended.by] : [])]),
  ]);
  const names = await namesOf(deps, people);
  const props = { view: viewOf(c), history: found.value, names, again };
  return c.html(<MarksPage {...props} />, again?.status ?? 200);
};

/** The numbers of everyone who is scored, to be marked by another organisation. No names. */
export const showList = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'marks.bring');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await marksToFill(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  return c.body(csvText(found.value.rows), 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="marks-${found.value.intake}.csv"`,
  });
};

export const postMarks = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'marks.bring');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const file = await bytesOf(c, 'marks');
  const totals = { count: one(typed, 'count'), sum: one(typed, 'sum') };
  const brought = file.ok
    ? await bringMarks(deps, {
        ...command.value,
        file: file.value,
        totals,
        corrects: one(typed, 'corrects') !== '',
      })
    : file;
  if (brought.ok) {
    const { number, isKnown } = brought.value;
    const way = paths.marksFile(viewOf(c).t.locale, command.value.roundId, number);
    return c.redirect(`${way}?done=marks.done.${isKnown ? 'known' : 'brought'}`, 303);
  }
  if (brought.error.kind !== 'invalid') return refusalPage(c, brought.error);
  const status = statusOf(brought.error) === 409 ? 409 : 422;
  return await marksPage(deps, c, { faults: brought.error.faults, typed, status });
};

type MarksPageProps = {
  view: View;
  history: MarksHistory;
  names: ReadonlyMap<PersonId, string>;
  again: Again | undefined;
};

const MarksPage = ({ view, history, names, again }: MarksPageProps) => {
  const { t } = view;
  const { place, mayBring } = history;
  const criteria = importedCriteria(place.file.rubric.criteria);
  return (
    <Page
      view={view}
      title={t('marks.title')}
      caption={textIn(t, place.file.title)}
      failed={again !== undefined}
      back={{ href: workOf(t.locale, place) }}
      wide
    >
      <Faults t={t} faults={again?.faults ?? []} />
      <p>{t(criteria.length > 0 ? 'marks.text' : 'marks.nobody')}</p>
      {criteria.length > 0 && <Criteria view={view} history={history} criteria={criteria} />}
      {mayBring && criteria.length > 0 && <Bring view={view} history={history} again={again} />}
      {criteria.length > 0 && <Imports view={view} history={history} names={names} />}
    </Page>
  );
};

const Criteria = ({
  view: { t },
  history: { imports },
  criteria,
}: Pick<MarksPageProps, 'view' | 'history'> & { criteria: readonly RubricCriterion[] }) => (
  <Table
    caption={t('marks.criteria')}
    head={[t('marks.criterion'), t('marks.scale'), t('marks.counting')]}
    rows={criteria.map((criterion) => {
      const counting = imports.find((found) => found.countsAt.includes(criterion.code));
      return [
        `${textIn(t, criterion.title)} (${criterion.code})`,
        t('marks.scaleOf', endsOf(criterion)),
        counting ? t('marks.fileNumber', { number: counting.number }) : t('marks.counting.none'),
      ];
    })}
  />
);

/** A number as they look. */
const exampleRow = { number: ApplicationNumber.parse('KZ19-0000-0000'), criterion: 'test', mark: 61.5 };

const Bring = ({ view: { t }, history, again }: Pick<MarksPageProps, 'view' | 'history' | 'again'>) => {
  const { place } = history;
  const { id } = place.round.state;
  const errors: readonly FieldError[] = again ? fieldErrors(again.faults, t) : [];
  const typed = (name: string): string => (again ? one(again.typed, name) : '');
  const total = (name: 'count' | 'sum', inputMode: 'numeric' | 'decimal') => (
    <TextField
      t={t}
      name={name}
      label={t(`marks.${name}`)}
      hint={t('marks.totals.hint')}
      inputMode={inputMode}
      width={10}
      value={typed(name)}
      errors={errors}
    />
  );
  return (
    <section>
      <h2 class="govuk-heading-m">{t('marks.bring')}</h2>
      {!history.mayImport && <Inset>{t('marks.bring.later')}</Inset>}
      <p>{t('marks.list.text')}</p>
      <ul class="govuk-list govuk-list--bullet">
        <li>{t('marks.list.number')}</li>
        <li>{t('marks.list.mark')}</li>
        <li>
          {t('marks.list.hash', { example: hashedText(exampleRow), hash: rowHashOf(exampleRow) })}
          {place.file.marksFile && ` ${t('marks.list.hash.required')}`}
        </li>
      </ul>
      <p>{t('marks.list.source')}</p>
      <p>
        <a href={paths.marksList(t.locale, id)}>{t('marks.list')}</a>
      </p>
      <form method="post" action={paths.marks(t.locale, id)} enctype="multipart/form-data" novalidate>
        <FileField
          t={t}
          name="marks"
          label={t('marks.file')}
          hint={t('marks.file.hint')}
          accept=".csv,.xlsx"
          errors={errors}
        />
        {total('count', 'numeric')}
        {total('sum', 'decimal')}
        <Checkboxes
          t={t}
          name="corrects"
          label={t('marks.corrects')}
          hint={t('marks.corrects.hint')}
          options={[{ value: 'yes', text: t('marks.corrects') }]}
          values={typed('corrects') === '' ? [] : ['yes']}
          errors={errors}
        />
        <Button>{t('marks.check')}</Button>
      </form>
    </section>
  );
};
