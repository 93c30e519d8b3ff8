import type { Context } from 'hono';
import { askFurther, type NearLineView, nearLineView } from '#functions/commands/near-line.ts';
import type { Placed } from '#shared/domain/further-ratings.ts';
import { type FurtherRule, lineLevel } from '#shared/domain/further-rule.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { interviewPart } from '#shared/domain/minimum.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { roundCommand } from '../acting.ts';
import { Range } from '../charts/drawings.tsx';
import type { WebDeps } from '../deps.ts';
import { Button, Hidden } from '../fields.tsx';
import { one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { type Fact, Facts, Inset, Source } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { SampleNote } from '../sample-note.tsx';
import { type Column, SortedTable } from '../sorted-table.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';

/** Who stands near the line, what one more rating of each costs, and the button that asks for it. */
export const showNearLine = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'raters.further');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await nearLineView(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(<NearLinePage view={viewOf(c)} line={found.value} />);
};

/** What the page is called: further ratings are asked for only where the round file says so. */
export const lineTitle = ({ raters }: Pick<RoundFile, 'raters'>) =>
  raters.further ? 'near-line.title' : 'near-line.title.shown';

/** Whether somebody may miss the minimum of a part before there is an interview. */
const stopsByPart = ({ minimums = [] }: RoundFile): boolean =>
  minimums.some(({ code }) => code !== interviewPart);

/** A press asks for the group that its page showed, and for that only. */
export const postNearLine = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'raters.further');
  if (!command.ok) return refusalPage(c, command.error);
  const basis = Sha256.safeParse(one(await readTyped(c), 'basis')).data;
  if (!basis) return refusalPage(c, { kind: 'changed-meanwhile' });
  const asked = await askFurther(deps, { ...command.value, basis });
  if (!asked.ok) return refusalPage(c, asked.error);
  return c.redirect(`${paths.nearLine(viewOf(c).t.locale, command.value.roundId)}?done=near-line.done`, 303);
};

type Props = { view: View; line: NearLineView };

const NearLinePage = ({ view, line }: Props) => {
  const { t } = view;
  const { place, places, rule, state } = line;
  return (
    <Page
      view={view}
      title={t(lineTitle(place.file))}
      caption={textIn(t, place.file.title)}
      back={{ href: paths.scoring(t.locale, place.round.id) }}
      wide
    >
      <p>{t(rule ? 'near-line.text' : 'near-line.text.shown', { places: t.number(places) })}</p>
      {stopsByPart(place.file) && <p>{t('near-line.minimums')}</p>}
      <SampleNote t={t} of={[place.file.rubric]} />
      <Facts facts={ruleFacts({ view, line })} />
      {'placed' in state && <Group view={view} line={line} placed={state.placed} />}
      <Next view={view} line={line} />
      <Source t={t} of={rule ?? place.file.shortlist} />
    </Page>
  );
};

const ruleFacts = ({ view: { t }, line: { places, rule, spent, turns, place } }: Props): Fact[] => {
  const { timeZone: zone, raters } = place.file;
  const level = raters.severityAdjustment ? 'near-line.level.counting' : 'near-line.level.value';
  const said = turns.map(({ at, applications: count }) =>
    t('near-line.turn', { at: t.moment(at, zone), count }),
  );
  return [
    { name: t('near-line.line'), value: t('near-line.line.value', { places: t.number(places) }) },
    { name: t('near-line.level'), value: t(level, { level: lineLevel(rule) }) },
    ...(rule ? askingFacts(t, { rule, spent }) : []),
    ...(said.length > 0 ? [{ name: t('near-line.turns'), value: said.join('; ') }] : []),
  ];
};

const askingFacts = (t: View['t'], { rule, spent }: { rule: FurtherRule; spent: number }): Fact[] => [
  { name: t('near-line.atMost'), value: t('near-line.atMost.value', { count: rule.atMost }) },
  ...(rule.leave === undefined
    ? []
    : [{ name: t('near-line.leave'), value: t('near-line.leave.value', { count: rule.leave }) }]),
  {
    name: t('near-line.budget'),
    value: t('near-line.budget.value', { spent: t.number(spent), budget: t.number(rule.budget) }),
  },
];

const Group = ({ view, line, placed }: Props & { placed: readonly Placed[] }) => {
  const { t } = view;
  const near = placed.filter(({ near: isNear }) => isNear);
  const last = Math.max(1, ...near.map(({ ranks: [, worst] }) => worst));
  return (
    <>
      {near.length > 0 && (
        <SortedTable
          view={view}
          at={paths.nearLine(view.t.locale, line.place.round.id)}
          name="near"
          caption={t('near-line.group')}
          initial={{ column: 'rank', down: false }}
          columns={groupColumns(view, last)}
          rows={near}
        />
      )}
      {line.hidden > 0 && <p>{t('near-line.hidden', { count: line.hidden })}</p>}
    </>
  );
};

const groupColumns = ({ t }: View, last: number): Column<Placed>[] => {
  const counted = (name: 'rank' | 'ratings' | 'further', head: string): Column<Placed> => ({
    name,
    head,
    cell: (row) => t.number(row[name]),
    by: (row) => row[name],
    numeric: true,
    leastFirst: name === 'rank',
  });
  return [
    {
      name: 'number',
      head: t('screening.number'),
      cell: ({ number }) => <span class="whole">{number}</span>,
      by: ({ number }) => number,
    },
    counted('rank', t('committee.rank')),
    {
      name: 'total',
      head: t('near-line.total'),
      cell: ({ total, error }) => `${t.number(hundredth(total))} ± ${t.number(hundredth(error))}`,
      by: ({ total }) => total,
      numeric: true,
    },
    {
      name: 'ranks',
      head: t('near-line.ranks'),
      cell: ({ ranks: [best, worst] }) => `${best}–${worst}`,
      by: ({ ranks: [best] }) => best,
    },
    counted('ratings', t('near-line.ratings')),
    counted('further', t('near-line.further')),
    {
      name: 'drawing',
      head: t('near-line.drawing'),
      cell: ({ number, rank, ranks: [best, worst] }) => (
        <Range value={rank} low={best} high={worst} ends={[1, last]} title={`${number}: ${best}–${worst}`} />
      ),
    },
  ];
};

/** What there is to do now: wait, ask, or nothing more. */
const Next = ({ view, line }: Props) => {
  const { t } = view;
  const { state, rule, spent, open } = line;
  switch (state.kind) {
    case 'awaited':
      return <Inset>{t('near-line.awaited', { count: state.owed })}</Inset>;
    case 'unmarked':
      return <Inset>{t('near-line.unmarked', { count: state.remaining })}</Inset>;
    case 'over':
      return (
        <Inset>
          {t(`near-line.stop.${state.stop}`, {
            cost: t.number(state.cost),
            left: t.number((rule?.budget ?? 0) - spent),
          })}
        </Inset>
      );
    case 'begun':
    case 'due':
      return open ? <Ask view={view} line={line} state={state} /> : <Inset>{t('near-line.frozen')}</Inset>;
    default:
      return state satisfies never;
  }
};

type Asked = Extract<NearLineView['state'], { asking: unknown }>;

const Ask = ({ view: { t }, line: { place, rule, spent }, state }: Props & { state: Asked }) => {
  const count = state.asking.raters.size;
  const left = t.number((rule?.budget ?? 0) - spent - count);
  return (
    <form method="post" action={paths.nearLine(t.locale, place.round.id)}>
      <p>{state.kind === 'begun' ? t('near-line.begun', { count }) : t('near-line.cost', { count, left })}</p>
      {state.kind === 'due' && state.unfree > 0 && <p>{t('near-line.unfree', { count: state.unfree })}</p>}
      <Hidden name="basis" value={state.asking.basis} />
      <Button>{state.kind === 'begun' ? t('near-line.begun.ask') : t('near-line.ask', { count })}</Button>
    </form>
  );
};

const hundredth = (value: number): number => Math.round(value * 100) / 100;
