import type { Context } from 'hono';
import * as z from 'zod';
import { askPracticeAnew } from '#functions/commands/practice.ts';
import { ownPractice, type PracticeView, type ScoredText } from '#functions/commands/practice-views.ts';
import { PersonId } from '#shared/domain/ids.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { LinkButton } from '../fields.tsx';
import { readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { Inset, Source, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';

/** How the own practice stands, what is to be scored next, and how far the last scores lay from the reference. */
export const showPractice = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'practice.score');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await ownPractice(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  return c.html(<PracticePage view={viewOf(c)} practice={found.value} />);
};

/** The secretary asks somebody for practice anew, on the page of the committee. */
export const postAskPractice = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'practice.ask');
  const wanted = z.object({ personId: PersonId }).safeParse(await readTyped(c));
  if (!command.ok) return refusalPage(c, command.error);
  if (!wanted.success) return refusalPage(c, { kind: 'not-found', what: 'person' });
  const asked = await askPracticeAnew(deps, { ...command.value, ...wanted.data });
  if (!asked.ok) return refusalPage(c, asked.error);
  const { t } = viewOf(c);
  return c.redirect(`${paths.seats(t.locale, command.value.roundId)}?done=practice.done.asked`, 303);
};

const PracticePage = ({ view, practice }: { view: View; practice: PracticeView }) => {
  const { t } = view;
  const { place, left, scored, last, standing } = practice;
  const { round, file, rule } = place;
  const [next] = left;
  return (
    <Page
      view={view}
      title={t('practice.title')}
      caption={textIn(t, file.title)}
      back={{
        href:
          place.by.role === 'guest' ? paths.ownGuestRounds(t.locale) : paths.committee(t.locale, round.id),
      }}
    >
      <Inset>
        <p>{standingText(t, practice)}</p>
      </Inset>
      <p>{t('practice.text', { count: rule.perTry, distance: rule.distance })}</p>
      {next && (
        <p>
          <LinkButton href={paths.practiceText(t.locale, round.id, next.code)}>
            {t(scored.length === 0 ? 'practice.begin' : 'practice.next')}
          </LinkButton>
        </p>
      )}
      {standing.kind === 'certified' && round.state.stage === 'scoring' && (
        <p>
          <LinkButton href={paths.scoring(t.locale, round.id)}>{t('scoring.title')}</LinkButton>
        </p>
      )}
      {scored.length > 0 && (
        <Sheets view={view} roundId={round.id} caption={t('practice.this')} scored={scored} />
      )}
      {last && (
        <>
          <Sheets view={view} roundId={round.id} caption={t('practice.last')} scored={last.scored} />
          <p>
            {t(last.passed ? 'practice.passed' : 'practice.failed', { distance: t.number(last.distance) })}
          </p>
        </>
      )}
      <Source t={t} of={rule} />
    </Page>
  );
};

const standingText = (t: Translator, { standing, place }: PracticeView): string => {
  if (standing.kind === 'certified') {
    return t('practice.certified', { at: t.moment(standing.until, place.file.timeZone) });
  }
  return standing.kind === 'practising'
    ? t('practice.practising', { count: standing.triesLeft })
    : t('practice.usedUp');
};

type SheetsProps = { view: View; roundId: string; caption: string; scored: readonly ScoredText[] };

const Sheets = ({ view: { t }, roundId, caption, scored }: SheetsProps) => (
  <Table
    caption={caption}
    head={[t('practice.name'), t('practice.distance'), t('practice.lean')]}
    numeric={[1, 2]}
    rows={scored.map(({ text, sheet }) => [
      <a href={paths.practiceText(t.locale, roundId, text.code)}>{textIn(t, text.title)}</a>,
      t('scoring.percent', { total: t.number(sheet.distance) }),
      leanText(t, sheet.lean),
    ])}
  />
);

/** What lies above the reference is mild, what lies below it strict. */
export const leanText = (t: Translator, lean: number): string => {
  if (lean === 0) return t('practice.even');
  return t(lean > 0 ? 'practice.milder' : 'practice.stricter', { percent: t.number(Math.abs(lean)) });
};
