import type { Context } from 'hono';
import type { InterviewCommand } from '#functions/commands/interview-holding.ts';
import { writeNote } from '#functions/commands/interview-notes.ts';
import {
  draftInterviewCard,
  recordAttendance,
  scoreInterview,
} from '#functions/commands/interview-scorecards.ts';
import { type OneInterview, type StationCard, viewOneInterview } from '#functions/commands/one-interview.ts';
import { type Action, permit } from '#shared/domain/permission.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { ok, type Result } from '#shared/result.ts';
import { candidacyCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Hidden } from '../fields.tsx';
import { fieldErrors, one, readTyped, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { owedPaths } from '../owed/paths.ts';
import { Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type Again, changedMeanwhile } from '../scoring/card-form.tsx';
import { errorsByCriterion } from '../scoring/faults.ts';
import { cardIn } from '../scoring/points.tsx';
import { type View, viewOf } from '../view.ts';
import { heldPaths } from './held-paths.ts';
import { CardCounts, PartsOf, panelNames } from './interview-parts.tsx';
import { Judging } from './judging.tsx';
import { Arranging, Needs, neededOf } from './needs.tsx';
import { OtherNotes } from './notes.tsx';
import { Others, OwnStations } from './station-cards.tsx';

/** Which interview of an application the pages are about: that of the stage, or one that was owed and is held later. */
type Whose = 'own-stage' | 'owed';

const actions = {
  'own-stage': {
    read: 'interview.read',
    score: 'interview.score',
    attend: 'interview.attend',
    plan: 'interview.plan',
  },
  owed: {
    read: 'owed-interview.attend',
    score: 'owed-interview.score',
    attend: 'owed-interview.plan',
    plan: 'owed-interview.plan',
  },
} as const satisfies Record<Whose, Record<string, Action>>;

/** One interview with its scorecard; here the applicant has a name. */
export const showInterview =
  (deps: WebDeps, whose: Whose = 'own-stage') =>
  async (c: Context) =>
    await interviewPage(deps, c, { whose });

type Drawn = { whose: Whose; refused?: Again; status?: 409 | 422 };

const interviewPage = async (
  deps: WebDeps,
  c: Context,
  { whose, refused, status }: Drawn,
): Promise<Response> => {
  const command = interviewOf(c, whose, 'read');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await viewOneInterview(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  const asked = refused ? stationIn(refused.typed) : c.req.query('station');
  const chosen = chosenCard(found.value, asked);
  const page = <InterviewPage view={viewOf(c)} interview={found.value} chosen={chosen} refused={refused} />;
  return c.html(page, status ?? 200);
};

/** The station that a form is of; nothing where interviews are held in one piece. */
const stationIn = (typed: Typed): string | undefined => one(typed, 'station') || undefined;

/** The station that was asked for; else the first one without an own card, or the first. */
const chosenCard = ({ cards }: OneInterview, asked: string | undefined): StationCard | undefined => {
  const sitting = cards.filter(({ sits }) => sits);
  return (
    sitting.find(({ station }) => station.code === asked && asked !== undefined) ??
    sitting.find(({ own }) => !own) ??
    sitting[0]
  );
};

/** Gives the visitor's scorecard, or puts it aside; where another tab saved meanwhile, both are shown. */
export const postScorecard =
  (deps: WebDeps, whose: Whose = 'own-stage') =>
  async (c: Context) => {
    const { t } = viewOf(c);
    const command = interviewOf(c, whose, 'score');
    if (!command.ok) return refusalPage(c, command.error);
    const typed = await readTyped(c);
    const isDraft = one(typed, 'as') === 'draft';
    const save = isDraft ? draftInterviewCard : scoreInterview;
    const saved = await save(deps, { ...command.value, ...cardIn(typed), station: stationIn(typed) });
    if (saved.ok) return back(c, command.value, isDraft ? 'scoring.done.draft' : 'interview.done.scored');
    const { error } = saved;
    if (error.kind === 'changed-meanwhile')
      return await interviewPage(deps, c, { whose, refused: changedMeanwhile(t, typed), status: 409 });
    if (error.kind !== 'invalid') return refusalPage(c, error);
    const refused = { typed, errors: fieldErrors(error.faults, t) };
    return await interviewPage(deps, c, { whose, refused, status: 422 });
  };

/** Keeps what the visitor wrote down. */
export const postNote =
  (deps: WebDeps, whose: Whose = 'own-stage') =>
  async (c: Context) => {
    const { t } = viewOf(c);
    const command = interviewOf(c, whose, 'score');
    if (!command.ok) return refusalPage(c, command.error);
    const typed = await readTyped(c);
    const kept = await writeNote(deps, {
      ...command.value,
      note: one(typed, 'note'),
      station: stationIn(typed),
    });
    if (kept.ok) return back(c, command.value, 'kit.done.noted', stationIn(typed));
    if (kept.error.kind !== 'invalid') return refusalPage(c, kept.error);
    const refused = { typed, errors: fieldErrors(kept.error.faults, t) };
    return await interviewPage(deps, c, { whose, refused, status: 422 });
  };

/** The secretary notes who did not come. */
export const postAttendance =
  (deps: WebDeps, whose: Whose = 'own-stage') =>
  async (c: Context) => {
    const command = interviewOf(c, whose, 'attend');
    if (!command.ok) return refusalPage(c, command.error);
    const came = one(await readTyped(c), 'came') === 'yes';
    const noted = await recordAttendance(deps, { ...command.value, came });
    return noted.ok ? back(c, command.value, 'interview.done.noted') : refusalPage(c, noted.error);
  };

const interviewOf = (
  c: Context,
  whose: Whose,
  doing: keyof (typeof actions)[Whose],
): Result<InterviewCommand, Refusal> => {
  const command = candidacyCommand(c, actions[whose][doing]);
  return command.ok && whose === 'owed' ? ok({ ...command.value, owed: true }) : command;
};

const back = (
  c: Context,
  { roundId, applicationId, owed }: InterviewCommand,
  key: string,
  station?: string,
): Response => {
  const page = (owed ? owedPaths.held : paths.interviewed)(viewOf(c).t.locale, roundId, applicationId);
  const open = station === undefined ? '' : `&station=${encodeURIComponent(station)}`;
  return c.redirect(`${page}?done=${key}${open}`, 303);
};

type PageProps = {
  view: View;
  interview: OneInterview;
  /** The station whose card is open. */
  chosen: StationCard | undefined;
  refused: Again | undefined;
};

const InterviewPage = ({ view, interview, chosen, refused }: PageProps) => {
  const { t } = view;
  const { place, line, name, booked, owed, counted } = interview;
  const { round, file } = place;
  const own = actions[owed ? 'owed' : 'own-stage'];
  const may = (action: Action): boolean => permit(action, place.by.role, round.state.stage).ok && !counted;
  const writing = booked && !line.missed && may(own.score) ? chosen : undefined;
  return (
    <Page
      view={view}
      title={name === '' ? line.number : name}
      caption={`${t('apply.numberName')} ${line.number}`}
      failed={refused !== undefined}
      back={backOf(t, interview)}
    >
      <ErrorSummary t={t} errors={errorsByCriterion(t, file.interviews.criteria, refused?.errors)} />
      <AfterItsStage t={t} interview={interview} />
      <Inset>{t('interview.logged')}</Inset>
      <About t={t} interview={interview} />
      {may(own.plan) && <Arranging t={t} interview={interview} />}
      {booked && may(own.attend) && <Attendance t={t} interview={interview} />}
      <OwnStations t={t} interview={interview} chosen={chosen} />
      <Judging t={t} interview={interview} chosen={chosen} writing={writing} refused={refused} />
      <OtherNotes t={t} interview={interview} />
      {interview.others && <Others t={t} interview={interview} />}
    </Page>
  );
};

const backOf = (t: Translator, { owed, place: { round }, line }: OneInterview) =>
  owed
    ? { href: owedPaths.one(t.locale, round.id, line.applicationId), text: t('owed-interview.title') }
    : { href: paths.interviews(t.locale, round.id), text: t('interview.title') };

const AfterItsStage = ({ t, interview: { owed, counted } }: { t: Translator; interview: OneInterview }) => (
  <>
    {owed && <p>{t('owed-interview.held')}</p>}
    {counted && <p>{t('owed-interview.held.counted')}</p>}
  </>
);

const About = ({ t, interview }: { t: Translator; interview: OneInterview }) => {
  const { place, line, booked } = interview;
  const { file } = place;
  return (
    <Facts
      facts={[
        {
          name: t('interview.starts'),
          value: startText(t, interview),
        },
        ...(booked?.parts.some(({ panel }) => panel)
          ? [{ name: t('panel.panel'), value: panelNames(t, booked.parts) }]
          : []),
        {
          name: t('interview.place'),
          value: booked ? <PartsOf t={t} parts={booked.parts} zone={file.timeZone} /> : '–',
        },
        { name: t('interview.cards'), value: <CardCounts t={t} line={line} /> },
        ...(interview.needs
          ? [{ name: t('interview.adjustments'), value: <Needs t={t} of={interview.needs} /> }]
          : []),
        ...(interview.told.length > 0
          ? [{ name: t('interview.told'), value: neededOf(t, interview.told) }]
          : []),
        ...(line.missed ? [{ name: t('interview.attendance'), value: t('interview.missed') }] : []),
      ]}
    />
  );
};

const startText = (t: Translator, { place, booked, calledOff }: OneInterview): string => {
  const { timeZone } = place.file;
  if (booked) return t.moment(booked.slot.startsAt, timeZone);
  if (!calledOff) return t('interview.notBooked');
  const { startsAt, heldAfter } = calledOff;
  return t(heldAfter ? 'interview.calledOff.stage' : 'interview.notBooked.calledOff', {
    at: t.moment(startsAt, timeZone),
  });
};

const Attendance = ({ t, interview }: { t: Translator; interview: OneInterview }) => {
  const { line, beginsAt, place } = interview;
  if (beginsAt) {
    return <p>{t('interview.noteMissed.from', { at: t.moment(beginsAt, place.file.timeZone) })}</p>;
  }
  return (
    <form method="post" action={heldPaths.attendance(t.locale, interview)}>
      <Hidden name="came" value={line.missed ? 'yes' : 'no'} />
      <Button kind={line.missed ? 'secondary' : 'warning'}>
        {t(line.missed ? 'interview.cameAfterAll' : 'interview.noteMissed')}
      </Button>
    </form>
  );
};
