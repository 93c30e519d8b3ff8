import type { GateView } from '#functions/commands/gate-view.ts';
import { hasPolls } from '#functions/commands/polls.ts';
import { countedEditions } from '#shared/domain/edition.ts';
import { hasLine } from '#shared/domain/further-rule.ts';
import type { Action } from '#shared/domain/permission.ts';
import { isFinal } from '#shared/domain/round-record.ts';
import { importedCriteria } from '#shared/domain/rubric.ts';
import type { MessageKey, Translator } from '#shared/i18n/index.ts';
import { owedPaths } from '../owed/paths.ts';
import { paths } from '../paths.ts';
import { lineTitle } from '../scoring/near-line.tsx';
import type { View } from '../view.ts';
import { may } from './gate-form.ts';

type Link = [Action, string, MessageKey];

/** A link that a round has only where its file says so. */
const only = (isSaid: boolean, ...link: Link): Link[] => (isSaid ? [link] : []);

/** Where else the reader may look at this round, in the order of the work. */
export const Links = ({ view: { t }, gate }: { view: View; gate: GateView }) => (
  <ul class="govuk-list screen-only">
    {[...aboutRound(t, gate), ...aboutWork(t, gate)].map(
      ([action, href, title]) =>
        may(gate, action) && (
          <li>
            <a href={href}>{t(title)}</a>
          </li>
        ),
    )}
  </ul>
);

const aboutRound = (t: Translator, { round, file }: GateView): Link[] => [
  ['round.watch', paths.roundHistory(t.locale, round.id), 'watch.history'],
  ['round.replay', paths.replay(t.locale, round.id), 'replay.title'],
  ['correction.try', paths.counterfactual(t.locale, round.id), 'replay.try'],
  ['correction.read', paths.corrections(t.locale, round.id), 'corrections.title'],
  ...only(
    isFinal(round.state) && countedEditions(round.state).length > 0,
    'correction.read',
    paths.editionDebts(t.locale, round.id),
    'remedy.edition.title',
  ),
  ['owed-interview.read', owedPaths.all(t.locale, round.id), 'owed-interview.title'],
  ['members.remind', paths.reminders(t.locale, round.id), 'committee.remind.title'],
  ['discussion.read', paths.discussion(t.locale, round.id), 'discussion.title'],
  ...only(hasPolls(file), 'poll.read', paths.ballots(t.locale, round.id), 'ballots.title'),
  ['conflict.read', paths.conflicts(t.locale, round.id), 'conflicts.title'],
  ['committee.read', paths.seats(t.locale, round.id), 'committee.title'],
  ['guest.keep', paths.guests(t.locale, round.id), 'guests.title'],
  ...only(
    file.raters.match !== undefined,
    'competence.tell',
    paths.competences(t.locale, round.id),
    'competence.title',
  ),
  ['retention.read', paths.retention(t.locale, round.id), 'rights.retention.title'],
];

/** What came of the work, and what goes out of it. */
const aboutWork = (t: Translator, { round, file }: GateView): Link[] => [
  ['own-scores.read', paths.ownWork(t.locale, round.id, 'own-scores'), 'scoring.stored'],
  ...only(
    file.raters.feedback !== undefined,
    'feedback.read',
    paths.ownWork(t.locale, round.id, 'feedback'),
    'practice.feedback.title',
  ),
  ['charts.read', paths.charts(t.locale, round.id), 'charts.title'],
  ['formulas.read', paths.formulas(t.locale, round.id), 'formula.title'],
  ['household.count', paths.figures(t.locale, round.id, 'household'), 'figures.household.title'],
  ...only(
    importedCriteria(file.rubric.criteria).length > 0,
    'marks.read',
    paths.marks(t.locale, round.id),
    'marks.title',
  ),
  ...only(file.exchange !== undefined, 'exchange.read', paths.exchange(t.locale, round.id), 'exchange.title'),
  ...only(
    file.elsewhere !== undefined,
    'elsewhere.read',
    paths.elsewhere(t.locale, round.id),
    'elsewhere.title',
  ),
  ...only(hasLine(file), 'raters.further', paths.nearLine(t.locale, round.id), lineTitle(file)),
  ['evaluation-sheets.read', paths.sheets(t.locale, round.id), 'scoring.sheets'],
  ['minutes.read', paths.papers(t.locale, round.id), 'minutes.title'],
  ['letters.release', paths.letters(t.locale, round.id), 'watch.letters'],
];
