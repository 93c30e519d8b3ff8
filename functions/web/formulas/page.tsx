import type { Context } from 'hono';
import { formulaView } from '#functions/commands/formula-view.ts';
import { nameFor, removeFormula, saveFormula } from '#functions/commands/formulas.ts';
import { namesOf } from '#functions/commands/staff-names.ts';
import { FormulaId } from '#shared/domain/ids.ts';
import { permit } from '#shared/domain/permission.ts';
import type { Term } from '#shared/formula/terms.ts';
import { locales } from '#shared/i18n/index.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Hidden, TextField } from '../fields.tsx';
import { type FieldError, fieldErrors, one, readTyped, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { SampleNote } from '../sample-note.tsx';
import { viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { Language } from './language.tsx';
import { FormulaLists, type FormulaProps } from './lists.tsx';
import { Shown } from './shown.tsx';

/** A refused form, drawn again with what was typed. */
type Again = { typed: Typed; errors: readonly FieldError[] };

/** The formulas of a round, and what the one comes to that stands in the address: trying one changes nothing. */
export const showFormulas = (deps: WebDeps) => async (c: Context) => {
  const typed = c.req.query('formula');
  return await formulaPage(deps, c, { typed });
};

export const showFormula = (deps: WebDeps) => async (c: Context) => {
  const formula = FormulaId.safeParse(c.req.param('formula')).data;
  if (!formula) return refusalPage(c, { kind: 'not-found', what: 'formula' });
  return await formulaPage(deps, c, { formula });
};

export const postFormula = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'formulas.keep');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const formula = one(typed, 'formula');
  const name = Object.fromEntries(locales.map((locale) => [locale, one(typed, `name.${locale}`)]));
  const saved = await saveFormula(deps, { ...command.value, name, formula });
  const { t } = viewOf(c);
  if (saved.ok) {
    const there = paths.formula(t.locale, command.value.roundId, saved.value);
    return c.redirect(`${there}?done=formula.done.saved`, 303);
  }
  if (saved.error.kind !== 'invalid') return refusalPage(c, saved.error);
  return await formulaPage(deps, c, {
    typed: formula,
    again: { typed, errors: fieldErrors(saved.error.faults, t) },
  });
};

export const postRemoval = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'formulas.keep');
  if (!command.ok) return refusalPage(c, command.error);
  const formula = FormulaId.safeParse(c.req.param('formula')).data;
  if (!formula) return refusalPage(c, { kind: 'not-found', what: 'formula' });
  const removed = await removeFormula(deps, { ...command.value, formula });
  if (!removed.ok) return refusalPage(c, removed.error);
  const there = paths.formulas(viewOf(c).t.locale, command.value.roundId);
  return c.redirect(`${there}?done=formula.done.removed`, 303);
};

const formulaPage = async (
  deps: WebDeps,
  c: Context,
  asked: { formula?: FormulaId; typed?: string | undefined; again?: Again },
): Promise<Response> => {
  const command = roundCommand(c, 'formulas.read');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await formulaView(deps, { ...command.value, ...asked });
  if (!found.ok) return refusalPage(c, found.error);
  const view = viewOf(c);
  const { fault, formulas } = found.value;
  const errors = asked.again?.errors ?? fieldErrors(fault ? [fault] : [], view.t);
  const people = formulas.flatMap(({ by, removed }) => (removed ? [by, removed.by] : by));
  const props = { view, found: found.value, names: await namesOf(deps, people) };
  const { typed, again } = asked;
  return c.html(
    <FormulaPage {...props} typed={typed} again={again} errors={errors} />,
    errors.length > 0 ? 422 : 200,
  );
};

type PageProps = FormulaProps & {
  typed: string | undefined;
  again: Again | undefined;
  errors: readonly FieldError[];
};

const FormulaPage = ({ view, found, names, typed, again, errors }: PageProps) => {
  const { t } = view;
  const { place, chosen, terms } = found;
  const roundId = place.round.id;
  const mayKeep = permit('formulas.keep', place.by.role, place.round.state.stage).ok;
  return (
    <Page
      view={view}
      title={chosen ? nameFor(t.locale, chosen) : t('formula.title')}
      caption={textIn(t, place.file.title)}
      failed={errors.length > 0}
      back={{
        href: chosen ? paths.formulas(t.locale, roundId) : paths.committee(t.locale, roundId),
      }}
      wide
    >
      <ErrorSummary t={t} errors={errors} />
      <Inset>
        <p>{t('formula.text')}</p>
        {place.by.role === 'member' && <p>{t('formula.own')}</p>}
      </Inset>
      <SampleNote t={t} of={[place.file.rubric]} />
      {!chosen && (
        <form method="get" action={paths.formulas(t.locale, roundId)}>
          <TextField
            t={t}
            name="formula"
            label={t('formula.field')}
            hint={t('formula.hint', { example: exampleOf(terms) })}
            errors={errors}
            value={typed ?? ''}
            spellCheck={false}
          />
          <Button>{t('formula.show')}</Button>
        </form>
      )}
      <Shown view={view} found={found} typed={typed} />
      {!chosen && mayKeep && typed !== undefined && found.result && (
        <SaveForm view={view} roundId={roundId} typed={typed} again={again} errors={errors} />
      )}
      <FormulaLists view={view} found={found} names={names} />
      <Language t={t} terms={terms} />
    </Page>
  );
};

/** In the words of this round. */
const exampleOf = (terms: readonly Term[]): string => {
  const [first, second = first] = terms
    .filter(({ kind }) => kind.over === 'raters')
    .map(({ name, short }) => short ?? name);
  return `avg(${first}) + 2 * avg(${second})`;
};

const SaveForm = ({
  view: { t },
  roundId,
  typed,
  again,
  errors,
}: Pick<PageProps, 'view' | 'again' | 'errors'> & { roundId: string; typed: string }) => (
  <form method="post" action={paths.formulas(t.locale, roundId)}>
    <h2 class="govuk-heading-m">{t('formula.save.title')}</h2>
    <p>{t('formula.save.text')}</p>
    <Hidden name="formula" value={typed} />
    {locales.map((locale) => (
      <TextField
        t={t}
        name={`name.${locale}`}
        label={t(`formula.name.${locale}`)}
        optional
        errors={errors}
        value={again ? one(again.typed, `name.${locale}`) : ''}
      />
    ))}
    <Button>{t('formula.save')}</Button>
  </form>
);
