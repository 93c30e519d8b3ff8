import type { Context } from 'hono';
import type { CandidacyCommand } from '#functions/commands/candidacies.ts';
import { writeNote } from '#functions/commands/interview-notes.ts';
import {
  draftInterviewCard,
  recordAttendance,
  scoreInterview,
} from '#functions/commands/interview-scorecards.ts';
import { type OneInterview, type StationCard, viewOneInterview } from '#functions/commands/interview-view.ts';
import { ApplicationId } from '#shared/domain/ids.ts';
import { type Action, permit } from '#shared/domain/permission.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Hidden } from '../fields.tsx';
import { fieldErrors, one, readTyped, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type Again, changedMeanwhile } from '../scoring/card-form.tsx';
import { errorsByCriterion } from '../scoring/faults.ts';
import { cardIn } from '../scoring/points.tsx';
import { type View, viewOf } from '../view.ts';
import { CardCounts, PartsOf, panelNames } from './interview-parts.tsx';
import { Kit } from './kit.tsx';
import { NoteForm, OtherNotes } from './notes.tsx';
import { Others, OwnStations, Scorecard } from './station-cards.tsx';

/** One interview with its scorecard; here the applicant has a name. */
export const showInterview = (deps: WebDeps) => async (c: Context) => await interviewPage(deps, c);

const interviewPage = async (
  deps: WebDeps,
  c: Context,
  refused?: Again,
  status: 200 | 409 | 422 = 200,
): Promise<Response> => {
  const command = interviewOf(c, 'interview.read');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await viewOneInterview(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  const asked = refused ? stationIn(refused.typed) : c.req.query('station');
  const chosen = chosenCard(found.value, asked);
  const page = <InterviewPage view={viewOf(c)} interview={found.value} chosen={chosen} refused={refused} />;
  return c.html(page, status);
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
export const postScorecard = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const command = interviewOf(c, 'interview.score');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const isDraft = one(typed, 'as') === 'draft';
  const save = isDraft ? draftInterviewCard : scoreInterview;
  const saved = await save(deps, { ...command.value, ...cardIn(typed), station: stationIn(typed) });
  if (saved.ok) return back(c, command.value, isDraft ? 'scoring.done.draft' : 'interview.done.scored');
  const { error } = saved;
  if (error.kind === 'changed-meanwhile')
    return await interviewPage(deps, c, changedMeanwhile(t, typed), 409);
  if (error.kind !== 'invalid') return refusalPage(c, error);
  return await interviewPage(deps, c, { typed, errors: fieldErrors(error.faults, t) }, 422);
};

/** Keeps what the visitor wrote down. */
export const postNote = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const command = interviewOf(c, 'interview.score');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const kept = await writeNote(deps, { ...command.value, note: one(typed, 'note') });
  if (kept.ok) return back(c, command.value, 'kit.done.noted');
  if (kept.error.kind !== 'invalid') return refusalPage(c, kept.error);
  return await interviewPage(deps, c, { typed, errors: fieldErrors(kept.error.faults, t) }, 422);
};

/** The secretary notes who did not come. */
export const postAttendance = (deps: WebDeps) => async (c: Context) => {
  const command = interviewOf(c, 'interview.attend');
  if (!command.ok) return refusalPage(c, command.error);
  const came = one(await readTyped(c), 'came') === 'yes';
  const noted = await recordAttendance(deps, { ...command.value, came });
  return noted.ok ? back(c, command.value, 'interview.done.noted') : refusalPage(c, noted.error);
};

const interviewOf = (c: Context, action: Action): Result<CandidacyCommand, Refusal> => {
  const command = roundCommand(c, action);
  if (!command.ok) return command;
  const id = ApplicationId.safeParse(c.req.param('application'));
  return id.success
    ? ok({ ...command.value, applicationId: id.data })
    : refuse({ kind: 'not-found', what: 'application' });
};

const back = (c: Context, { roundId, applicationId }: CandidacyCommand, key: string): Response =>
  c.redirect(`${paths.interviewed(viewOf(c).t.locale, roundId, applicationId)}?done=${key}`, 303);

type PageProps = {
  view: View;
  interview: OneInterview;
  /** The station whose card is open. */
  chosen: StationCard | undefined;
  refused: Again | undefined;
};

const InterviewPage = ({ view, interview, chosen, refused }: PageProps) => {
  const { t } = view;
  const { place, line, name, booked } = interview;
  const { round, file } = place;
  const may = (action: Action): boolean => permit(action, place.by.role, round.state.stage).ok;
  return (
    <Page
      view={view}
      title={name === '' ? line.number : name}
      caption={`${t('apply.numberName')} ${line.number}`}
      failed={refused !== undefined}
      back={{ href: paths.interviews(t.locale, round.id), text: t('interview.title') }}
    >
      <ErrorSummary t={t} errors={errorsByCriterion(t, file.interviews.criteria, refused?.errors)} />
      <Inset>{t('interview.logged')}</Inset>
      <About t={t} interview={interview} />
      {booked && may('interview.attend') && <Attendance t={t} interview={interview} />}
      <OwnStations t={t} interview={interview} chosen={chosen} />
      <Kit t={t} criteria={(chosen?.station ?? file.interviews).criteria} />
      {booked && !line.missed && chosen && may('interview.score') && (
        <>
          <NoteForm t={t} interview={interview} refused={refused} />
          <Scorecard t={t} interview={interview} chosen={chosen} refused={refused} />
        </>
      )}
      <OtherNotes t={t} notes={interview.otherNotes} />
      {interview.others && <Others t={t} interview={interview} />}
    </Page>
  );
};

const About = ({ t, interview }: { t: Translator; interview: OneInterview }) => {
  const { place, line, booked } = interview;
  const { file } = place;
  return (
    <Facts
      facts={[
        {
          name: t('interview.starts'),
          value: booked ? t.moment(booked.slot.startsAt, file.timeZone) : t('interview.notBooked'),
        },
        ...(booked?.parts.some(({ panel }) => panel)
          ? [{ name: t('panel.panel'), value: panelNames(t, booked.parts) }]
          : []),
        {
          name: t('interview.place'),
          value: booked ? <PartsOf t={t} parts={booked.parts} zone={file.timeZone} /> : '–',
        },
        { name: t('interview.cards'), value: <CardCounts t={t} line={line} /> },
        ...(interview.adjustments === undefined
          ? []
          : [
              {
                name: t('interview.adjustments'),
                value: <span class="typed">{interview.adjustments}</span>,
              },
            ]),
        ...(line.missed ? [{ name: t('interview.attendance'), value: t('interview.missed') }] : []),
      ]}
    />
  );
};

const Attendance = ({ t, interview: { place, line } }: { t: Translator; interview: OneInterview }) => (
  <form method="post" action={paths.attendance(t.locale, place.round.id, line.applicationId)}>
    <Hidden name="came" value={line.missed ? 'yes' : 'no'} />
    <Button kind={line.missed ? 'secondary' : 'warning'}>
      {t(line.missed ? 'interview.cameAfterAll' : 'interview.noteMissed')}
    </Button>
  </form>
);
