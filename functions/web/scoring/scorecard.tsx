import type { Context } from 'hono';
import type { CandidacyCommand } from '#functions/commands/candidacies.ts';
import type { ReleasedCopy } from '#functions/commands/released-copies.ts';
import { scoreApplication } from '#functions/commands/scoring.ts';
import { type ScorecardView, scorecardView } from '#functions/commands/scoring-views.ts';
import { permit } from '#shared/domain/permission.ts';
import { ratedCriteria } from '#shared/domain/rubric.ts';
import { candidacyCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary } from '../fields.tsx';
import { type FieldError, fieldErrors, readTyped, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { Inset, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { ReleasedCopies, shownCopies } from '../redaction/released.tsx';
import { BlindFactsList, ConflictForm } from '../screening/parts.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { errorsByCriterion } from './faults.ts';
import { PointsFields, pointsIn } from './points.tsx';

type Again = { typed: Typed; errors: readonly FieldError[] };

export const showScorecard = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'scoring.read');
  return command.ok ? await scorecardPage(deps, c, command.value) : refusalPage(c, command.error);
};

const scorecardPage = async (
  deps: WebDeps,
  c: Context,
  command: CandidacyCommand,
  again?: Again,
): Promise<Response> => {
  const found = await scorecardView(deps, command);
  if (!found.ok) return refusalPage(c, found.error);
  const { role, round, file } = found.value;
  const copies = await shownCopies(deps, command, { role, round, file });
  const props = { view: viewOf(c), card: found.value, again, copies };
  return c.html(<ScorecardPage {...props} />, again ? 422 : 200);
};

/** Saves the card and opens the next own application that has none; after the last one the list. */
export const postScorecard = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'scoring.score');
  if (!command.ok) return refusalPage(c, command.error);
  const { t } = viewOf(c);
  const typed = await readTyped(c);
  const scored = await scoreApplication(deps, { ...command.value, points: pointsIn(typed) });
  if (!scored.ok) {
    return scored.error.kind === 'invalid'
      ? await scorecardPage(deps, c, command.value, { typed, errors: fieldErrors(scored.error.faults, t) })
      : refusalPage(c, scored.error);
  }
  const { roundId } = command.value;
  const card = await scorecardView(deps, command.value);
  const next = card.ok ? card.value.next : undefined;
  const way = next ? paths.scorecard(t.locale, roundId, next) : paths.scoring(t.locale, roundId);
  return c.redirect(`${way}?done=${next ? 'scoring.done.next' : 'scoring.done.last'}`, 303);
};

type ScorecardPageProps = {
  view: View;
  card: ScorecardView;
  again: Again | undefined;
  copies?: readonly ReleasedCopy[] | undefined;
};

const ScorecardPage = ({ view, card, again, copies }: ScorecardPageProps) => {
  const { t } = view;
  const { role, round, file, candidate, asked, own } = card;
  const scores = asked && permit('scoring.score', role, round.stage).ok && !candidate.withdrawn;
  return (
    <Page
      view={view}
      title={candidate.number}
      caption={t('scoring.title')}
      failed={again !== undefined}
      back={{ href: paths.scoring(t.locale, round.id) }}
    >
      <ErrorSummary t={t} errors={errorsByCriterion(t, file.rubric.criteria, again?.errors)} />
      <BlindFactsList t={t} candidate={candidate} />
      <ReleasedCopies t={t} copies={copies} place={card} />
      {file.rubric.confidence === 'unverified' && <Inset>{t('scoring.sample')}</Inset>}
      {own && <p>{t('scoring.own', { total: t.number(own.total) })}</p>}
      {scores ? (
        <Card view={view} card={card} again={again} />
      ) : (
        <p>{t(asked ? 'scoring.closed' : 'scoring.notAsked')}</p>
      )}
      <Others view={view} card={card} />
      {permit('conflict.declare', role, round.stage).ok && (
        <ConflictForm t={t} action={paths.conflict(t.locale, round.id, candidate.applicationId)} />
      )}
    </Page>
  );
};

const Card = ({ view: { t }, card, again }: ScorecardPageProps) => {
  const { round, file, candidate, own } = card;
  return (
    <form method="post" action={paths.scorecard(t.locale, round.id, candidate.applicationId)} novalidate>
      <PointsFields
        t={t}
        rubric={file.rubric}
        typed={again?.typed}
        stored={own?.points}
        errors={again?.errors}
      />
      <Button>{t('scoring.save')}</Button>
    </form>
  );
};

/** What the others gave, without who, once the own card is in. */
const Others = ({ view: { t }, card: { file, others } }: { view: View; card: ScorecardView }) => {
  if (!others) return <p>{t('scoring.others.hidden')}</p>;
  if (others.length === 0) return <p>{t('scoring.others.none')}</p>;
  return (
    <Table
      caption={t('scoring.others')}
      head={[
        t('scoring.criterionColumn'),
        ...others.map((_other, index) => t('scoring.other', { number: index + 1 })),
      ]}
      numeric={others.map((_other, index) => index + 1)}
      rows={[
        ...ratedCriteria(file.rubric.criteria).map(({ code, title }) =>
          [textIn(t, title)].concat(others.map(({ points }) => t.number(points[code] ?? 0))),
        ),
        [t('scoring.total'), ...others.map(({ total }) => t('scoring.percent', { total: t.number(total) }))],
      ]}
    />
  );
};
