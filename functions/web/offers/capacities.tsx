import type { Context } from 'hono';
import { confirmCapacity, proposeCapacity, refuseCapacity } from '#functions/commands/capacities.ts';
import { type CapacityView, capacityView, type ShownChange } from '#functions/commands/capacity-view.ts';
import { namesOf } from '#functions/commands/staff-names.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Hidden, TextArea, TextField, WarningText } from '../fields.tsx';
import { one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { type Colour, Details, Facts, Inset, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { schoolName, textIn } from '../words.ts';
import { type Again, answered, because, numberedCommand } from './numbered.ts';

/** Every number of posts that was proposed, the form for another one, and what waits for a second person. */
export const showCapacities = (deps: WebDeps) => async (c: Context) => await capacitiesPage(deps, c);

const capacitiesPage = async (deps: WebDeps, c: Context, again?: Again): Promise<Response> => {
  const command = roundCommand(c, 'offer.read');
  const found = command.ok ? await capacityView(deps, command.value) : command;
  if (!command.ok || !found.ok) return refusalPage(c, found.ok ? noRound : found.error);
  const people = found.value.changes.flatMap(({ by, ended }) => (ended ? [by, ended.by] : [by]));
  const names = await namesOf(deps, people);
  const props = { view: viewOf(c), capacity: found.value, names, reader: command.value.by.id, again };
  return c.html(<CapacitiesPage {...props} />, again ? 422 : 200);
};

const noRound: Refusal = { kind: 'not-found', what: 'round' };

export const postCapacity = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'capacity.change');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const [vacancy, posts, reason] = [one(typed, 'vacancy'), one(typed, 'posts'), one(typed, 'reason')];
  const proposed = await proposeCapacity(deps, { ...command.value, vacancy, posts, reason });
  return await answer(deps, c, { done: 'capacity.done.proposed', again: { typed, errors: [] } }, proposed);
};

/** Lets the change count that the page showed, with as many offers as it said. */
export const postCapacityConfirmation = (deps: WebDeps) => async (c: Context) => {
  const command = changeCommand(c);
  if (!command.ok) return refusalPage(c, command.error);
  const confirmed = Number(one(await readTyped(c), 'confirmed'));
  const changed = await confirmCapacity(deps, { ...command.value, confirmed });
  return await answer(deps, c, { done: 'capacity.done.confirmed' }, changed);
};

export const postCapacityRefusal = (deps: WebDeps) => async (c: Context) => {
  const command = changeCommand(c);
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const refused = await refuseCapacity(deps, {
    ...command.value,
    reason: one(typed, because(command.value.change)),
  });
  const again = { number: command.value.change, typed, errors: [] };
  return await answer(deps, c, { done: 'capacity.done.refused', again }, refused);
};

/** Which one of which round. */
const changeCommand = (c: Context) => {
  const command = numberedCommand(c, 'capacity.change', { name: 'change', what: 'vacancy' });
  if (!command.ok) return command;
  const { number, ...at } = command.value;
  return ok({ ...at, change: number });
};

const answer = async (
  deps: WebDeps,
  c: Context,
  { done, again }: { done: string; again?: Again },
  result: Result<void, Refusal>,
): Promise<Response> =>
  await answered(
    c,
    {
      done,
      ...(again && { again }),
      page: paths.capacities,
      redraw: (drawn) => capacitiesPage(deps, c, drawn),
    },
    result,
  );

type Props = {
  view: View;
  capacity: CapacityView;
  names: ReadonlyMap<PersonId, string>;
  reader: PersonId;
  again: Again | undefined;
};

const CapacitiesPage = (props: Props) => {
  const { view, capacity, again } = props;
  const { t } = view;
  const { place, changes, mayChange } = capacity;
  return (
    <Page
      view={view}
      title={t('capacity.title')}
      caption={textIn(t, place.file.title)}
      failed={again !== undefined}
      back={{ href: paths.offers(t.locale, place.round.id), text: t('offer.board.title') }}
    >
      <ErrorSummary t={t} errors={again?.errors} />
      <p>{t('capacity.text')}</p>
      {changes.length === 0 && <Inset>{t('capacity.none')}</Inset>}
      {changes.map((change) => (
        <Change {...props} change={change} />
      ))}
      {mayChange && <Proposing {...props} />}
    </Page>
  );
};

const colours: Record<ShownChange['status'], Colour> = {
  waiting: 'yellow',
  confirmed: 'green',
  refused: 'grey',
  replaced: 'grey',
};

const Change = (props: Props & { change: ShownChange }) => {
  const { view, capacity, names, reader, change } = props;
  const { t } = view;
  const { post, from, posts, by, at, said, status, ended } = change;
  const zone = capacity.place.file.timeZone;
  const who = (id: PersonId, when: Instant): string => `${names.get(id) ?? id}, ${t.moment(when, zone)}`;
  return (
    <section>
      <h2 class="govuk-heading-m">
        {post.code}, {schoolName(t, post)}{' '}
        <Tag colour={colours[status]}>{t(`capacity.status.${status}`)}</Tag>
      </h2>
      <Facts
        facts={[
          { name: t('capacity.posts'), value: `${t.number(from)} → ${t.number(posts)}` },
          { name: t('capacity.taken'), value: t.number(change.taken) },
          { name: t('capacity.proposed'), value: who(by, at) },
          { name: t('capacity.reason'), value: said ?? '–' },
          ...(ended ? [{ name: t('capacity.ended'), value: who(ended.by, ended.at) }] : []),
          ...(ended?.said === undefined ? [] : [{ name: t('capacity.endedReason'), value: ended.said }]),
        ]}
      />
      {status === 'waiting' && capacity.mayChange && (
        <>
          {isSudden(change) && <WarningText t={t}>{t('capacity.sudden', { from, to: posts })}</WarningText>}
          {by === reader ? <p>{t('capacity.own')}</p> : <Confirming {...props} />}
          <Refusing {...props} />
        </>
      )}
    </section>
  );
};

/** Twice as many posts, or more, and not one more alone: a digit too many looks like this (ANCHORS F5). */
const isSudden = ({ from, posts }: ShownChange): boolean =>
  posts >= 2 * Math.max(from, 1) && posts - from > 1;

const Confirming = ({ view: { t }, capacity, change }: Props & { change: ShownChange }) => (
  <form
    method="post"
    action={paths.capacityAnswer(t.locale, capacity.place.round.id, change.number, 'confirmation')}
  >
    <p>{t('capacity.follows', { count: change.offers ?? 0 })}</p>
    <Hidden name="confirmed" value={change.offers ?? 0} />
    <Button>{t('capacity.confirm', { count: change.posts })}</Button>
  </form>
);

const Refusing = ({ view: { t }, capacity, change, again }: Props & { change: ShownChange }) => {
  const own = again?.number === change.number ? again : undefined;
  return (
    <Details summary={t('capacity.refuse.title')} open={own !== undefined}>
      <form
        method="post"
        action={paths.capacityAnswer(t.locale, capacity.place.round.id, change.number, 'refusal')}
        novalidate
      >
        <TextArea
          t={t}
          name={because(change.number)}
          label={t('capacity.reason')}
          rows={3}
          value={own ? one(own.typed, because(change.number)) : ''}
          errors={own?.errors}
        />
        <Button kind="warning">{t('capacity.refuse')}</Button>
      </form>
    </Details>
  );
};

const Proposing = ({ view: { t }, capacity, again }: Props) => {
  const own = again && again.number === undefined ? again : undefined;
  const typed = (name: string): string => (own ? one(own.typed, name) : '');
  const field = { t, errors: own?.errors };
  return (
    <section class="screen-only">
      <h2 class="govuk-heading-m">{t('capacity.propose.title')}</h2>
      <p>{t('capacity.propose.text')}</p>
      <form method="post" action={paths.capacities(t.locale, capacity.place.round.id)} novalidate>
        <TextField {...field} name="vacancy" label={t('offer.vacancy')} value={typed('vacancy')} width={20} />
        <TextField
          {...field}
          name="posts"
          label={t('capacity.propose.posts')}
          value={typed('posts')}
          inputMode="numeric"
          width={4}
        />
        <TextArea {...field} name="reason" label={t('capacity.reason')} value={typed('reason')} rows={3} />
        <Button>{t('capacity.propose')}</Button>
      </form>
    </section>
  );
};
