import type { Context } from 'hono';
import * as z from 'zod';
import { appoint, dismiss } from '#functions/commands/committee.ts';
import {
  type CandidateForSeat,
  candidatesForSeats,
  committeeView,
  type SeatView,
} from '#functions/commands/committee-view.ts';
import { type PracticeOverview, practiceOverview } from '#functions/commands/practice-views.ts';
import { unblindedOf } from '#functions/commands/unblinded.ts';
import { type Workplace, workplace } from '#functions/commands/workplace.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { faultText } from '#functions/http/refusal-text.ts';
import { SeatKind } from '#shared/domain/committee.ts';
import { lacksOf } from '#shared/domain/committee-changes.ts';
import { PersonId } from '#shared/domain/ids.ts';
import { permit, rolesFor } from '#shared/domain/permission.ts';
import type { Fault } from '#shared/errors.ts';
import { roundIdOf } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Hidden } from '../fields.tsx';
import { readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { Inset, Source, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { Balance, SeatPractice } from '../practice/seats.tsx';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { Appointing } from './appointing.tsx';
import { workOf } from './round-of.ts';

/** Who sits on the committee, what it lacks, and who could be given a seat. */
export const showSeats = (deps: WebDeps) => async (c: Context) => {
  const roundId = roundIdOf(c);
  if (!roundId) return refusalPage(c, { kind: 'not-found', what: 'round' });
  const found = await workplace(
    deps,
    { roundId, by: requireActor(c, rolesFor('committee.read')) },
    'committee.read',
  );
  if (!found.ok) return refusalPage(c, found.error);
  const place = found.value;
  const { committee, seats } = await committeeView(deps, roundId);
  const appoints = permit('committee.appoint', place.by.role, place.round.state.stage).ok;
  const free = appoints ? await freeFor(deps, place) : undefined;
  const lacks = lacksOf(committee, place.file.committee);
  const practice = await practiceOverview(deps, { roundId, committee, file: place.file });
  return c.html(<SeatsPage view={viewOf(c)} {...{ place, seats, free, lacks, practice }} />);
};

/** Who may be chosen for a seat. */
const freeFor = async (deps: WebDeps, { round: { state: round }, file, committee }: Workplace) => {
  const seen = await unblindedOf(deps, { round, file, committee: committee?.state });
  return await candidatesForSeats(deps, committee?.state, {
    unblinded: seen.people,
    now: deps.clock.now(),
  });
};

const Appointment = z.object({ personId: PersonId, seat: SeatKind });

export const postSeat = (deps: WebDeps) => async (c: Context) => {
  const roundId = roundIdOf(c);
  const wanted = Appointment.safeParse(await readTyped(c));
  if (!roundId) return refusalPage(c, { kind: 'not-found', what: 'round' });
  if (!wanted.success) return refusalPage(c, { kind: 'not-found', what: 'person' });
  const by = requireActor(c, rolesFor('committee.appoint'));
  const given = await appoint(deps, { by, roundId, ...wanted.data });
  if (!given.ok) return refusalPage(c, given.error);
  return c.redirect(`${paths.seats(viewOf(c).t.locale, roundId)}?done=committee.done.appointed`, 303);
};

export const postDismissal = (deps: WebDeps) => async (c: Context) => {
  const roundId = roundIdOf(c);
  const wanted = z.object({ personId: PersonId }).safeParse(await readTyped(c));
  if (!roundId || !wanted.success) return refusalPage(c, { kind: 'not-found', what: 'person' });
  const by = requireActor(c, rolesFor('committee.appoint'));
  const ended = await dismiss(deps, { by, roundId, personId: wanted.data.personId });
  if (!ended.ok) return refusalPage(c, ended.error);
  return c.redirect(`${paths.seats(viewOf(c).t.locale, roundId)}?done=committee.done.dismissed`, 303);
};

type SeatsProps = {
  view: View;
  place: Workplace;
  seats: readonly SeatView[];
  /** Who could be given a seat; undefined for who only looks. */
  free: readonly CandidateForSeat[] | undefined;
  lacks: readonly Fault[];
  /** Undefined where the round asks for no practice. */
  practice: PracticeOverview | undefined;
};

const SeatsPage = ({ view, place, seats, free, lacks, practice }: SeatsProps) => {
  const { t } = view;
  const { round, file } = place;
  return (
    <Page
      view={view}
      title={t('committee.title')}
      caption={textIn(t, file.title)}
      back={{ href: workOf(t.locale, place) }}
    >
      {lacks.length > 0 && (
        <Inset>
          <p>{t('committee.lacks')}</p>
          <ul class="govuk-list govuk-list--bullet">
            {lacks.map((fault) => (
              <li>{faultText(fault, t)}</li>
            ))}
          </ul>
        </Inset>
      )}
      <Source t={t} of={file.committee} />
      <Table
        caption={t('committee.seats')}
        head={[
          t('committee.person'),
          t('committee.seat'),
          ...(practice ? [t('practice.column')] : []),
          ...(free ? [t('committee.change')] : []),
        ]}
        rows={seats.map((seat) => [
          seat.name,
          seatText(view, seat),
          ...(practice ? [<SeatPractice view={view} {...{ seat, place, practice }} />] : []),
          ...(free ? [<Dismiss view={view} {...{ seat, round }} />] : []),
        ])}
      />
      {practice && <Balance view={view} practice={practice} />}
      {free && <Appointing view={view} free={free} roundId={round.id} />}
    </Page>
  );
};

const seatText = ({ t }: View, { seat, left, standsInFor }: SeatView): string =>
  [
    t(`committee.seat.${seat}`),
    ...(left ? [t('committee.left')] : []),
    ...(standsInFor ? [t('committee.standsIn')] : []),
  ].join(', ');

const Dismiss = ({ view: { t }, seat, round }: { view: View; seat: SeatView; round: { id: string } }) =>
  seat.left ? null : (
    <form method="post" action={paths.dismiss(t.locale, round.id)}>
      <Hidden name="personId" value={seat.personId} />
      <button type="submit" class="link-button">
        {t('committee.dismiss')} <span class="govuk-visually-hidden">{seat.name}</span>
      </button>
    </form>
  );
