import type { CandidateView } from '#functions/commands/candidate-views.ts';
import { FieldName } from '#shared/domain/application-form.ts';
import type { BlindFacts } from '#shared/domain/candidacy.ts';
import { bindingRules } from '#shared/domain/eligibility.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { eligibilityText } from '#shared/rule-texts.ts';
import { Button } from '../fields.tsx';
import { type Colour, Confidence, Details, Facts, Inset, Table, Tag } from '../parts.tsx';
import { fieldLabel, namesListed, optionName, subjectName, textIn } from '../words.ts';

/** Parts of the pages on one application under selection. None of them knows whose it is. */

export const VerdictTag = ({ t, candidate }: { t: Translator; candidate: CandidateView }) => {
  const [colour, key] = tagOf(candidate);
  return <Tag colour={colour}>{t(`screening.state.${key}`)}</Tag>;
};

const tagOf = ({ withdrawn, judged, verdict, screened, inquiries }: CandidateView) => {
  if (withdrawn) return ['grey', 'withdrawn'] as const;
  if (judged?.again) return ['yellow', 'again'] as const;
  if (judged?.second === 'awaited') return ['yellow', 'awaited'] as const;
  if (judged)
    return judged.verdict === 'admitted' ? (['green', 'admitted'] as const) : (['red', 'refused'] as const);
  if (verdict === 'admitted') return ['turquoise', 'proposed'] as const;
  const isProposed = screened.proposal === 'admitted' && inquiries.every(standsNoMore);
  return isProposed && screened.waiting.length > 0
    ? (['blue', 'scanned'] as const)
    : (['yellow', 'unclear'] as const);
};

const standsNoMore = ({ standing }: CandidateView['inquiries'][number]): boolean => standing === 'withdrawn';

/** Titles of documents of the round file. */
export const documentsNamed = (
  t: Translator,
  { documents }: Pick<RoundFile, 'documents'>,
  codes: readonly string[],
): string => {
  const titles = new Map(documents.map(({ code, title }) => [code, textIn(t, title)]));
  return codes.map((code) => titles.get(code) ?? code).join(', ');
};

/** Answers that are codes and numbers. */
export const BlindFactsList = ({
  t,
  candidate: { facts },
}: {
  t: Translator;
  candidate: Pick<CandidateView, 'facts'>;
}) => (
  <Facts
    facts={[
      {
        name: t('screening.subjects'),
        value: listed(
          t,
          facts.subjects.map((one) => subjectName(t, one)),
        ),
      },
      {
        name: t('application-form.education.label'),
        value: facts.education ? optionName(t, 'education', facts.education) : t('screening.unanswered'),
      },
      {
        name: t('application-form.category.label'),
        value: facts.category ? optionName(t, 'category', facts.category) : t('screening.unanswered'),
      },
      {
        name: t('application-form.experienceYears.label'),
        value:
          facts.experienceYears === undefined ? t('screening.unanswered') : t.number(facts.experienceYears),
      },
      {
        name: t('screening.languages'),
        value: listed(
          t,
          facts.languages.map((one) => optionName(t, 'languages', one)),
        ),
      },
      ...whereAsked(t, facts),
      { name: t('screening.choices'), value: facts.choices.join(', ') || '—' },
    ]}
  />
);

/** What only some rounds ask, and of some people. */
const whereAsked = (t: Translator, facts: BlindFacts) => {
  const { achievements, testSubject, testPedagogy } = facts;
  const codes = (['path', 'studyForm', 'honours'] as const).flatMap((name) =>
    facts[name] ? [{ name: fieldLabel(t, name), value: optionName(t, name, facts[name]) }] : [],
  );
  const results = Object.entries({ testSubject, testPedagogy }).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name: fieldLabel(t, FieldName.parse(name)), value: t.number(value) }],
  );
  const kinds = achievements?.map((kind) => optionName(t, 'achievements', kind));
  return [
    ...codes,
    ...results,
    ...(kinds ? [{ name: fieldLabel(t, 'achievements'), value: listed(t, kinds) }] : []),
  ];
};

const listed = (t: Translator, names: readonly string[]): string => namesListed(t, names) || '—';

const colours = { met: 'green', 'not-met': 'red', unknown: 'yellow' } as const satisfies Record<
  string,
  Colour
>;

/** Each rule in words, how it came out, and how sure the rule itself is. */
export const ExplainedRules = ({
  t,
  candidate,
  file,
}: {
  t: Translator;
  candidate: CandidateView;
  file: RoundFile;
}) => {
  const outcomes = new Map(candidate.screened.rules.map(({ code, met }) => [code, met]));
  const binding = new Set(bindingRules(file.eligibility).map(({ code }) => code));
  const { missing, waiting, sameIin, promised } = candidate.screened;
  return (
    <>
      <Table
        caption={t('screening.rules')}
        head={[t('screening.rule'), t('screening.outcome'), t('screening.confidence')]}
        rows={file.eligibility.map((rule) => {
          const met = outcomes.get(rule.code) ?? 'unknown';
          const text = eligibilityText(t, rule, file);
          return [
            binding.has(rule.code) ? text : t('screening.alternative', { rule: text }),
            <Tag colour={colours[met]}>{t(`screening.met.${met}`)}</Tag>,
            <Confidence t={t} level={rule.confidence} />,
          ];
        })}
      />
      {missing.length === 0 && waiting.length === 0 && <p>{t('screening.documents.complete')}</p>}
      {missing.length > 0 && (
        <Inset>{t('screening.documents.missing', { documents: documentsNamed(t, file, missing) })}</Inset>
      )}
      {waiting.length > 0 && (
        <Inset>{t('screening.documents.scanned', { documents: documentsNamed(t, file, waiting) })}</Inset>
      )}
      {promised && (
        <Inset>
          {t(promised.mistake ? 'remedy.screened' : 'deferral.promised', { intake: promised.intake })}
        </Inset>
      )}
      {sameIin.length > 0 && <p>{t('screening.sameIin', { numbers: sameIin.join(', ') })}</p>}
    </>
  );
};

/** Gives an application up to others, with one press. */
export const ConflictForm = ({ t, action }: { t: Translator; action: string }) => (
  <Details summary={t('screening.conflict')}>
    <p>{t('screening.conflict.text')}</p>
    <form method="post" action={action}>
      <Button kind="warning">{t('screening.conflict.declare')}</Button>
    </form>
  </Details>
);
