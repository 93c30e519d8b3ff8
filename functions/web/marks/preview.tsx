import type { Context } from 'hono';
import * as z from 'zod';
import { confirmImport, refuseImport } from '#functions/commands/marks-import.ts';
import { type MarksPreview, marksPreview } from '#functions/commands/marks-views.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { permit } from '#shared/domain/permission.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { roundCommand } from '../acting.ts';
import { AskCorrection } from '../corrections/ask.tsx';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Hidden, TextArea } from '../fields.tsx';
import { type FieldError, fieldErrors, one, readTyped, reasonError, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { Details, Digest, Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { criterionName, textIn } from '../words.ts';
import { Oddities } from './changes.tsx';
import { DryRunParts } from './dry-run.tsx';
import { Checks, SampleFields, sampleIn } from './sample-fields.tsx';

/** Which file of marks of which round. */
export const importCommand = (
  c: Context,
  action: 'marks.import' | 'marks.bring' = 'marks.import',
): Result<CommitteeCommand & { import: number }, Refusal> => {
  const command = roundCommand(c, action);
  if (!command.ok) return command;
  const number = z.coerce.number().int().min(1).safeParse(c.req.param('import'));
  return number.success
    ? ok({ ...command.value, import: number.data })
    : refuse({ kind: 'not-found', what: 'marks' });
};

type Again = { form: 'confirmation' | 'refusal'; typed: Typed; errors: readonly FieldError[] };

export const showPreview = (deps: WebDeps) => async (c: Context) => await previewPage(deps, c);

const previewPage = async (deps: WebDeps, c: Context, again?: Again): Promise<Response> => {
  const command = importCommand(c, 'marks.bring');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await marksPreview(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  const own = found.value.marks.by === command.value.by.id;
  return c.html(
    <PreviewPage view={viewOf(c)} preview={found.value} own={own} again={again} />,
    again ? 422 : 200,
  );
};

const Shown = z.object({ sha256: Sha256, outcomes: Sha256 });

/** Lets the marks count that the page showed, once the second person's own copy says the same. */
export const postConfirmation = (deps: WebDeps) => async (c: Context) => {
  const command = importCommand(c);
  if (!command.ok) return refusalPage(c, command.error);
  const { t } = viewOf(c);
  const typed = await readTyped(c);
  const shown = Shown.safeParse({ sha256: one(typed, 'sha256'), outcomes: one(typed, 'outcomes') });
  if (!shown.success) return refusalPage(c, { kind: 'not-found', what: 'marks' });
  const confirmed = await confirmImport(deps, {
    ...command.value,
    ...shown.data,
    sample: sampleIn(typed),
    reason: one(typed, 'reason'),
  });
  if (confirmed.ok) return doneAt(c, command.value, 'marks.done.confirmed');
  const { error } = confirmed;
  const wrongReason = reasonError(error, t);
  if (wrongReason) return await previewPage(deps, c, { form: 'confirmation', typed, errors: [wrongReason] });
  if (error.kind !== 'invalid') return refusalPage(c, error);
  return await previewPage(deps, c, { form: 'confirmation', typed, errors: fieldErrors(error.faults, t) });
};

export const postRefusal = (deps: WebDeps) => async (c: Context) => {
  const command = importCommand(c, 'marks.bring');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const refused = await refuseImport(deps, { ...command.value, reason: one(typed, 'reason') });
  if (refused.ok) return doneAt(c, command.value, 'marks.done.refused');
  const error = reasonError(refused.error, viewOf(c).t);
  return error
    ? await previewPage(deps, c, { form: 'refusal', typed, errors: [error] })
    : refusalPage(c, refused.error);
};

const doneAt = (c: Context, { roundId }: CommitteeCommand, key: string): Response =>
  c.redirect(`${paths.marks(viewOf(c).t.locale, roundId)}?done=${key}`, 303);

type PreviewProps = { view: View; preview: MarksPreview; own: boolean; again: Again | undefined };

const PreviewPage = ({ view, preview, own, again }: PreviewProps) => {
  const { t } = view;
  const { place, marks } = preview;
  return (
    <Page
      view={view}
      title={t('marks.preview')}
      caption={textIn(t, place.file.title)}
      failed={again !== undefined}
      back={{ href: paths.marks(t.locale, place.round.id), text: t('marks.title') }}
      wide
    >
      <ErrorSummary t={t} errors={again?.errors} />
      <Facts
        facts={[
          { name: t('marks.file'), value: t('marks.fileNumber', { number: marks.number }) },
          {
            name: t('marks.criterion'),
            value: marks.criteria.map((code) => criterionName(t, place.file, code)).join('; '),
          },
          { name: t('marks.count'), value: t.number(marks.count) },
          { name: t('marks.sum'), value: t.number(marks.sum) },
          { name: t('marks.digest'), value: <Digest value={marks.sha256} /> },
        ]}
      />
      <Checks t={t} checks={marks.checks} />
      <Oddities view={view} preview={preview} gone={marks.suspicions > 0} />
      <DryRunParts view={view} run={preview.run} file={place.file} />
      {marks.status === 'waiting' && <Deciding view={view} preview={preview} own={own} again={again} />}
    </Page>
  );
};

const Deciding = (props: PreviewProps) => {
  const { t } = props.view;
  const { place, marks, unmarked } = props.preview;
  const isLater = place.round.state.stage !== 'scoring';
  const refused = props.again?.form === 'refusal' ? props.again : undefined;
  return (
    <>
      <h2 class="govuk-heading-m">{t(isLater ? 'marks.correct' : 'marks.confirm')}</h2>
      {unmarked > 0 && <Inset>{t('marks.unmarked', { count: unmarked })}</Inset>}
      {unmarked === 0 && isLater && <Correcting {...props} />}
      {unmarked === 0 &&
        !isLater &&
        (props.own ? <p>{t('marks.confirm.own')}</p> : <Confirming {...props} />)}
      <Details summary={t('marks.refuse')} open={refused !== undefined}>
        <form method="post" action={paths.refuseMarks(t.locale, place.round.id, marks.number)} novalidate>
          <TextArea
            t={t}
            name="reason"
            label={t('marks.reason')}
            hint={t('marks.reason.hint')}
            rows={3}
            value={refused ? one(refused.typed, 'reason') : ''}
            errors={refused?.errors}
          />
          <Button kind="secondary">{t('marks.refuse')}</Button>
        </form>
      </Details>
    </>
  );
};

/** After scoring a file counts by a correction alone, which whoever runs the committee can try first. */
const Correcting = ({ view, preview: { place, marks } }: PreviewProps) => {
  const { t } = view;
  const { id, stage } = place.round.state;
  const typed = { kind: 'marks-file', import: String(marks.number) };
  const tried = new URLSearchParams(typed).toString();
  return (
    <>
      <p>{t('marks.correct.text')}</p>
      {permit('correction.try', place.by.role, stage).ok && (
        <p>
          <a href={`${paths.counterfactual(t.locale, id)}?${tried}`}>{t('marks.correct.try')}</a>
        </p>
      )}
      <AskCorrection view={view} roundId={id} typed={typed} />
    </>
  );
};

const Confirming = ({ view, preview, again: refused }: PreviewProps) => {
  const { t } = view;
  const { place, marks, sample, oddities, run } = preview;
  const again = refused?.form === 'confirmation' ? refused : undefined;
  return (
    <form method="post" action={paths.confirmMarks(t.locale, place.round.id, marks.number)} novalidate>
      <Hidden name="sha256" value={marks.sha256} />
      <Hidden name="outcomes" value={run.digest} />
      <SampleFields view={view} file={place.file} sample={sample} again={again} />
      {(oddities.length > 0 || marks.suspicions > 0) && (
        <TextArea
          t={t}
          name="reason"
          label={t('marks.confirm.reason')}
          hint={t('marks.reason.hint')}
          rows={3}
          value={again ? one(again.typed, 'reason') : ''}
          errors={again?.errors}
        />
      )}
      <Button>{t('marks.confirm.button')}</Button>
    </form>
  );
};
