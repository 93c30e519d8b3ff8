import type { Provenance } from '#shared/domain/provenance.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { gatedStages } from '#shared/domain/stage.ts';
import type { Texts } from '#shared/domain/texts.ts';
import { type MessageKey, translator } from '#shared/i18n/index.ts';
import { eligibilityText } from '#shared/rule-texts.ts';
import type { Minutes } from './minutes.ts';
import { type PaperTranslator, withPaperTexts } from './words.ts';

type Named = { name: (t: PaperTranslator) => string; of: Provenance };

/** Every rule of a round file that nobody could verify, by name in the three languages, in the order of the file. */
export const unverifiedRules = (file: RoundFile): Minutes['unverified'] =>
  rulesOf(file)
    .filter(({ of }) => of.confidence === 'unverified')
    .map(({ name, of }) => ({ rule: inAll(name), source: of.source }));

const speakers = {
  kk: withPaperTexts(translator('kk')),
  ru: withPaperTexts(translator('ru')),
  en: withPaperTexts(translator('en')),
};

const inAll = (name: Named['name']): Texts => ({
  kk: name(speakers.kk),
  ru: name(speakers.ru),
  en: name(speakers.en),
});

/** A rule that has no title of its own. */
const rule = (key: PlainKey, of: Provenance): Named => ({ name: (t) => t(`papers.rule.${key}`), of });

/** The same of a rule that a round file may leave out. */
const maybe = (key: PlainKey, of: Provenance | undefined): Named[] => (of ? [rule(key, of)] : []);

/** By the words that its page has for it. */
const paged = (keys: readonly MessageKey[], of: Provenance): Named => ({
  name: (t) => keys.map((key) => t(key)).join(': '),
  of,
});

type PlainKey =
  | ('call' | 'calendar' | 'posts' | 'motivation' | 'rubric' | 'blind' | 'raters' | 'adjustmentGate')
  | ('committee' | 'shortlist' | 'interviews' | 'results' | 'answer' | 'checklist' | 'ties' | 'choices')
  | (
      | 'consent'
      | 'feedback'
      | 'further'
      | 'practice'
      | 'exchange'
      | 'conflicts'
      | 'screeningCheck'
      | 'claims'
      | 'marksFile'
      | 'recusal'
      | 'absentChair'
    )
  | (
      | 'allocation'
      | 'beacon'
      | 'cards'
      | 'severityAdjustment'
      | 'elsewhere'
      | 'load'
      | 'match'
      | 'links'
      | 'anchors'
      | 'chance'
      | 'minimum'
    );

/** A rule with a title in the round file. */
const titled =
  (key: 'quota' | 'incentive' | 'document' | 'criterion' | 'interviewCriterion' | 'item') =>
  (of: Provenance & { title: Texts }): Named => ({
    name: (t) => t(`papers.rule.${key}`, { title: of.title[t.locale] }),
    of,
  });

const rulesOf = (file: RoundFile): Named[] => [
  rule('call', file.call),
  ...gatedStages.map((stage) => ({
    name: (t: PaperTranslator) => t('papers.rule.stage', { stage: t(`codes.stage.${stage}`) }),
    of: file.stages[stage],
  })),
  rule('calendar', file.calendar),
  rule('posts', file.posts),
  ...(file.posts.allocation ? [rule('allocation', file.posts.allocation)] : []),
  ...file.posts.quotas.map(titled('quota')),
  ...(file.incentives ?? []).map(titled('incentive')),
  ...applying(file),
  rule('rubric', file.rubric),
  ...file.rubric.criteria.map(titled('criterion')),
  ...maybe('marksFile', file.marksFile),
  rule('blind', file.blind),
  rule('raters', file.raters),
  ...maybe('load', file.raters.load),
  ...maybe('match', file.raters.match),
  ...maybe('links', file.raters.links),
  ...maybe('anchors', file.raters.anchors),
  ...maybe('chance', file.raters.chance),
  rule('adjustmentGate', file.raters.adjustmentGate),
  ...maybe('feedback', file.raters.feedback),
  ...maybe('cards', file.cards),
  ...maybe('further', file.raters.further),
  ...maybe('severityAdjustment', file.raters.severityAdjustment),
  ...maybe('practice', file.practice),
  ...maybe('conflicts', file.conflicts),
  ...(file.conflicts?.grounds ?? []).map((of) => rule('conflicts', of)),
  ...maybe('screeningCheck', file.screeningCheck),
  rule('committee', file.committee),
  ...maybe('recusal', file.committee.recusal),
  ...maybe('absentChair', file.committee.absentChair),
  rule('shortlist', file.shortlist),
  rule('interviews', file.interviews),
  ...file.interviews.criteria.map(titled('interviewCriterion')),
  ...(file.minimums ?? []).map((of) => rule('minimum', of)),
  ...maybe('claims', file.claims),
  rule('results', file.results),
  ...answering(file.answer),
  ...maybe('exchange', file.exchange),
  ...maybe('elsewhere', file.elsewhere),
  rule('checklist', file.checklist),
  ...file.checklist.items.map(titled('item')),
  rule('ties', file.ties),
  ...maybe('beacon', file.ties.beacon),
  rule('choices', file.choices),
  ...(file.references ? [paged(['apply.task.references'], file.references)] : []),
  ...(file.retention ?? []).map((of) =>
    paged(['rights.retention.title', `rights.retention.group.${of.code}`], of),
  ),
  rule('consent', file.consent),
];

/** The answer to an offer, with what it may wait for. */
const answering = (answer: RoundFile['answer']): Named[] => [
  rule('answer', answer),
  ...(answer.conditions ?? []).map((of) => rule('answer', of)),
  ...maybe('answer', answer.deferral),
];

/** What applicants are asked for. */
const applying = (file: RoundFile): Named[] => [
  ...file.eligibility.map((of) => ({
    name: (t: PaperTranslator) => t('papers.rule.eligibility', { rule: eligibilityText(t, of, file) }),
    of,
  })),
  ...file.documents.map(titled('document')),
  ...file.questions.map((of) => ({
    name: (t: PaperTranslator) =>
      t('papers.rule.question', { title: t(`application-form.${of.code}.label`) }),
    of,
  })),
  rule('motivation', file.motivation),
];
