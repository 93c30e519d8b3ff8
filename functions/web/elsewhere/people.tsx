import type { Context } from 'hono';
import { resultsForm, resultsSent } from '#functions/commands/brought-results.ts';
import { bringArrivals, confirmArrivals, refuseArrivals } from '#functions/commands/elsewhere-arrivals.ts';
import { type ArrivalsView, giveElsewhere, viewArrivals } from '#functions/commands/elsewhere-giving.ts';
import { openOutcomeFile } from '#functions/commands/elsewhere-outcome.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { statusOf } from '#functions/http/problem.ts';
import { DocumentId } from '#shared/domain/ids.ts';
import { addSeconds } from '#shared/domain/time.ts';
import { readUtf8 } from '#shared/domain/utf8.ts';
import type { Fault } from '#shared/errors.ts';
import type { MessageKey } from '#shared/i18n/index.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, Hidden } from '../fields.tsx';
import { bytesOf, one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { Faults } from '../manage/faults.tsx';
import { Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { arrivalOf, donePeople, noPage } from './arrival-of.ts';
import { Arrivals, type Bringing, BringPeople } from './arrivals.tsx';
import { Order } from './order.tsx';
import { SaidSoFar, type TypedSaid } from './said.tsx';
import { rulingFrom, Twins } from './twins.tsx';

/** People of other regions for the own empty posts, by name; every look is logged. */
export const showPeople = (deps: WebDeps) => async (c: Context) => await peoplePage(deps, c);

/** The page with what is wrong with a file that was brought, or with what was typed. */
export const peoplePage = async (
  deps: WebDeps,
  c: Context,
  again?: { faults: readonly Fault[]; status: ReturnType<typeof statusOf>; typed?: TypedSaid },
): Promise<Response> => {
  const command = roundCommand(c, 'elsewhere.receive');
  const found = command.ok ? await viewArrivals(deps, command.value) : command;
  if (!command.ok || !found.ok) return refusalPage(c, found.ok ? noPage : found.error);
  const { mayReceive, place } = found.value;
  const zone = place.work.file.timeZone;
  const faults = again?.faults ?? [];
  const bringing = mayReceive ? await bringingOf(deps, c, { ...command.value, zone, faults }) : undefined;
  const missed = bringing?.missed ?? [];
  const props = {
    view: viewOf(c),
    of: found.value,
    reader: command.value.by.id,
    bringing,
    typed: again?.typed,
  };
  if (!missed.length) return c.html(<PeoplePage {...props} faults={faults} />, again?.status ?? 200);
  // The address may say that they are there: who comes from storage is told so by it.
  const view = { ...props.view, notice: undefined };
  return c.html(<PeoplePage {...props} view={view} faults={[...faults, ...missed]} />, 422);
};

/**
 * The results that storage has by now; else a form that takes them there and comes back to this page, with what is wrong with those that the address names. After a fault of theirs others
 * are needed.
 */
const bringingOf = async (
  deps: WebDeps,
  c: Context,
  { zone, faults, ...command }: CommitteeCommand & { zone: string; faults: readonly Fault[] },
): Promise<(Bringing & { missed?: readonly Fault[] }) | undefined> => {
  const named = DocumentId.safeParse(c.req.query('results') ?? one(await readTyped(c), 'results'));
  const isRefused = faults.some(({ place }) => place === 'bundle');
  const sent = named.success
    ? await resultsSent(deps, { roundId: command.roundId, id: named.data })
    : undefined;
  if (named.success && sent?.ok && !isRefused) return { results: named.data };
  const here = paths.elsewherePeople(viewOf(c).t.locale, command.roundId);
  const redirect = (id: DocumentId): string =>
    `${deps.publicOrigin}${here}?results=${id}&done=elsewhere.done.resultsSent`;
  const form = await resultsForm(deps, { ...command, redirect });
  if (!form.ok) return undefined;
  const { upload, seconds } = form.value;
  // Lets this page, and only this one, post to the storage.
  c.set('formTarget', new URL(upload.url, deps.publicOrigin).origin);
  const until = viewOf(c).t.moment(addSeconds(deps.clock.now(), seconds), zone);
  const over: MessageKey = 'apply.done.formOver';
  const missed = !isRefused && sent && !sent.ok && sent.error.kind === 'invalid' ? sent.error.faults : [];
  return { upload, renewed: { until, here, over: `${here}?done=${over}` }, missed };
};

export const postPeople = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'elsewhere.receive');
  if (!command.ok) return refusalPage(c, command.error);
  const file = await bytesOf(c, 'packet');
  const id = DocumentId.safeParse(one(await readTyped(c), 'results'));
  // Without results the form is none of ours: the packet is looked at, and they are missed.
  const bundle = id.success ? { id: id.data } : '';
  const brought = file.ok
    ? await bringArrivals(deps, { ...command.value, packet: readUtf8(file.value) ?? '', bundle })
    : file;
  if (brought.ok) return donePeople(c, brought.value.isKnown ? 'known' : 'peopleBrought');
  if (brought.error.kind !== 'invalid') return refusalPage(c, brought.error);
  return await peoplePage(deps, c, { faults: brought.error.faults, status: statusOf(brought.error) });
};

/** Lets as many people count as the page showed. */
export const postPeopleConfirmation = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'elsewhere.receive');
  const arrival = arrivalOf(c);
  if (!command.ok || !arrival) return refusalPage(c, command.ok ? noPage : command.error);
  const confirmed = Number(one(await readTyped(c), 'confirmed'));
  const counted = await confirmArrivals(deps, { ...command.value, arrival, confirmed });
  return counted.ok ? donePeople(c, 'peopleConfirmed') : refusalPage(c, counted.error);
};

export const postPeopleRefusal = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'elsewhere.receive');
  const arrival = arrivalOf(c);
  if (!command.ok || !arrival) return refusalPage(c, command.ok ? noPage : command.error);
  const refused = await refuseArrivals(deps, { ...command.value, arrival });
  return refused.ok ? donePeople(c, 'peopleRefused') : refusalPage(c, refused.error);
};

/** Notes whether two people are one. */
export const postTwins = (deps: WebDeps) => async (c: Context) => {
  const ruled = await rulingFrom(deps, c);
  if (ruled.ok) return donePeople(c, 'twins');
  if (ruled.error.kind !== 'invalid') return refusalPage(c, ruled.error);
  return await peoplePage(deps, c, { faults: ruled.error.faults, status: statusOf(ruled.error) });
};

/** Decides on as many posts as the page showed. */
export const postGiving = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'elsewhere.give');
  if (!command.ok) return refusalPage(c, command.error);
  const confirmed = Number(one(await readTyped(c), 'confirmed'));
  const given = await giveElsewhere(deps, { ...command.value, confirmed });
  return given.ok ? donePeople(c, 'given') : refusalPage(c, given.error);
};

/** What became of the people of one packet, for their region. */
export const showOutcomeFile = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'elsewhere.receive');
  const arrival = arrivalOf(c);
  if (!command.ok || !arrival) return refusalPage(c, command.ok ? noPage : command.error);
  const found = await openOutcomeFile(deps, { ...command.value, arrival });
  return found.ok ? c.redirect(found.value.url, 303) : refusalPage(c, found.error);
};

export type PeopleProps = { view: View; of: ArrivalsView; reader: string };

type PageProps = PeopleProps & {
  faults: readonly Fault[];
  bringing: Bringing | undefined;
  typed: TypedSaid | undefined;
};

const PeoplePage = ({ faults, bringing, typed, ...props }: PageProps) => {
  const { view, of } = props;
  const { t } = view;
  const { place } = of;
  return (
    <Page
      view={view}
      title={t('elsewhere.people')}
      caption={textIn(t, place.work.file.title)}
      failed={faults.length > 0}
      back={{ href: paths.elsewhere(t.locale, place.round.id), text: t('elsewhere.title') }}
      wide
    >
      <Faults t={t} faults={faults} />
      <p>{t('elsewhere.people.text')}</p>
      <Arrivals {...props} />
      {bringing && <BringPeople {...props} bringing={bringing} />}
      <Order {...props} />
      <Twins {...props} />
      <Giving {...props} />
      <SaidSoFar {...props} typed={typed} />
    </Page>
  );
};

const Giving = ({ view: { t }, of }: PeopleProps) => {
  const { place, mayGive, given } = of;
  const decided = place.record?.state.given;
  if (decided)
    return (
      <Inset>
        {t('elsewhere.given', { at: t.moment(decided.at, place.work.file.timeZone), count: given })}
      </Inset>
    );
  if (!mayGive) return <Inset>{t('elsewhere.give.waits')}</Inset>;
  return (
    <form method="post" action={paths.giveElsewhere(t.locale, place.round.id)}>
      <p>{t('elsewhere.give.text')}</p>
      <Hidden name="confirmed" value={given} />
      <Button>{t('elsewhere.give', { count: given })}</Button>
    </form>
  );
};
