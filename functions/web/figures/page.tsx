import type { Context } from 'hono';
import {
  drawRoundFigures,
  type FiguresView,
  figuresAction,
  viewFigures,
} from '#functions/commands/round-figures.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import type { FiguresKind } from '#shared/domain/round.ts';
import {
  basisIn,
  type EqualityFigures,
  type HouseholdFigures,
  type RoundFigures,
} from '#shared/domain/round-figures.ts';
import { leastShown } from '#shared/domain/small-cells.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { roundCommand } from '../acting.ts';
import { Bar } from '../charts/drawings.tsx';
import type { WebDeps } from '../deps.ts';
import { Button } from '../fields.tsx';
import { Page } from '../layout.tsx';
import { spreadsheetOf } from '../lists/file.ts';
import { workOf } from '../manage/round-of.ts';
import { Inset, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { fieldLabel, textIn } from '../words.ts';
import { answerRows, householdRows, rowsOf } from './rows.ts';

/** What is counted over the applications of a round, and the button that counts it, once. */
export const showFigures = (deps: WebDeps, kind: FiguresKind) => async (c: Context) => {
  const found = await viewedIn(deps, c, kind);
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(<FiguresPage view={viewOf(c)} kind={kind} {...found.value} />);
};

export const postFigures = (deps: WebDeps, kind: FiguresKind) => async (c: Context) => {
  const command = commandOf(c, kind);
  const drawn = command.ok ? await drawRoundFigures(deps, command.value) : command;
  if (!drawn.ok) return refusalPage(c, drawn.error);
  return c.redirect(paths.figures(viewOf(c).t.locale, c.req.param('round') ?? '', kind), 303);
};

/** The same for a spreadsheet, without what is not shown. */
export const showFiguresFile = (deps: WebDeps, kind: FiguresKind) => async (c: Context) => {
  const [, type] = /^figures\.(csv|xlsx)$/.exec(c.req.param('file') ?? '') ?? [];
  const found = await viewedIn(deps, c, kind);
  if (!found.ok) return refusalPage(c, found.error);
  const { place, drawn } = found.value;
  if (!drawn || type === undefined) return refusalPage(c, { kind: 'not-found', what: 'document' });
  const rows = rowsOf(viewOf(c).t, drawn.figures);
  return await spreadsheetOf(c, {
    name: `${kind}-${place.file.intake}`,
    type: type === 'csv' ? 'csv' : 'xlsx',
    rows,
  });
};

const commandOf = (
  c: Context,
  kind: FiguresKind,
): Result<CommitteeCommand & { kind: FiguresKind }, Refusal> => {
  const command = roundCommand(c, figuresAction[kind]);
  return command.ok ? ok({ ...command.value, kind }) : refuse(command.error);
};

const viewedIn = async (
  deps: WebDeps,
  c: Context,
  kind: FiguresKind,
): Promise<Result<FiguresView, Refusal>> => {
  const command = commandOf(c, kind);
  return command.ok ? await viewFigures(deps, command.value) : command;
};

type PageProps = FiguresView & { view: View; kind: FiguresKind };

const FiguresPage = ({ view, kind, place, drawn }: PageProps) => {
  const { t } = view;
  const { round, file } = place;
  const basis = basisIn(round.state.stage);
  return (
    <Page
      view={view}
      title={t(`figures.${kind}.title`)}
      caption={textIn(t, file.title)}
      back={{ href: workOf(t.locale, place) }}
      wide
    >
      <p>{t(`figures.${kind}.text`)}</p>
      <p>{t('figures.protected', { least: leastShown })}</p>
      {drawn ? (
        <>
          <p>{t('figures.drawnAt', { at: t.moment(drawn.at, file.timeZone) })}</p>
          <Tables t={t} figures={drawn.figures} />
          <Files t={t} roundId={round.id} kind={kind} />
        </>
      ) : (
        <form method="post" action={paths.figures(t.locale, round.id, kind)}>
          <Inset>
            <p>{t('figures.once')}</p>
            {kind === 'household' && <p>{t(`figures.basis.${basis}`)}</p>}
          </Inset>
          <Button>{t('figures.draw')}</Button>
        </form>
      )}
    </Page>
  );
};

const Tables = ({ t, figures }: { t: Translator; figures: RoundFigures }) =>
  figures.kind === 'household' ? <Households t={t} figures={figures} /> : <Answers t={t} figures={figures} />;

const shown = (t: Translator, cell: string | number): string =>
  typeof cell === 'number' ? t.number(cell) : cell;

const Households = ({ t, figures }: { t: Translator; figures: HouseholdFigures }) => {
  const [head = [], ...rows] = householdRows(t, figures);
  return (
    <Table
      caption={t('figures.household.title')}
      hideCaption
      head={head.map(String)}
      numeric={head.flatMap((_text, column) => (column === 0 ? [] : [column]))}
      rows={rows.map((cells) => cells.map((cell) => shown(t, cell)))}
    />
  );
};

const Answers = ({ t, figures }: { t: Translator; figures: EqualityFigures }) => (
  <>
    <p>{t('figures.counted', { count: figures.people })}</p>
    {figures.questions.map((question) => (
      <Table
        caption={fieldLabel(t, question.question)}
        head={[t('figures.answer'), t('figures.people'), t('charts.drawing')]}
        numeric={[1]}
        rows={answerRows(t, question).map(([name, cell]) => [
          name,
          shown(t, cell),
          typeof cell === 'number' ? (
            <Bar part={cell} whole={figures.people} title={`${name}: ${t.number(cell)}`} />
          ) : (
            ''
          ),
        ])}
      />
    ))}
  </>
);

const Files = ({ t, roundId, kind }: { t: Translator; roundId: string; kind: FiguresKind }) => (
  <p>
    {t('figures.take')}{' '}
    <a href={paths.figuresFile(t.locale, roundId, kind, 'xlsx')} download>
      XLSX
    </a>
    {', '}
    <a href={paths.figuresFile(t.locale, roundId, kind, 'csv')} download>
      CSV
    </a>
  </p>
);
