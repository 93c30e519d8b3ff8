import type { Context } from 'hono';
import type { PropsWithChildren } from 'hono/jsx';
import {
  type CorrectedOffers,
  offersIfApplied,
  owedAsOffers,
} from '#functions/commands/correction-offers.ts';
import {
  type Counterfactual,
  openTrial,
  type Trial,
  tryCorrection,
} from '#functions/commands/counterfactual.ts';
import { suppositionIn } from '#functions/http/supposition.ts';
import { permit } from '#shared/domain/permission.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Part, type Supposition } from '#shared/replay/supposition.ts';
import { ok, type Result } from '#shared/result.ts';
import { roundCommand } from '../acting.ts';
import { AskCorrection } from '../corrections/ask.tsx';
import { OffersAfter } from '../corrections/offers-after.tsx';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Hidden, Select, TextField } from '../fields.tsx';
import { type FieldError, fieldErrors } from '../form.ts';
import { Page } from '../layout.tsx';
import { pageAsked } from '../paged.tsx';
import { Details } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { SampleNote } from '../sample-note.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { Effects } from './affected.tsx';

type Kind = Supposition['kind'];
/** What the address says; every try has one of its own, and none changes anything. */
type Typed = Readonly<Record<string, string>>;

/** The forms of what can be tried, and under them what the try of this address would change. */
export const showCounterfactual = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'correction.try');
  const trial = command.ok ? await openTrial(deps, command.value) : command;
  if (!trial.ok) return refusalPage(c, trial.error);
  const view = viewOf(c);
  const typed = c.req.query();
  const isStarted = typed['kind'] === undefined || typed['start'] !== undefined;
  if (isStarted) return c.html(<TrialPage view={view} trial={trial.value} typed={typed} />);
  const tried = await tryIn(deps, trial.value, typed);
  if (tried.ok) {
    const shown = { trial: trial.value, typed, asked: pageAsked(c), ...tried.value };
    return c.html(<TrialPage view={view} {...shown} />);
  }
  if (tried.error.kind !== 'invalid') return refusalPage(c, tried.error);
  const errors = fieldErrors(tried.error.faults, view.t);
  return c.html(<TrialPage view={view} trial={trial.value} typed={typed} errors={errors} />, 422);
};

type Tried = { found: Counterfactual; offers: CorrectedOffers | undefined };

const tryIn = async (deps: WebDeps, trial: Trial, typed: Typed): Promise<Result<Tried, Refusal>> => {
  const supposition = suppositionIn(typed);
  if (!supposition.ok) return supposition;
  const tried = tryCorrection(trial, supposition.value);
  if (!tried.ok) return tried;
  const { kind } = supposition.value;
  const offers = await offersIfApplied(deps, trial, { kind, after: tried.value.after });
  const { affected } = tried.value;
  const found = offers ? { ...tried.value, affected: owedAsOffers(affected, offers.debts) } : tried.value;
  return ok({ found, offers });
};

type PageProps = {
  view: View;
  trial: Trial;
  typed: Typed;
  found?: Counterfactual;
  /** What would follow for the offers, and which page of those for whom something does. */
  offers?: CorrectedOffers | undefined;
  asked?: number;
  errors?: readonly FieldError[];
};

const TrialPage = ({ view, trial, typed, found, offers, asked = 1, errors = [] }: PageProps) => {
  const { t } = view;
  const { round, file } = trial.place;
  const forms = { t, trial, typed, errors };
  return (
    <Page
      view={view}
      title={t('replay.try')}
      caption={textIn(t, file.title)}
      failed={errors.length > 0}
      back={{ href: paths.committee(t.locale, round.id) }}
      wide
    >
      <ErrorSummary t={t} errors={errors} />
      <p>{t('replay.try.about')}</p>
      <SampleNote t={t} of={[file.rubric, file.interviews]} />
      <Try {...forms} kind="as-recorded" />
      <Try {...forms} kind="rows-shifted">
        <PartAndRater {...forms} kind="rows-shifted" />
        <TextField
          {...fieldIn(forms, 'rows-shifted', 'rows')}
          label={t('replay.try.rows')}
          hint={t('replay.try.rows.hint')}
          width={3}
        />
      </Try>
      <Try {...forms} kind="rater-left-out">
        <PartAndRater {...forms} kind="rater-left-out" />
      </Try>
      <Try {...forms} kind="criterion">
        <CriterionFields {...forms} />
      </Try>
      <TryTotals {...forms} />
      <TryMarks {...forms} />
      {found && <Effects t={t} found={found} />}
      {offers && (
        <OffersAfter
          t={t}
          offers={offers}
          at={paths.counterfactual(t.locale, round.id)}
          query={new URLSearchParams(typed).toString()}
          asked={asked}
        />
      )}
      {found && mayAsk(trial, typed) && <AskCorrection view={view} roundId={round.id} typed={typed} />}
    </Page>
  );
};

/** What the record itself gives is no correction of it. */
const mayAsk = ({ place: { by, round } }: Trial, typed: Typed): boolean =>
  typed['kind'] !== 'as-recorded' && permit('correction.apply', by.role, round.state.stage).ok;

type FormProps = { t: Translator; trial: Trial; typed: Typed; errors: readonly FieldError[] };

/** One form for each kind, folded unless it was sent; names repeat, so ids name the kind as well, except where a fault leads. */
const Try = ({ t, trial, typed, kind, children }: PropsWithChildren<FormProps & { kind: Kind }>) => {
  const texted = kind !== 'criterion' && kind !== 'totals';
  return (
    <Details summary={t(`replay.try.${kind}`)} open={typed['kind'] === kind}>
      <form method="get" action={paths.counterfactual(t.locale, trial.place.round.id)} novalidate>
        {texted && <p>{t(`replay.try.${kind}.text`)}</p>}
        <Hidden name="kind" value={kind} />
        {children}
        <Button kind="secondary">{t('replay.try.press')}</Button>
      </form>
    </Details>
  );
};

const TryMarks = (forms: FormProps) => {
  const { t, trial } = forms;
  return (
    <Try {...forms} kind="marks-file">
      {trial.waitingMarks.length === 0 ? (
        <p>{t('replay.try.import.none')}</p>
      ) : (
        <Select
          {...fieldIn(forms, 'marks-file', 'import')}
          label={t('replay.try.import')}
          options={trial.waitingMarks.map((number) => ({
            value: String(number),
            text: t('marks.fileNumber', { number }),
          }))}
        />
      )}
    </Try>
  );
};

const TryTotals = (forms: FormProps) => {
  const { t } = forms;
  return (
    <Try {...forms} kind="totals">
      <TextField {...fieldIn(forms, 'totals', 'number')} label={t('replay.try.number')} width={20} />
      <TextField
        {...fieldIn(forms, 'totals', 'scoring')}
        label={t('results.claim.correctedScoring')}
        width={5}
        inputMode="decimal"
        optional
      />
      <TextField
        {...fieldIn(forms, 'totals', 'interview')}
        label={t('results.claim.correctedInterview')}
        width={5}
        inputMode="decimal"
        optional
      />
    </Try>
  );
};

const fieldIn = ({ t, typed, errors }: FormProps, kind: Kind, name: string) => {
  const isSent = typed['kind'] === kind;
  return {
    t,
    name,
    id: isSent ? name : `${kind}-${name}`,
    value: isSent ? (typed[name] ?? '') : '',
    errors: isSent ? errors : [],
  };
};

const PartField = (props: FormProps & { kind: Kind }) => (
  <Select
    {...fieldIn(props, props.kind, 'part')}
    label={props.t('results.part')}
    options={Part.options.map((part) => ({ value: part, text: props.t(`committee.${part}`) }))}
  />
);

const PartAndRater = (props: FormProps & { kind: Kind }) => {
  const { scoring, interview } = props.trial.raters;
  const raters = [...new Set([...scoring, ...interview])];
  return (
    <>
      <PartField {...props} />
      <Select
        {...fieldIn(props, props.kind, 'rater')}
        label={props.t('replay.try.rater')}
        options={raters.map((code) => ({ value: code, text: code }))}
      />
    </>
  );
};

const CriterionFields = (props: FormProps) => {
  const { t, trial } = props;
  const { rubric, interviews } = trial.place.file;
  const field = (name: string) => fieldIn(props, 'criterion', name);
  return (
    <>
      <TextField {...field('number')} label={t('replay.try.number')} width={20} />
      <PartField {...props} kind="criterion" />
      <Select
        {...field('criterion')}
        label={t('results.criterion')}
        options={[...rubric.criteria, ...interviews.criteria].map(({ code, title }) => ({
          value: code,
          text: textIn(t, title),
        }))}
      />
      <TextField {...field('points')} label={t('replay.try.points')} width={5} inputMode="decimal" />
    </>
  );
};
