import type { Context } from 'hono';
import { type FormulaColumn, formulaColumns } from '#functions/commands/formula-columns.ts';
import { type GateView, gateView } from '#functions/commands/gate-view.ts';
import { drawUpProposal, takeProposalBack } from '#functions/commands/gate-work.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { faultText, stageName } from '#functions/http/refusal-text.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import type { SeenList } from '#shared/domain/walls.ts';
import { roundCommand, roundIdOf } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Hidden } from '../fields.tsx';
import { one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { LettersWaiting } from '../letters-waiting.tsx';
import { ListLinks } from '../lists/links.tsx';
import { Digest, type Fact, Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { citedIn, PollNotes } from '../polls/notes.tsx';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { ChairAbsence } from './absence-parts.tsx';
import { Departures } from './departure-parts.tsx';
import { may, type Refused } from './gate-form.ts';
import { Meetings } from './meeting-parts.tsx';
import { PlannedEnd } from './planned-end.tsx';
import { ProposalTable } from './proposal-table.tsx';
import { Recused } from './recused.tsx';
import { Links } from './round-links.tsx';
import { Thresholds } from './thresholds.tsx';
import { Decide, Undo, VoteForm, Votes } from './vote-parts.tsx';
import { StageWork } from './work.tsx';

/** A round as its committee works on it: what is to be done, the proposal, the votes, the decision. */
export const showGate = (deps: WebDeps) => async (c: Context) => await gatePage(deps, c);

/** The same page, with a refused form drawn again. */
export const gatePage = async (
  deps: WebDeps,
  c: Context,
  refused?: Refused,
  status: 200 | 422 | 409 = 200,
): Promise<Response> => {
  const roundId = roundIdOf(c);
  if (!roundId) return refusalPage(c, { kind: 'not-found', what: 'round' });
  const found = await gateView(deps, { roundId, by: requireActor(c, rolesFor('gate.read')) });
  if (!found.ok) return refusalPage(c, found.error);
  // Reckoned when somebody asks: it reads every application of the round.
  const formulas = c.req.query('formulas') === 'shown' ? await formulaColumns(deps, found.value) : undefined;
  const view = viewOf(c);
  const cited = citedIn(view.t, found.value, c.req.query('cite'));
  const props = { view, gate: found.value, formulas, cited };
  return c.html(<GatePage {...props} refused={refused} />, status);
};

export const postProposal = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'gate.draw-up');
  if (!command.ok) return refusalPage(c, command.error);
  const drawn = await drawUpProposal(deps, { ...command.value, ...(await seenIn(c)) });
  return drawn.ok ? done(c, 'committee.done.drawn-up') : refusalPage(c, drawn.error);
};

export const postTakeBack = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'gate.draw-up');
  if (!command.ok) return refusalPage(c, command.error);
  const { shown, gate } = await seenIn(c);
  const taken = await takeProposalBack(deps, { ...command.value, gate, shown });
  return taken.ok ? done(c, 'committee.done.taken-back') : refusalPage(c, taken.error);
};

/** What the page of a form showed: at which gate, and which proposal. */
const seenIn = async (c: Context): Promise<{ gate: string | undefined; shown: string | undefined }> => {
  const typed = await readTyped(c);
  return { gate: one(typed, 'gate') || undefined, shown: one(typed, 'shown') || undefined };
};

/** Back to the round's work page, which says what was done. */
export const done = (c: Context, key: string): Response =>
  c.redirect(`${paths.committee(viewOf(c).t.locale, roundIdOf(c) ?? '')}?done=${key}`, 303);

type GateProps = { view: View; gate: GateView; formulas: readonly FormulaColumn[] | undefined };

type GatePageProps = GateProps & { refused: Refused | undefined; cited: string | undefined };

const GatePage = ({ view, gate, formulas, refused, cited }: GatePageProps) => {
  const { t } = view;
  const { round, file, lacks } = gate;
  return (
    <Page
      view={view}
      title={stageName(t, round.state.stage)}
      caption={textIn(t, file.title)}
      failed={refused !== undefined}
      back={{ href: paths.committees(t.locale) }}
      wide
    >
      <ErrorSummary t={t} errors={refused?.errors} />
      {lacks.length > 0 && (
        <Inset>
          {lacks.map((fault) => (
            <p>{faultText(fault, t)}</p>
          ))}
        </Inset>
      )}
      <LettersWaiting t={t} round={round.state} role={gate.by.role} />
      <PlannedEnd t={t} round={round.state} file={file} />
      <StageWork view={view} gate={gate} />
      <Table view={view} gate={gate} formulas={formulas} />
      <PollNotes view={view} gate={gate} />
      <Departures view={view} gate={gate} refused={refused} cited={cited} />
      <Votes view={view} gate={gate} />
      {gate.gate?.state.status === 'open' && <Recused view={view} gate={gate} />}
      <ChairAbsence view={view} gate={gate} refused={refused} />
      <VoteForm view={view} gate={gate} refused={refused} />
      <Decide view={view} gate={gate} />
      <Meetings view={view} gate={gate} refused={refused} />
      <Undo view={view} gate={gate} refused={refused} />
      <Links view={view} gate={gate} />
    </Page>
  );
};

/** The proposal on the table, or the button that draws one up. */
const Table = ({ view, gate, formulas }: GateProps) => {
  const { t } = view;
  const { proposal } = gate;
  const open = gate.gate?.state.status === 'open';
  const drawer = open && may(gate, 'gate.draw-up');
  return (
    <section>
      <h2 class="govuk-heading-m">{t('committee.proposal')}</h2>
      {!proposal && <p>{t(gate.gate ? 'committee.proposal.none' : 'committee.gate.none')}</p>}
      {proposal && gate.gate?.state.proposal && (
        <>
          <Facts
            facts={[
              { name: 'SHA-256', value: <Digest value={gate.gate.state.proposal} /> },
              ...drawnFacts(t, proposal),
            ]}
          />
          <ProposalTable
            view={view}
            at={paths.committee(t.locale, gate.round.id)}
            list={proposal}
            file={gate.file}
            {...(formulas && { formulas })}
            departed={gate.departures.map(({ number }) => number)}
          />
          {!formulas && may(gate, 'formulas.read') && (
            <p class="screen-only">
              <a href={`${paths.committee(t.locale, gate.round.id)}?formulas=shown#ranking`}>
                {t('formula.columns')}
              </a>
            </p>
          )}
          <Thresholds
            view={view}
            at={paths.committee(t.locale, gate.round.id)}
            list={proposal}
            file={gate.file}
          />
          {may(gate, 'lists.export') && <ListLinks view={view} roundId={gate.round.id} name="ranking" />}
        </>
      )}
      {drawer && <Drawing view={view} gate={gate} />}
    </section>
  );
};

/** What its lots were drawn from, where the round file names a public value. */
const drawnFacts = (t: View['t'], { drawnFrom }: Pick<SeenList, 'drawnFrom'>): Fact[] => {
  if (!drawnFrom) return [];
  const { beacon } = drawnFrom;
  const value = beacon ? t('beacon.drawn.value', { round: String(beacon.round) }) : t('beacon.drawn.without');
  return [{ name: t('beacon.drawn'), value }];
};

/** What secretary and chair can do about the table: lay a proposal on it, or take it off so that work goes on. */
const Drawing = ({ view: { t }, gate: { gate, proposal, round } }: { view: View; gate: GateView }) => (
  <>
    {!proposal && (
      <form method="post" action={paths.proposal(t.locale, round.id)}>
        <Hidden name="gate" value={gate?.id ?? ''} />
        <Button>{t('committee.draw-up')}</Button>
      </form>
    )}
    {(proposal ?? gate?.state.stoppedAt) && (
      <form method="post" action={paths.takeBack(t.locale, round.id)}>
        <Hidden name="gate" value={gate?.id ?? ''} />
        <Hidden name="shown" value={gate?.state.proposal ?? ''} />
        <p>{t(proposal ? 'committee.frozen' : 'committee.stopped')}</p>
        <Button kind="secondary">{t(proposal ? 'committee.take-back' : 'committee.resume')}</Button>
      </form>
    )}
  </>
);
