import type { Context } from 'hono';
import { namedIn } from '#functions/commands/closed-items.ts';
import { askCorrection } from '#functions/commands/corrections.ts';
import {
  type CorrectionsView,
  correctionsOf,
  type SaidCorrection,
} from '#functions/commands/corrections-list.ts';
import { closeReport } from '#functions/commands/score-reports.ts';
import { namesOf } from '#functions/commands/staff-names.ts';
import { correctsIn } from '#functions/http/supposition.ts';
import { correctsText, criteriaOf } from '#shared/correction-texts.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Correction } from '#shared/replay/correction.ts';
import { roundCommand } from '../acting.ts';
import { ClosedItems } from '../closed-items.tsx';
import type { WebDeps } from '../deps.ts';
import { ErrorSummary } from '../fields.tsx';
import { type FieldError, fieldErrors, one, readTyped, reasonError, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { workOf } from '../manage/round-of.ts';
import { type Colour, Digest, type Fact, Facts, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { AskCorrection } from './ask.tsx';
import { type ClosingAgain, Reports, reportIn } from './reports.tsx';

type Again =
  | { form: 'request'; typed: Typed; errors: readonly FieldError[] }
  | ({ form: 'closing' } & ClosingAgain);

export const showCorrections = (deps: WebDeps) => async (c: Context) => await correctionsPage(deps, c);

const correctionsPage = async (deps: WebDeps, c: Context, again?: Again): Promise<Response> => {
  const command = roundCommand(c, 'correction.read');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await correctionsOf(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  const { corrections, closed, closedReports } = found.value;
  const others = namedIn([...closed, ...closedReports]);
  const names = await namesOf(deps, [...corrections.flatMap(peopleIn), ...others]);
  const page = <CorrectionsPage view={viewOf(c)} found={found.value} names={names} again={again} />;
  return c.html(page, again ? 422 : 200);
};

export const peopleIn = ({ by, ended, applied }: Correction): PersonId[] => [
  by,
  ...(ended ? [ended.by] : []),
  ...(applied ? [applied.by] : []),
];

/** Asks for what the fields of a try say; what was typed wrongly comes back with the list. */
export const postCorrection = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'correction.apply');
  if (!command.ok) return refusalPage(c, command.error);
  const { t } = viewOf(c);
  const typed = await readTyped(c);
  const corrects = correctsIn(Object.fromEntries(Object.keys(typed).map((name) => [name, one(typed, name)])));
  const reason = one(typed, 'reason');
  const asked = corrects.ok
    ? await askCorrection(deps, { ...command.value, corrects: corrects.value, reason })
    : corrects;
  if (asked.ok) {
    const number = asked.value.state.corrections.length;
    const way = paths.correction(t.locale, command.value.roundId, number);
    return c.redirect(`${way}?done=corrections.done.asked`, 303);
  }
  const wrong = reasonError(asked.error, t);
  if (wrong) return await correctionsPage(deps, c, { form: 'request', typed, errors: [wrong] });
  if (asked.error.kind !== 'invalid') return refusalPage(c, asked.error);
  const errors = fieldErrors(asked.error.faults, t);
  return await correctionsPage(deps, c, { form: 'request', typed, errors });
};

/** Answers a rater's report where nothing is corrected. */
export const postReportClosing = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'correction.apply');
  if (!command.ok) return refusalPage(c, command.error);
  const report = reportIn(c);
  if (report === undefined) return refusalPage(c, { kind: 'not-found', what: 'correction' });
  const { t } = viewOf(c);
  const reason = one(await readTyped(c), 'reason');
  const closed = await closeReport(deps, { ...command.value, report, reason });
  if (closed.ok) {
    const way = paths.corrections(t.locale, command.value.roundId);
    return c.redirect(`${way}?done=corrections.done.closed`, 303);
  }
  const error = reasonError(closed.error, t);
  if (!error) return refusalPage(c, closed.error);
  return await correctionsPage(deps, c, { form: 'closing', report, reason, errors: [error] });
};

type PageProps = {
  view: View;
  found: CorrectionsView;
  names: ReadonlyMap<PersonId, string>;
  again: Again | undefined;
};

const CorrectionsPage = ({ view, found, names, again }: PageProps) => {
  const { t } = view;
  const { place, corrections, closed, closedReports } = found;
  const { id } = place.round.state;
  return (
    <Page
      view={view}
      title={t('corrections.title')}
      caption={textIn(t, place.file.title)}
      failed={again !== undefined}
      back={{ href: workOf(t.locale, place) }}
      wide
    >
      <ErrorSummary t={t} errors={again?.errors} />
      <p>{t('corrections.text')}</p>
      {again?.form === 'request' && (
        <AskCorrection
          view={view}
          roundId={id}
          typed={fieldsOf(again.typed)}
          reason={one(again.typed, 'reason')}
          errors={again.errors}
        />
      )}
      <Reports view={view} found={found} again={again?.form === 'closing' ? again : undefined} />
      {found.reports.length > 0 && <h2 class="govuk-heading-m">{t('corrections.listed')}</h2>}
      {corrections.length + closed.length === 0 && <p>{t('corrections.none')}</p>}
      {corrections.map((correction) => (
        <article>
          <h2 class="govuk-heading-s">
            <a href={paths.correction(t.locale, id, correction.number)}>
              {t('corrections.number', { number: correction.number })}
            </a>{' '}
            <StatusTag view={view} correction={correction} />
          </h2>
          <Facts facts={correctionFacts(view, { place, correction, names })} />
        </article>
      ))}
      <ClosedItems t={t} closed={[...closed, ...closedReports]} names={names} />
    </Page>
  );
};

const fieldsOf = (typed: Typed): Record<string, string> =>
  Object.fromEntries(
    Object.keys(typed)
      .filter((name) => name !== 'reason')
      .map((name) => [name, one(typed, name)]),
  );

const colours: Record<Correction['status'], Colour> = {
  waiting: 'yellow',
  withdrawn: 'grey',
  refused: 'grey',
  applied: 'green',
  undone: 'red',
};

export const StatusTag = ({
  view: { t },
  correction: { status },
}: {
  view: View;
  correction: Correction;
}) => <Tag colour={colours[status]}>{t(`corrections.status.${status}`)}</Tag>;

/** What is corrected, who asked why, and what became of it. */
export const correctionFacts = (
  { t }: View,
  {
    place: { file },
    correction,
    names,
  }: {
    place: Pick<CorrectionsView['place'], 'file'>;
    correction: SaidCorrection;
    names: ReadonlyMap<PersonId, string>;
  },
): Fact[] => {
  const { corrects, by, at, said, ended, answer, applied } = correction;
  const who = (person: PersonId, when: Correction['at']): string =>
    `${names.get(person) ?? person}, ${t.moment(when, file.timeZone)}`;
  return [
    { name: t('corrections.what'), value: correctsText(t, corrects, criteriaOf(file)) },
    { name: t('corrections.asked'), value: who(by, at) },
    ...(said === undefined ? [] : [{ name: t('corrections.reason'), value: said }]),
    ...(ended
      ? [{ name: t(`corrections.status.${correction.status}`), value: who(ended.by, ended.at) }]
      : []),
    ...(answer === undefined ? [] : [{ name: t('corrections.answer'), value: answer }]),
    ...(applied
      ? [
          { name: t('corrections.applied'), value: who(applied.by, applied.at) },
          {
            name: t('corrections.told'),
            value: t.number(applied.recipients),
          },
          { name: t('corrections.list'), value: <Digest value={applied.list} /> },
        ]
      : []),
  ];
};
