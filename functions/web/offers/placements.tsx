import type { Context } from 'hono';
import { type ClosedItem, namedIn } from '#functions/commands/closed-items.ts';
import { refusalOf } from '#functions/commands/deferrals.ts';
import { nameSchoolContact, type PlacementView, roundPlacements } from '#functions/commands/placements.ts';
import { type SchoolContact, schoolContacts } from '#functions/commands/school-contacts.ts';
import { namesOf } from '#functions/commands/staff-names.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { PersonId, PlacementId } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { roundIdOf } from '../acting.ts';
import { ClosedItems } from '../closed-items.tsx';
import type { WebDeps } from '../deps.ts';
import { Button } from '../fields.tsx';
import { one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { Facts } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { schoolName } from '../words.ts';
import { Checklist } from './checklist.tsx';
import { DecidingDeferral } from './deferral.tsx';
import { tickFrom, undoFrom } from './ticking.ts';

/** Every placement of a round by its vacancy, with who confirms for the school. */
export const showPlacements = (deps: WebDeps) => async (c: Context) => {
  const roundId = roundIdOf(c);
  if (!roundId) return refusalPage(c, { kind: 'not-found', what: 'round' });
  const by = requireActor(c, ['administrator', 'auditor']);
  const found = await roundPlacements(deps, { by, roundId });
  if (!found.ok) return refusalPage(c, found.error);
  // An auditor sees no names; nor does anybody name one once the round is over.
  const schools = await schoolContacts(deps, { by, roundId });
  const said = new Map<string, string>();
  for (const { placement } of schools.ok ? found.value.placements : []) {
    const reason = await refusalOf(deps, placement);
    if (reason !== undefined) said.set(placement.id, reason);
  }
  return c.html(
    <PlacementsPage
      view={viewOf(c)}
      roundId={roundId}
      placements={found.value.placements}
      closed={found.value.closed}
      names={await namesOf(deps, namedIn(found.value.closed))}
      schools={schools.ok ? schools.value : undefined}
      said={said}
      now={deps.clock.now()}
    />,
  );
};

export const postTick = (deps: WebDeps) => act(deps, tickFrom);
export const postUndo = (deps: WebDeps) => act(deps, undoFrom);

/** Names who confirms for the school. */
export const postSchool = (deps: WebDeps) =>
  act(deps, async (_deps, c, command, back) => {
    const personId = PersonId.safeParse(one(await readTyped(c), 'person'));
    if (!personId.success) return refusalPage(c, { kind: 'not-found', what: 'person' });
    const named = await nameSchoolContact(deps, { ...command, personId: personId.data });
    return named.ok ? c.redirect(`${back}?done=placement.done.named`, 303) : refusalPage(c, named.error);
  });

const act = (deps: WebDeps, work: typeof tickFrom) => async (c: Context) => {
  const roundId = roundIdOf(c);
  const id = PlacementId.safeParse(c.req.param('placement'));
  if (!roundId || !id.success) return refusalPage(c, { kind: 'not-found', what: 'placement' });
  const command = { by: requireActor(c, rolesFor('placement.assign')), placementId: id.data, roundId };
  return await work(deps, c, command, paths.placements(viewOf(c).t.locale, roundId));
};

type PageProps = {
  view: View;
  roundId: string;
  placements: readonly PlacementView[];
  closed: readonly ClosedItem[];
  names: ReadonlyMap<PersonId, string>;
  schools: readonly SchoolContact[] | undefined;
  /** Why later days were refused, by the placement. */
  said: ReadonlyMap<string, string>;
  now: string;
};

const PlacementsPage = ({ view, placements, closed, names, ...rest }: PageProps) => {
  const { t } = view;
  const { roundId, schools } = rest;
  const asking = placements.filter(isAsking);
  const others = placements.filter((of) => !isAsking(of));
  const complete = placements.filter(({ placement }) => placement.status === 'complete').length;
  return (
    <Page view={view} title={t('placement.all.title')} back={{ href: paths.managed(t.locale, roundId) }}>
      {(placements.length > 0 || closed.length === 0) && (
        <p>{t('placement.all.count', { count: placements.length, complete })}</p>
      )}
      {schools && asking.length > 0 && <p>{t('deferral.staff.count', { count: asking.length })}</p>}
      {schools?.length === 0 && <p>{t('placement.all.noContacts')}</p>}
      {[...asking, ...others].map((of) => (
        <One view={view} of={of} {...rest} />
      ))}
      <ClosedItems t={t} closed={closed} names={names} />
    </Page>
  );
};

/** Waits for an administrator to decide. */
const isAsking = ({ placement: { status, deferral } }: PlacementView): boolean =>
  status === 'open' && deferral?.status === 'asked';

type OneProps = Omit<PageProps, 'placements' | 'closed' | 'names'> & { of: PlacementView };

const One = ({ view: { t }, roundId, of, schools, said, now }: OneProps) => {
  const { placement, vacancy } = of;
  const address = `${paths.placements(t.locale, roundId)}/${placement.id}`;
  const contact = schools?.find(({ personId }) => personId === placement.school);
  return (
    <section>
      <h2 class="govuk-heading-m">
        {vacancy.code}, {schoolName(t, vacancy)}
      </h2>
      <Facts
        facts={[
          { name: t('apply.numberName'), value: placement.number },
          { name: t('placement.status'), value: t(`placement.status.${placement.status}`) },
          {
            name: t('placement.contact'),
            value:
              contact?.name ?? t(placement.school ? 'placement.contact.named' : 'placement.contact.none'),
          },
        ]}
      />
      <Checklist
        t={t}
        of={of}
        owner={schools ? 'administrator' : undefined}
        now={now}
        addresses={{ tick: `${address}/items`, undo: `${address}/undo` }}
      />
      {schools && (
        <DecidingDeferral t={t} of={of} address={`${address}/deferral`} said={said.get(placement.id)} />
      )}
      {schools && schools.length > 0 && placement.status !== 'closed' && (
        <form method="post" action={`${address}/school`}>
          <ContactSelect t={t} id={placement.id} schools={schools} chosen={placement.school} />
          <Button kind="secondary">{t('placement.contact.name')}</Button>
        </form>
      )}
    </section>
  );
};

/** Several of these stand on one page: their ids differ, their name does not. */
const ContactSelect = ({
  t,
  id,
  schools,
  chosen,
}: {
  t: View['t'];
  id: string;
  schools: readonly SchoolContact[];
  chosen: string | undefined;
}) => (
  <div class="govuk-form-group">
    <label class="govuk-label govuk-label--s" for={`person-${id}`}>
      {t('placement.contact')}
    </label>
    <select class="govuk-select" id={`person-${id}`} name="person">
      {schools.map(({ personId, name }) => (
        <option value={personId} selected={personId === chosen}>
          {name}
        </option>
      ))}
    </select>
  </div>
);
