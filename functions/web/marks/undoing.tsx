import type { Context } from 'hono';
import {
  askUndoing,
  confirmUndoing,
  refuseUndoing,
  type UndoingPreview,
  undoingPreview,
  withdrawUndoing,
} from '#functions/commands/marks-undoing.ts';
import { namesOf } from '#functions/commands/staff-names.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { type PersonId, Sha256 } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Hidden, TextArea } from '../fields.tsx';
import { type FieldError, one, readTyped, reasonError } from '../form.ts';
import { Page } from '../layout.tsx';
import { Details, Digest, Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { criterionName, textIn } from '../words.ts';
import { DryRunParts } from './dry-run.tsx';
import { importCommand } from './preview.tsx';
import { undoingFacts } from './undoing-facts.ts';

/** A reason that was refused, drawn again in its form. */
type Again = { reason: string; error: FieldError };

export const showUndoing = (deps: WebDeps) => async (c: Context) => await undoingPage(deps, c);

const undoingPage = async (deps: WebDeps, c: Context, again?: Again): Promise<Response> => {
  const command = importCommand(c);
  if (!command.ok) return refusalPage(c, command.error);
  const found = await undoingPreview(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  const people = found.value.asked.flatMap(({ by, ended }) => [by, ...(ended ? [ended.by] : [])]);
  const names = await namesOf(deps, people);
  const reader = command.value.by.id;
  return c.html(
    <UndoingPage view={viewOf(c)} preview={found.value} names={names} reader={reader} again={again} />,
    again ? 422 : 200,
  );
};

export const postUndoing = (deps: WebDeps) => (c: Context) =>
  withReason(deps, c, 'marks.done.undoing-asked', (command) => askUndoing(deps, command));

export const postUndoingRefusal = (deps: WebDeps) => (c: Context) =>
  withReason(deps, c, 'marks.done.undoing-refused', (command) => refuseUndoing(deps, command));

const withReason = async (
  deps: WebDeps,
  c: Context,
  key: string,
  give: (command: CommitteeCommand & { import: number; reason: string }) => Promise<Result<unknown, Refusal>>,
): Promise<Response> => {
  const command = importCommand(c);
  if (!command.ok) return refusalPage(c, command.error);
  const reason = one(await readTyped(c), 'reason');
  const given = await give({ ...command.value, reason });
  if (given.ok) return doneAt(c, command.value, key);
  const error = reasonError(given.error, viewOf(c).t);
  return error ? await undoingPage(deps, c, { reason, error }) : refusalPage(c, given.error);
};

export const postUndoingConfirmation = (deps: WebDeps) => async (c: Context) => {
  const command = importCommand(c);
  if (!command.ok) return refusalPage(c, command.error);
  const shown = Sha256.safeParse(one(await readTyped(c), 'shown'));
  if (!shown.success) return refusalPage(c, { kind: 'not-found', what: 'marks' });
  const undone = await confirmUndoing(deps, { ...command.value, shown: shown.data });
  return undone.ok ? doneAt(c, command.value, 'marks.done.undone') : refusalPage(c, undone.error);
};

export const postUndoingWithdrawal = (deps: WebDeps) => async (c: Context) => {
  const command = importCommand(c);
  if (!command.ok) return refusalPage(c, command.error);
  const withdrawn = await withdrawUndoing(deps, command.value);
  return withdrawn.ok
    ? doneAt(c, command.value, 'marks.done.undoing-withdrawn')
    : refusalPage(c, withdrawn.error);
};

const doneAt = (c: Context, { roundId }: CommitteeCommand, key: string): Response =>
  c.redirect(`${paths.marks(viewOf(c).t.locale, roundId)}?done=${key}`, 303);

type UndoingProps = {
  view: View;
  preview: UndoingPreview;
  names: ReadonlyMap<PersonId, string>;
  reader: PersonId;
  again: Again | undefined;
};

const UndoingPage = (props: UndoingProps) => {
  const { view, preview, names, again } = props;
  const { t } = view;
  const { place, marks, asked, unmarked } = preview;
  const zone = place.file.timeZone;
  const titleOf = (code: string): string => criterionName(t, place.file, code);
  return (
    <Page
      view={view}
      title={t('marks.undo.preview')}
      caption={textIn(t, place.file.title)}
      failed={again !== undefined}
      back={{ href: paths.marks(t.locale, place.round.id), text: t('marks.title') }}
      wide
    >
      <ErrorSummary t={t} errors={again && [again.error]} />
      <Facts
        facts={[
          { name: t('marks.file'), value: t('marks.fileNumber', { number: marks.number }) },
          { name: t('marks.digest'), value: <Digest value={marks.sha256} /> },
          ...preview.again.map(({ criterion, import: next }) => ({
            name: t('marks.undo.again', { criterion: titleOf(criterion) }),
            value: next ? t('marks.fileNumber', { number: next.number }) : t('marks.counting.none'),
          })),
          ...asked.flatMap((request) =>
            undoingFacts(t, request, (by, at) => `${names.get(by) ?? by}, ${t.moment(at, zone)}`),
          ),
        ]}
      />
      {unmarked > 0 && <Inset>{t('marks.undo.unmarked', { count: unmarked })}</Inset>}
      <DryRunParts view={view} run={preview.run} file={place.file} after={t('marks.undo.after')} />
      {marks.status === 'confirmed' && <Deciding {...props} />}
    </Page>
  );
};

const Deciding = (props: UndoingProps) => {
  const { t } = props.view;
  const { place, marks, asked, digest } = props.preview;
  const way = (answer?: 'confirmation' | 'refusal' | 'withdrawal'): string =>
    paths.marksUndoing(t.locale, place.round.id, marks.number, answer);
  const waiting = asked.find(({ status }) => status === 'waiting');
  if (!waiting) {
    return (
      <form method="post" action={way()} novalidate>
        <p>{t('marks.undo.text')}</p>
        <Reason {...props} />
        <Button kind="warning">{t('marks.undo.ask')}</Button>
      </form>
    );
  }
  if (waiting.by === props.reader) {
    return (
      <form method="post" action={way('withdrawal')} novalidate>
        <p>{t('marks.undo.own')}</p>
        <Button kind="secondary">{t('marks.undo.withdraw')}</Button>
      </form>
    );
  }
  return (
    <>
      <form method="post" action={way('confirmation')} novalidate>
        <p>{t('marks.undo.text')}</p>
        <Hidden name="shown" value={digest} />
        <Button kind="warning">{t('marks.undo')}</Button>
      </form>
      <Details summary={t('marks.undo.refuse')} open={props.again !== undefined}>
        <form method="post" action={way('refusal')} novalidate>
          <Reason {...props} />
          <Button kind="secondary">{t('marks.undo.refuse')}</Button>
        </form>
      </Details>
    </>
  );
};

const Reason = ({ view: { t }, again }: UndoingProps) => (
  <TextArea
    t={t}
    name="reason"
    label={t('marks.reason')}
    hint={t('marks.reason.hint')}
    rows={3}
    value={again?.reason ?? ''}
    errors={again && [again.error]}
  />
);
