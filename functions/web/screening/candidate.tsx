import type { Context } from 'hono';
import type { CandidacyCommand } from '#functions/commands/candidacies.ts';
import { type CandidatePlace, candidatePlace } from '#functions/commands/candidate-views.ts';
import { declareOwnConflict } from '#functions/commands/conflicts.ts';
import { maxReason } from '#functions/commands/reasons.ts';
import type { ReleasedCopy } from '#functions/commands/released-copies.ts';
import { confirmJudgementOf, judgeApplication } from '#functions/commands/screening.ts';
import { Verdict } from '#shared/domain/candidacy.ts';
import { permit } from '#shared/domain/permission.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { Instant } from '#shared/domain/time.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { candidacyCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Hidden, Radios, TextArea } from '../fields.tsx';
import { type FieldError, one, readTyped, reasonError, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { ReleasedCopies, shownCopies } from '../redaction/released.tsx';
import { type View, viewOf } from '../view.ts';
import { AskForm, Inquiries } from './inquiry-parts.tsx';
import { BlindFactsList, ConflictForm, ExplainedRules, VerdictTag } from './parts.tsx';

export type Again = { typed: Typed; errors: readonly FieldError[] };

export const showCandidate = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'candidacy.read');
  return command.ok ? await candidatePage(deps, c, command.value) : refusalPage(c, command.error);
};

/** The page of one application; `again`: with what was typed into one of its forms and what is wrong with it. */
export const candidatePage = async (
  deps: WebDeps,
  c: Context,
  command: CandidacyCommand,
  again?: Again,
): Promise<Response> => {
  const found = await candidatePlace(deps, command);
  if (!found.ok) return refusalPage(c, found.error);
  const { role, round, file } = found.value;
  const copies = await shownCopies(deps, command, { role, round, file });
  const page = <CandidatePage view={viewOf(c)} place={found.value} again={again} copies={copies} />;
  return c.html(page, again ? 422 : 200);
};

/** A judgement, with its typed reason; what was typed comes back when it is refused. */
export const postJudgement = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'screening.judge');
  if (!command.ok) return refusalPage(c, command.error);
  const { t } = viewOf(c);
  const typed = await readTyped(c);
  const verdict = Verdict.safeParse(one(typed, 'verdict'));
  const redraw = (errors: readonly FieldError[]) => candidatePage(deps, c, command.value, { typed, errors });
  if (!verdict.success) return await redraw([{ field: 'verdict', text: t('screening.verdict.needed') }]);
  const reason = one(typed, 'reason');
  const judged = await judgeApplication(deps, { ...command.value, verdict: verdict.data, reason });
  if (judged.ok) {
    const list = paths.screening(t.locale, command.value.roundId);
    return c.redirect(`${list}?show=open&done=screening.done.judged`, 303);
  }
  const error = reasonError(judged.error, t);
  return error ? await redraw([error]) : refusalPage(c, judged.error);
};

/** Another member confirms what was judged; whoever sees it otherwise uses the form of the judgement. */
export const postConfirmation = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'screening.judge');
  if (!command.ok) return refusalPage(c, command.error);
  const judgedAt = Instant.safeParse(one(await readTyped(c), 'judgedAt'));
  if (!judgedAt.success) return refusalPage(c, { kind: 'changed-meanwhile' });
  const confirmed = await confirmJudgementOf(deps, { ...command.value, judgedAt: judgedAt.data });
  if (!confirmed.ok) return refusalPage(c, confirmed.error);
  const list = paths.screening(viewOf(c).t.locale, command.value.roundId);
  return c.redirect(`${list}?show=open&done=screening.done.confirmed`, 303);
};

/** From this press on the application is out of the member's reach, so the way leads back to the list. */
export const postConflict = (deps: WebDeps) => async (c: Context) => {
  const command = candidacyCommand(c, 'conflict.declare');
  if (!command.ok) return refusalPage(c, command.error);
  const declared = await declareOwnConflict(deps, command.value);
  if (!declared.ok) return refusalPage(c, declared.error);
  const { t } = viewOf(c);
  const { by, roundId } = command.value;
  const way = by.role === 'guest' ? paths.scoring : paths.committee;
  return c.redirect(`${way(t.locale, roundId)}?done=screening.done.conflict`, 303);
};

type CandidatePageProps = {
  view: View;
  place: CandidatePlace;
  again: Again | undefined;
  copies?: readonly ReleasedCopy[] | undefined;
};

const CandidatePage = ({ view, place, again, copies }: CandidatePageProps) => {
  const { t } = view;
  const { role, round, file, candidate, answersOpen } = place;
  const { judged, number, applicationId } = candidate;
  const may = (action: Parameters<typeof permit>[0]): boolean => permit(action, role, round.stage).ok;
  return (
    <Page
      view={view}
      title={number}
      caption={t('screening.title')}
      failed={again !== undefined}
      back={{ href: paths.screening(t.locale, round.id) }}
    >
      <ErrorSummary t={t} errors={again?.errors} />
      <p>
        <VerdictTag t={t} candidate={candidate} />
      </p>
      <BlindFactsList t={t} candidate={candidate} />
      <ReleasedCopies t={t} copies={copies} place={place} />
      {may('redaction.keep') && file.blind.shown && (
        <p>
          <a href={paths.redaction(t.locale, round.id, applicationId)}>{t('redaction.title')}</a>
        </p>
      )}
      <ExplainedRules t={t} candidate={candidate} file={file} />
      {judged && <JudgedFacts t={t} judged={judged} place={place} />}
      {may('screening.judge') && <ConfirmForm t={t} place={place} />}
      <p class="screen-only">
        <a href={paths.timeline(t.locale, round.id, applicationId)}>{t('timeline.title')}</a>
      </p>
      {answersOpen && may('answers.read') && (
        <p>
          <a href={paths.answers(t.locale, round.id, applicationId)}>{t('screening.answers')}</a>{' '}
          {t('screening.answers.logged')}
        </p>
      )}
      <Inquiries t={t} place={place} />
      {may('screening.judge') && !candidate.withdrawn && (
        <JudgeForm view={view} place={place} again={again} />
      )}
      {may('inquiry.make') && !candidate.withdrawn && <AskForm t={t} place={place} again={again} />}
      {may('conflict.declare') && (
        <ConflictForm t={t} action={paths.conflict(t.locale, round.id, applicationId)} />
      )}
    </Page>
  );
};

/** What somebody judged, and whether it is to be judged again. */
const JudgedFacts = ({
  t,
  judged,
  place: { file, reason },
}: {
  t: Translator;
  judged: Judged;
  place: CandidatePlace;
}) => (
  <>
    <Facts
      facts={[
        { name: t('screening.judged'), value: t(`screening.state.${judged.verdict}`) },
        { name: t('screening.judgedAt'), value: t.moment(judged.at, file.timeZone) },
        ...(reason === undefined ? [] : [{ name: t('screening.reason'), value: reason }]),
        ...secondFacts(t, judged, file),
      ]}
    />
    {judged.again && <Inset>{t(`screening.again.${judged.again}`)}</Inset>}
  </>
);

const secondFacts = (t: Translator, { second }: Judged, { timeZone }: RoundFile) =>
  second === undefined
    ? []
    : [
        {
          name: t('screening.second'),
          value: second === 'awaited' ? t('screening.second.awaited') : t.moment(second, timeZone),
        },
      ];

type Judged = NonNullable<CandidatePlace['candidate']['judged']>;

/** For whoever did not judge it, where a second member is needed. */
const ConfirmForm = ({ t, place: { round, candidate } }: { t: Translator; place: CandidatePlace }) => {
  const { judged, applicationId, withdrawn } = candidate;
  if (judged?.second !== 'awaited' || judged.again || withdrawn) return null;
  if (judged.mine) return <Inset>{t('screening.second.mine')}</Inset>;
  return (
    <form method="post" action={paths.confirmJudgement(t.locale, round.id, applicationId)}>
      <p>{t('screening.second.text')}</p>
      <Hidden name="judgedAt" value={judged.at} />
      <Button>{t('screening.second.confirm')}</Button>
    </form>
  );
};

const JudgeForm = ({ view: { t }, place, again }: CandidatePageProps) => (
  <form
    method="post"
    action={paths.judgement(t.locale, place.round.id, place.candidate.applicationId)}
    novalidate
  >
    <Radios
      t={t}
      name="verdict"
      label={t('screening.verdict')}
      errors={again?.errors}
      value={again ? one(again.typed, 'verdict') : place.candidate.judged?.verdict}
      options={Verdict.options.map((verdict) => ({
        value: verdict,
        text: t(`screening.verdict.${verdict}`),
      }))}
    />
    <TextArea
      t={t}
      name="reason"
      label={t('screening.reason')}
      hint={t('screening.reason.hint', { maximum: maxReason })}
      errors={again?.errors}
      value={again ? one(again.typed, 'reason') : ''}
    />
    <Button>{t('screening.judge')}</Button>
  </form>
);
