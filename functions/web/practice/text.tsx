import type { Context } from 'hono';
import { scorePracticeText } from '#functions/commands/practice.ts';
import { type PracticeView, practiceText } from '#functions/commands/practice-views.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import type { Criterion } from '#shared/domain/criterion.ts';
import type { PracticeSheet } from '#shared/domain/passport.ts';
import type { PracticeText } from '#shared/domain/practice-rule.ts';
import { ratedCriteria } from '#shared/domain/rubric.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, LinkButton } from '../fields.tsx';
import { type FieldError, fieldErrors, readTyped, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { Inset, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { SampleNote } from '../sample-note.tsx';
import { errorsByCriterion } from '../scoring/faults.ts';
import { PointsFields, pointsIn } from '../scoring/points.tsx';
import { BlindFactsList } from '../screening/parts.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { leanText } from './practice.tsx';

type Again = { typed: Typed; errors: readonly FieldError[] };

const codeOf = (c: Context): string => c.req.param('text') ?? '';

export const showText = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'practice.score');
  return command.ok ? await textPage(deps, c, command.value) : refusalPage(c, command.error);
};

const textPage = async (
  deps: WebDeps,
  c: Context,
  command: CommitteeCommand,
  again?: Again,
): Promise<Response> => {
  const found = await practiceText(deps, { ...command, text: codeOf(c) });
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(<TextPage view={viewOf(c)} {...found.value} again={again} />, again ? 422 : 200);
};

/** Keeps the points and shows at once how far they lie from the reference, and why it is so. */
export const postText = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'practice.score');
  if (!command.ok) return refusalPage(c, command.error);
  const { t } = viewOf(c);
  const typed = await readTyped(c);
  const text = codeOf(c);
  const scored = await scorePracticeText(deps, { ...command.value, text, points: pointsIn(typed) });
  if (!scored.ok) {
    return scored.error.kind === 'invalid'
      ? await textPage(deps, c, command.value, { typed, errors: fieldErrors(scored.error.faults, t) })
      : refusalPage(c, scored.error);
  }
  const way = paths.practiceText(t.locale, command.value.roundId, text);
  return c.redirect(`${way}?done=practice.done.scored`, 303);
};

type TextPageProps = {
  view: View;
  /** How the whole practice stands. */
  practice: PracticeView;
  text: PracticeText;
  sheet: PracticeSheet | undefined;
};

const TextPage = ({ again, ...props }: TextPageProps & { again: Again | undefined }) => {
  const { view, practice, text, sheet } = props;
  const { t } = view;
  const { round, file } = practice.place;
  return (
    <Page
      view={view}
      title={textIn(t, text.title)}
      caption={t('practice.title')}
      failed={again !== undefined}
      back={{ href: paths.practice(t.locale, round.id) }}
    >
      <ErrorSummary t={t} errors={errorsByCriterion(t, file.rubric.criteria, again?.errors)} />
      <SampleNote t={t} of={[file.rubric]} />
      <Inset>{t('practice.synthetic')}</Inset>
      <BlindFactsList t={t} candidate={{ facts: { ...text.facts, choices: [] } }} />
      <p>{textIn(t, text.text)}</p>
      {sheet ? (
        <Comparison {...props} sheet={sheet} />
      ) : (
        <form method="post" action={paths.practiceText(t.locale, round.id, text.code)} novalidate>
          <PointsFields
            t={t}
            criteria={ratedCriteria(file.rubric.criteria).map(neededOf)}
            confidence={file.rubric.confidence}
            rule={undefined}
            typed={again?.typed}
            stored={undefined}
            errors={again?.errors}
          />
          <Button>{t('practice.compare')}</Button>
        </form>
      )}
    </Page>
  );
};

/** Whoever practises judges everything. */
const neededOf = (criterion: Criterion): Criterion => ({ ...criterion, required: true });

const Comparison = ({ view: { t }, practice, text, sheet }: TextPageProps & { sheet: PracticeSheet }) => {
  const { place, left } = practice;
  const [next] = left;
  return (
    <>
      <Table
        caption={t('practice.comparison')}
        head={[
          t('scoring.criterionColumn'),
          t('practice.own'),
          t('practice.reference'),
          t('practice.because'),
        ]}
        numeric={[1, 2]}
        rows={ratedCriteria(place.file.rubric.criteria).map(({ code, title }) => {
          const reason = text.reasons?.[code];
          return [
            textIn(t, title),
            t.number(sheet.points[code] ?? 0),
            t.number(text.points[code] ?? 0),
            reason ? textIn(t, reason) : '—',
          ];
        })}
      />
      <p>{textIn(t, text.why)}</p>
      <p>
        {t('practice.away', { distance: t.number(sheet.distance) })} {leanText(t, sheet.lean)}
      </p>
      <p>
        {next ? (
          <LinkButton href={paths.practiceText(t.locale, place.round.id, next.code)}>
            {t('practice.next')}
          </LinkButton>
        ) : (
          <LinkButton href={paths.practice(t.locale, place.round.id)}>{t('practice.result')}</LinkButton>
        )}
      </p>
    </>
  );
};
