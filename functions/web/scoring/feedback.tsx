import type { Context } from 'hono';
import { type FeedbackRule, ownFeedback } from '#functions/commands/rater-feedback.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import type { Estimate, Feedback } from '#shared/analysis/feedback.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Page } from '../layout.tsx';
import { Inset, Source, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { SampleNote } from '../sample-note.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';

/** What the own scores say of who gave them. Nobody else gets this page. */
export const showFeedback = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'feedback.read');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await ownFeedback(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(<FeedbackPage view={viewOf(c)} {...found.value} />);
};

type FeedbackProps = { view: View; place: Workplace; rule: FeedbackRule; feedback: Feedback };

const FeedbackPage = ({ view, place, rule, feedback }: FeedbackProps) => {
  const { t } = view;
  const { round, file } = place;
  const rows = rowsOf(t, feedback);
  const isOpen = round.state.stage === 'scoring';
  return (
    <Page
      view={view}
      title={t('practice.feedback.title')}
      caption={textIn(t, file.title)}
      back={{ href: cameFrom(t, place) }}
    >
      <p>{t('practice.feedback.private')}</p>
      <SampleNote t={t} of={[file.rubric]} />
      {rows.length === 0 ? (
        <Inset>{t('practice.feedback.tooFew', { scores: feedback.scores, needed: rule.atLeast })}</Inset>
      ) : (
        <Table
          caption={t('practice.feedback.caption', { count: feedback.scores })}
          head={[
            t('practice.feedback.what'),
            t('practice.feedback.value'),
            t('practice.feedback.interval'),
            t('practice.feedback.means'),
          ]}
          numeric={[1, 2]}
          rows={rows}
        />
      )}
      {feedback.panelHalo !== undefined && rows.length > 0 && (
        <p>{t('practice.feedback.panelHalo', { value: t.number(hundredth(feedback.panelHalo)) })}</p>
      )}
      <p>{t(isOpen ? 'practice.feedback.advice' : 'practice.feedback.after')}</p>
      <Source t={t} of={rule} />
    </Page>
  );
};

/** Where somebody's own pages of a round are reached from: its scoring while that lasts. */
export const cameFrom = (t: Translator, { by, round: { state } }: Workplace): string => {
  if (state.stage === 'scoring') return paths.scoring(t.locale, state.id);
  return by.role === 'guest' ? paths.ownGuestRounds(t.locale) : paths.committee(t.locale, state.id);
};

const rowsOf = (t: Translator, { severity, drift, spread, agreement, halo }: Feedback): string[][] => [
  ...(severity ? [row(t, 'severity', severity, tenth)] : []),
  ...(drift ? [row(t, 'drift', drift, tenth)] : []),
  ...(spread ? [row(t, 'spread', spread, hundredth)] : []),
  ...(agreement ? [row(t, 'agreement', agreement, hundredth)] : []),
  ...(halo ? [row(t, 'halo', halo, hundredth)] : []),
];

/** What an interval says that leaves out what would be nothing, and that one around it says nothing. */
const row = (
  t: Translator,
  name: 'severity' | 'drift' | 'spread' | 'agreement' | 'halo',
  { value, low, high }: Estimate,
  round: (value: number) => number,
): string[] => {
  // A ratio that says nothing is 1.
  const nothing = name === 'spread' ? 1 : 0;
  const sign = low > nothing ? 'above' : high < nothing ? 'below' : 'unclear';
  return [
    t(`practice.feedback.${name}`),
    t.number(round(value)),
    t('practice.feedback.between', { low: t.number(round(low)), high: t.number(round(high)) }),
    t(`practice.feedback.${name}.${sign}`),
  ];
};

/** Percent of the scale as they are shown. */
export const tenth = (value: number): number => Math.round(value * 10) / 10;
const hundredth = (value: number): number => Math.round(value * 100) / 100;
