import type { Context } from 'hono';
import type { CandidacyCommand } from '#functions/commands/candidacies.ts';
import { writeNote } from '#functions/commands/interview-notes.ts';
import {
  draftInterviewCard,
  recordAttendance,
  scoreInterview,
} from '#functions/commands/interview-scorecards.ts';
import { type OneInterview, viewOneInterview } from '#functions/commands/interview-view.ts';
import { ApplicationId } from '#shared/domain/ids.ts';
import { type Action, permit } from '#shared/domain/permission.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Hidden } from '../fields.tsx';
import { fieldErrors, one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { Facts, Inset, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type Again, CardForm, changedMeanwhile } from '../scoring/card-form.tsx';
import { errorsByCriterion } from '../scoring/faults.ts';
import { SaidByOthers } from '../scoring/others.tsx';
import { cardIn } from '../scoring/points.tsx';
import { type View, viewOf } from '../view.ts';
import { Kit } from './kit.tsx';
import { NoteForm, OtherNotes } from './notes.tsx';

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
  return c.html(<InterviewPage view={viewOf(c)} interview={found.value} refused={refused} />, status);
};

/** Gives the visitor's scorecard, or puts it aside; where another tab saved meanwhile, both are shown. */
export const postScorecard = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const command = interviewOf(c, 'interview.score');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const isDraft = one(typed, 'as') === 'draft';
  const save = isDraft ? draftInterviewCard : scoreInterview;
  const saved = await save(deps, { ...command.value, ...cardIn(typed) });
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

type PageProps = { view: View; interview: OneInterview; refused: Again | undefined };

const InterviewPage = ({ view, interview, refused }: PageProps) => {
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
      <Kit t={t} criteria={file.interviews.criteria} />
      {booked && !line.missed && line.sits && may('interview.score') && (
        <>
          <NoteForm t={t} interview={interview} refused={refused} />
          <Scorecard t={t} interview={interview} refused={refused} />
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
        ...(booked?.panel
          ? [{ name: t('panel.panel'), value: t('panel.number', { number: booked.panel.number }) }]
          : []),
        { name: t('interview.place'), value: booked?.where ?? '–' },
        {
          name: t('interview.cards'),
          value: t('common.of', { position: line.given, count: line.needed }),
        },
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

type ScorecardProps = { t: Translator; interview: OneInterview; refused: Again | undefined };

const Scorecard = ({ t, interview: { place, line, own, card }, refused }: ScorecardProps) => {
  const { interviews, cards } = place.file;
  return (
    <section>
      <h2 class="govuk-heading-m">{t('interview.scorecard')}</h2>
      {own?.counts === false && <p>{t('interview.tooLittle')}</p>}
      <CardForm
        t={t}
        action={paths.interviewed(t.locale, place.round.id, line.applicationId)}
        criteria={interviews.criteria}
        confidence={interviews.confidence}
        rule={cards}
        own={card}
        again={refused}
        give={t(own ? 'interview.changeCard' : 'interview.giveCard')}
      />
    </section>
  );
};

/** Shown only to who has given a scorecard. */
const Others = ({ t, interview: { own, others = [] } }: { t: Translator; interview: OneInterview }) => (
  <>
    <Table
      caption={t('interview.totals')}
      head={[t('interview.card'), t('committee.total')]}
      numeric={[1]}
      rows={[
        [t('interview.mine'), own ? t.number(own.total) : '–'],
        ...others.map(({ total }, index) => [t('interview.other', { number: index + 1 }), t.number(total)]),
      ]}
    />
    <SaidByOthers
      said={others.map(({ comments }, index) => [t('interview.other', { number: index + 1 }), comments])}
    />
  </>
);
