import type { Context } from 'hono';
import {
  moveInterviewStation,
  type StationCommand,
  type StationView,
  viewStation,
} from '#functions/commands/interview-station-moving.ts';
import { PanelId } from '#shared/domain/ids.ts';
import { readInstant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { candidacyCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Hidden, Select, TextField } from '../fields.tsx';
import { type FieldError, one, readTyped, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { localTextOf, readLocalTime } from '../manage/local-time.ts';
import { Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { stationWords } from '../stations.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { planErrors } from './plan-errors.ts';

const stationCommand = (c: Context): Result<StationCommand, Refusal> => {
  const command = candidacyCommand(c, 'interview.plan');
  const station = c.req.param('station');
  if (!command.ok) return command;
  return station ? ok({ ...command.value, station }) : refuse({ kind: 'not-found', what: 'slot' });
};

/** Before one station of a booked interview moves: where it is now, and where it may go. */
export const showStationMove = (deps: WebDeps) => async (c: Context) => {
  const command = stationCommand(c);
  return command.ok ? await movePage(deps, c, command.value) : refusalPage(c, command.error);
};

/** Moves it; what was typed comes back when it is refused. */
export const postStationMove = (deps: WebDeps) => async (c: Context) => {
  const command = stationCommand(c);
  if (!command.ok) return refusalPage(c, command.error);
  const { t } = viewOf(c);
  const seen = await viewStation(deps, command.value);
  if (!seen.ok) return refusalPage(c, seen.error);
  const typed = await readTyped(c);
  const startsAt = readLocalTime(one(typed, 'from'), seen.value.place.file.timeZone);
  const panel = PanelId.safeParse(one(typed, 'panel')).data;
  const errors = [
    ...(startsAt ? [] : [{ field: 'from', text: t('interview.fault.time') }]),
    ...(panel ? [] : [{ field: 'panel', text: t('station.fault.panel') }]),
  ];
  if (!startsAt || !panel) return await movePage(deps, c, command.value, { typed, errors });
  const was = wasIn(typed);
  if (!was) return refusalPage(c, { kind: 'changed-meanwhile' });
  const moved = await moveInterviewStation(deps, { ...command.value, was, startsAt, panel });
  if (moved.ok) {
    const plan = paths.interviews(t.locale, command.value.roundId);
    return c.redirect(`${plan}?done=station.done.moved`, 303);
  }
  if (moved.error.kind !== 'invalid') return refusalPage(c, moved.error);
  const refused = { typed, errors: await planErrors(deps, moved.error.faults, t) };
  return await movePage(deps, c, command.value, refused);
};

/** Where the station was when the form was drawn: whoever moved it meanwhile is not overruled unseen. */
const wasIn = (typed: Typed) => {
  const startsAt = readInstant(one(typed, 'wasAt'));
  const panel = PanelId.safeParse(one(typed, 'wasWith')).data;
  return startsAt && panel && { startsAt, panel };
};

type Again = { typed: Typed; errors: readonly FieldError[] };

const movePage = async (
  deps: WebDeps,
  c: Context,
  command: StationCommand,
  again?: Again,
): Promise<Response> => {
  const found = await viewStation(deps, command);
  if (!found.ok) return refusalPage(c, found.error);
  const view = viewOf(c);
  const { t } = view;
  const { place, candidacy, part, isHeld } = found.value;
  const { file } = place;
  const page = (
    <Page
      view={view}
      title={t('station.move.title')}
      caption={textIn(t, file.title)}
      failed={again !== undefined}
      back={{ href: paths.interviews(t.locale, command.roundId) }}
    >
      <ErrorSummary t={t} errors={again?.errors} />
      <Facts
        facts={[
          { name: t('apply.numberName'), value: <span class="whole">{candidacy.number}</span> },
          { name: t('interview.starts'), value: t.moment(part.startsAt, file.timeZone) },
          { name: t('interview.place'), value: stationWords(t, part, file.timeZone) },
        ]}
      />
      {isHeld ? (
        <Inset>{t('station.fault.scored')}</Inset>
      ) : (
        <MoveForm view={view} station={found.value} command={command} again={again} />
      )}
    </Page>
  );
  return c.html(page, again ? 422 : 200);
};

type FormProps = { view: View; station: StationView; command: StationCommand; again: Again | undefined };

const MoveForm = ({ view: { t }, station, command, again }: FormProps) => {
  const { place, part, panels } = station;
  const { timeZone } = place.file;
  const sent = (name: string, otherwise: string): string => (again ? one(again.typed, name) : otherwise);
  return (
    <>
      <p>{t('station.move.text')}</p>
      <form
        method="post"
        action={paths.stationMove(t.locale, command.roundId, command.applicationId, command.station)}
        novalidate
      >
        <Hidden name="wasAt" value={sent('wasAt', part.startsAt)} />
        <Hidden name="wasWith" value={sent('wasWith', part.panel?.id ?? '')} />
        <TextField
          t={t}
          name="from"
          label={t('station.move.from')}
          hint={t('manage.extend.hint', { zone: timeZone })}
          type="datetime-local"
          width={20}
          value={sent('from', localTextOf(part.startsAt, timeZone))}
          errors={again?.errors}
        />
        <Select
          t={t}
          name="panel"
          label={t('panel.panel')}
          value={sent('panel', part.panel?.id ?? '')}
          errors={again?.errors}
          options={panels.map(({ id, number }) => ({ value: id, text: t('panel.number', { number }) }))}
        />
        <Button>{t('station.move.press')}</Button>
      </form>
    </>
  );
};
