import type { Context } from 'hono';
import { namedIn } from '#functions/commands/closed-items.ts';
import { grantRemedy, proposeRemedy, refuseRemedy } from '#functions/commands/remedies.ts';
import { type RemedyView, remedyView, type ShownRemedy } from '#functions/commands/remedy-view.ts';
import { namesOf } from '#functions/commands/staff-names.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { RemedyKind } from '#shared/domain/remedy.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';
import { roundCommand } from '../acting.ts';
import { ClosedItems } from '../closed-items.tsx';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Hidden, TextArea } from '../fields.tsx';
import { dateOf, one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { type Colour, Details, Facts, Inset, Tag } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { dateIn, textIn } from '../words.ts';
import { type Again, answered, because, numberedCommand } from './numbered.ts';
import { type Known, Proposing } from './remedy-form.tsx';
import { Owed, Promised } from './remedy-owed.tsx';

/** Every remedy that was proposed, the form for another one, and what waits for a second person. */
export const showRemedies = (deps: WebDeps) => async (c: Context) => await remediesPage(deps, c);

const remediesPage = async (deps: WebDeps, c: Context, again?: Again): Promise<Response> => {
  const command = roundCommand(c, 'offer.read');
  const found = command.ok ? await remedyView(deps, command.value) : command;
  if (!command.ok || !found.ok) return refusalPage(c, found.ok ? noRound : found.error);
  const { remedies, closed } = found.value;
  const people = remedies.flatMap(({ by, ended }) => (ended ? [by, ended.by] : [by]));
  const names = await namesOf(deps, [...people, ...namedIn(closed)]);
  const props = { view: viewOf(c), shown: found.value, names, reader: command.value.by.id, again };
  const known = {
    application: c.req.query('application'),
    kind: c.req.query('kind'),
    vacancies: c.req.query('vacancies'),
  };
  return c.html(<RemediesPage {...props} known={known} />, again ? 422 : 200);
};

const noRound: Refusal = { kind: 'not-found', what: 'round' };

export const postRemedy = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'remedy.decide');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const kind = RemedyKind.safeParse(one(typed, 'kind'));
  if (!kind.success) {
    const errors = [{ field: 'kind', text: viewOf(c).t('remedy.error.kind') }];
    return await remediesPage(deps, c, { typed, errors });
  }
  const wanted = {
    kind: kind.data,
    application: one(typed, 'application'),
    vacancies: one(typed, 'vacancies'),
    reason: one(typed, 'reason'),
    until: dateOf(typed, 'until'),
  };
  const proposed = await proposeRemedy(deps, { ...command.value, ...wanted });
  return await answer(deps, c, { done: 'remedy.done.proposed', again: { typed, errors: [] } }, proposed);
};

/** Lets the remedy count that the page showed, with as many offers as it said. */
export const postRemedyConfirmation = (deps: WebDeps) => async (c: Context) => {
  const command = remedyCommand(c);
  if (!command.ok) return refusalPage(c, command.error);
  const confirmed = Number(one(await readTyped(c), 'confirmed'));
  const granted = await grantRemedy(deps, { ...command.value, confirmed });
  return await answer(deps, c, { done: 'remedy.done.granted' }, granted);
};

export const postRemedyRefusal = (deps: WebDeps) => async (c: Context) => {
  const command = remedyCommand(c);
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const { remedy } = command.value;
  const refused = await refuseRemedy(deps, { ...command.value, reason: one(typed, because(remedy)) });
  return await answer(
    deps,
    c,
    { done: 'remedy.done.refused', again: { number: remedy, typed, errors: [] } },
    refused,
  );
};

/** Which one of which round. */
const remedyCommand = (c: Context) => {
  const command = numberedCommand(c, 'remedy.decide', { name: 'remedy', what: 'page' });
  if (!command.ok) return command;
  const { number, ...at } = command.value;
  return ok({ ...at, remedy: number });
};

const answer = async (
  deps: WebDeps,
  c: Context,
  { done, again }: { done: string; again?: Again },
  result: Result<void, Refusal>,
): Promise<Response> =>
  await answered(
    c,
    { done, ...(again && { again }), page: paths.remedies, redraw: (drawn) => remediesPage(deps, c, drawn) },
    result,
  );

type Props = {
  view: View;
  shown: RemedyView;
  names: ReadonlyMap<PersonId, string>;
  reader: PersonId;
  again: Again | undefined;
  /** What an address says of a remedy that is to be proposed: a list of what is owed leads here. */
  known: Known;
};

const RemediesPage = (props: Props) => {
  const { view, shown, names, again } = props;
  const { t } = view;
  const { place, remedies, closed, mayDecide } = shown;
  return (
    <Page
      view={view}
      title={t('remedy.title')}
      caption={textIn(t, place.file.title)}
      failed={again !== undefined}
      back={{ href: paths.offers(t.locale, place.round.id), text: t('offer.board.title') }}
    >
      <ErrorSummary t={t} errors={again?.errors} />
      <p>{t('remedy.text')}</p>
      <Owed t={t} place={place} />
      {remedies.length + closed.length === 0 && <Inset>{t('remedy.none')}</Inset>}
      {remedies.map((remedy) => (
        <OneRemedy {...props} remedy={remedy} />
      ))}
      <ClosedItems t={t} closed={closed} names={names} />
      <Promised t={t} promised={shown.promised} />
      {mayDecide && (
        <Proposing
          t={t}
          roundId={place.round.id}
          again={again}
          known={props.known}
          offering={place.round.state.stage === 'offers'}
        />
      )}
    </Page>
  );
};

const colours: Record<ShownRemedy['status'], Colour> = {
  waiting: 'yellow',
  granted: 'green',
  refused: 'grey',
};

const OneRemedy = (props: Props & { remedy: ShownRemedy }) => {
  const { view, shown, names, reader, remedy } = props;
  const { t } = view;
  const { number, kind, application, vacancies, until, by, at, said, status, ended, owed } = remedy;
  const zone = shown.place.file.timeZone;
  const who = (id: PersonId, when: Instant): string => `${names.get(id) ?? id}, ${t.moment(when, zone)}`;
  return (
    <section>
      <h2 class="govuk-heading-m">
        {t('remedy.number', { number, application })}{' '}
        <Tag colour={colours[status]}>{t(`remedy.status.${status}`)}</Tag>
      </h2>
      <Facts
        facts={[
          { name: t('remedy.kind'), value: t(`remedy.kind.${kind}`) },
          { name: t('remedy.vacancies'), value: vacancies.join(', ') },
          ...(until ? [{ name: t('remedy.untilSaid'), value: dateIn(t, until) }] : []),
          { name: t('capacity.proposed'), value: who(by, at) },
          { name: t('capacity.reason'), value: said ?? '–' },
          ...(ended ? [{ name: t('capacity.ended'), value: who(ended.by, ended.at) }] : []),
          ...(ended?.said === undefined ? [] : [{ name: t('capacity.endedReason'), value: ended.said }]),
          ...(status === 'granted' && kind !== 'next-intake'
            ? [{ name: t('remedy.owed'), value: owed.join(', ') || t('remedy.owed.nothing') }]
            : []),
        ]}
      />
      {status === 'waiting' && shown.mayDecide && (
        <>
          {by === reader ? <p>{t('capacity.own')}</p> : <Confirming {...props} />}
          <Refusing {...props} />
        </>
      )}
    </section>
  );
};

const Confirming = ({ view: { t }, shown, remedy }: Props & { remedy: ShownRemedy }) => (
  <form
    method="post"
    action={`${paths.remedies(t.locale, shown.place.round.id)}/${remedy.number}/confirmation`}
  >
    <p>{t('capacity.follows', { count: remedy.offers ?? 0 })}</p>
    <Hidden name="confirmed" value={remedy.offers ?? 0} />
    <Button>{t('remedy.confirm')}</Button>
  </form>
);

const Refusing = ({ view: { t }, shown, remedy, again }: Props & { remedy: ShownRemedy }) => {
  const own = again?.number === remedy.number ? again : undefined;
  const name = because(remedy.number);
  return (
    <Details summary={t('capacity.refuse.title')} open={own !== undefined}>
      <form
        method="post"
        action={`${paths.remedies(t.locale, shown.place.round.id)}/${remedy.number}/refusal`}
        novalidate
      >
        <TextArea
          t={t}
          name={name}
          label={t('capacity.reason')}
          rows={3}
          value={own ? one(own.typed, name) : ''}
          errors={own?.errors}
        />
        <Button kind="warning">{t('capacity.refuse')}</Button>
      </form>
    </Details>
  );
};
