import type { Context } from 'hono';
import { askReopening, confirmReopening, refuseReopening } from '#functions/commands/claim-reopening.ts';
import {
  type ReopenCommand,
  type ReopeningEffects,
  reopeningEffects,
} from '#functions/commands/claim-reopening-effects.ts';
import { type CommitteeClaim, committeeClaim } from '#functions/commands/committee-claims.ts';
import { namesOf } from '#functions/commands/staff-names.ts';
import { waitingReopening } from '#shared/domain/claim.ts';
import { decideClaimBy } from '#shared/domain/claim-rule.ts';
import { ClaimId, type PersonId, Sha256 } from '#shared/domain/ids.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { roundCommand } from '../acting.ts';
import { claimPaths } from '../claim-paths.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Hidden, TextArea } from '../fields.tsx';
import { type FieldError, fieldErrors, one, readTyped, reasonError, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { Details, Facts } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { Effects } from './affected.tsx';
import { decisionFacts } from './claim-facts.tsx';
import { peopleIn, reopeningFacts } from './claim-reopening-facts.tsx';

type Again = { typed: Typed; errors: readonly FieldError[]; status: 409 | 422 };

/** What reopening the claim would change: for who asks for it, and for the second person. */
export const showReopening = (deps: WebDeps) => async (c: Context) => await reopeningPage(deps, c);

const commandOf = (c: Context): Result<ReopenCommand, Refusal> => {
  const command = roundCommand(c, 'claim.reopen');
  if (!command.ok) return command;
  const claimId = ClaimId.safeParse(c.req.param('claim'));
  return claimId.success
    ? ok({ ...command.value, claimId: claimId.data })
    : refuse({ kind: 'not-found', what: 'claim' });
};

const reopeningPage = async (deps: WebDeps, c: Context, again?: Again): Promise<Response> => {
  const command = commandOf(c);
  if (!command.ok) return refusalPage(c, command.error);
  const effects = await reopeningEffects(deps, command.value);
  if (!effects.ok) return refusalPage(c, effects.error);
  const read = await committeeClaim(deps, command.value);
  if (!read.ok) return refusalPage(c, read.error);
  const { shown } = read.value;
  const names = await namesOf(deps, peopleIn(shown.claim));
  const props = { view: viewOf(c), effects: effects.value, shown, names, again, now: deps.clock.now() };
  return c.html(<ReopeningPage {...props} />, again?.status ?? 200);
};

/** Asks for what the page showed; where that is something else by now, it is shown first, with what was typed. */
export const postReopening = (deps: WebDeps) => async (c: Context) => {
  const typed = await readTyped(c);
  const reason = one(typed, 'reason');
  return await answerTo(deps, c, { typed, done: 'reopening' }, async (command) => {
    const shown = shownIn(typed);
    return shown.ok ? await askReopening(deps, { ...command, reason, shown: shown.value }) : shown;
  });
};

export const postReopeningConfirmation = (deps: WebDeps) => async (c: Context) => {
  const typed = await readTyped(c);
  return await answerTo(deps, c, { typed, done: 'reopened' }, async (command) => {
    const shown = shownIn(typed);
    return shown.ok ? await confirmReopening(deps, { ...command, shown: shown.value }) : shown;
  });
};

export const postReopeningRefusal = (deps: WebDeps) => async (c: Context) => {
  const typed = await readTyped(c);
  return await answerTo(deps, c, { typed, done: 'notReopened' }, (command) =>
    refuseReopening(deps, { ...command, reason: one(typed, 'reason') }),
  );
};

/** What names nothing that was shown is not what is there. */
const shownIn = (typed: Typed): Result<Sha256, Refusal> => {
  const shown = Sha256.safeParse(one(typed, 'shown'));
  return shown.success ? ok(shown.data) : refuse({ kind: 'changed-meanwhile' });
};

const answerTo = async (
  deps: WebDeps,
  c: Context,
  { typed, done }: { typed: Typed; done: 'reopening' | 'reopened' | 'notReopened' },
  work: (command: ReopenCommand) => Promise<Result<unknown, Refusal>>,
): Promise<Response> => {
  const { t } = viewOf(c);
  const command = commandOf(c);
  if (!command.ok) return refusalPage(c, command.error);
  const answer = await work(command.value);
  if (answer.ok) {
    const { roundId, claimId } = command.value;
    return c.redirect(`${paths.committeeClaim(t.locale, roundId, claimId)}?done=results.done.${done}`, 303);
  }
  const { error } = answer;
  const unreasoned = reasonError(error, t);
  if (unreasoned) return await reopeningPage(deps, c, { typed, errors: [unreasoned], status: 422 });
  if (error.kind === 'invalid')
    return await reopeningPage(deps, c, { typed, errors: fieldErrors(error.faults, t), status: 422 });
  if (error.kind !== 'changed-meanwhile' || done === 'notReopened') return refusalPage(c, error);
  const errors = [{ field: 'affected', text: t('results.claim.reopen.changed') }];
  return await reopeningPage(deps, c, { typed, errors, status: 409 });
};

type Props = {
  view: View;
  effects: ReopeningEffects;
  shown: CommitteeClaim;
  names: ReadonlyMap<PersonId, string>;
  again: Again | undefined;
  now: Instant;
};

const ReopeningPage = (props: Props) => {
  const { view, effects, shown, names, again, now } = props;
  const { t } = view;
  const { place, decided, found } = effects;
  const { file, round } = place;
  const by = decideClaimBy(file, { filedAt: now });
  return (
    <Page
      view={view}
      title={t('results.claim.reopen.title', { number: decided.number })}
      caption={textIn(t, file.title)}
      failed={again !== undefined}
      back={{ href: paths.committeeClaim(t.locale, round.id, decided.id) }}
      wide
    >
      <ErrorSummary t={t} errors={again?.errors} />
      <p>{t('results.claim.reopen.text')}</p>
      {by && <p>{t('results.claim.reopen.until', { at: t.moment(by, file.timeZone) })}</p>}
      <Facts
        facts={[
          { name: t('results.claim.status'), value: t(`results.claim.status.${decided.status}`) },
          ...decisionFacts(t, decided, { file, names, reason: shown.texts.reason }),
          ...reopeningFacts({ view, place, shown, names }),
        ]}
      />
      <div id="affected">
        {decided.status === 'rejected' ? (
          <p>{t('results.claim.reopen.nothing')}</p>
        ) : (
          <Effects t={t} found={found} />
        )}
      </div>
      {waitingReopening(decided) ? <Answering {...props} /> : shown.mayReopen && <Asking {...props} />}
    </Page>
  );
};

const Asking = ({ view: { t }, effects: { place, decided, digest }, again }: Props) => (
  <form method="post" action={claimPaths.reopening(t.locale, place.round.id, decided.id)} novalidate>
    <p>{t('results.claim.reopen.second')}</p>
    <Hidden name="shown" value={digest} />
    <TextArea
      t={t}
      name="reason"
      label={t('results.claim.reopen.why')}
      hint={t('results.claim.reasonHint')}
      value={again ? one(again.typed, 'reason') : ''}
      errors={again?.errors}
    />
    <Button>{t('results.claim.reopen.ask')}</Button>
  </form>
);

/** The second person confirms or refuses; whoever asked may take it back. */
const Answering = ({ view: { t }, effects: { place, decided, digest }, again }: Props) => {
  const way = (answer: 'confirmation' | 'refusal'): string =>
    claimPaths.reopening(t.locale, place.round.id, decided.id, answer);
  const isOwn = waitingReopening(decided)?.by === place.by.id;
  return (
    <>
      {isOwn ? (
        <p>{t('results.claim.reopen.own')}</p>
      ) : (
        <form method="post" action={way('confirmation')}>
          <Hidden name="shown" value={digest} />
          <Button kind="warning">{t('results.claim.reopen.confirm')}</Button>
        </form>
      )}
      <Details summary={t('results.claim.reopen.refuse')} open={again?.status === 422}>
        <form method="post" action={way('refusal')} novalidate>
          <TextArea
            t={t}
            name="reason"
            label={t('results.claim.reopen.answer')}
            value={again ? one(again.typed, 'reason') : ''}
            errors={again?.errors}
          />
          <Button kind="secondary">{t('results.claim.reopen.refuse')}</Button>
        </form>
      </Details>
    </>
  );
};
