import type { RaterOverview } from '#functions/commands/rater-overview.ts';
import type { ScoringView } from '#functions/commands/scoring-views.ts';
import { type Binding, bindingTexts, chanceTexts } from '#shared/binding-texts.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { permit } from '#shared/domain/permission.ts';
import type { Provenance } from '#shared/domain/provenance.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Digest, type Fact, Facts, Inset, Source } from '../parts.tsx';
import { paths } from '../paths.ts';
import type { View } from '../view.ts';
import { tenth } from './feedback.tsx';
import { Gauge } from './gauge.tsx';

type Props = { view: View; scoring: ScoringView; names: ReadonlyMap<PersonId, string> };

/** How raters were assigned, for who runs the committee: bounds, links, the seed, and what cannot be kept. */
export const AssignmentFacts = ({ view: { t }, scoring, names }: Props) => {
  const { assignment, role, round, file } = scoring;
  if (!assignment) return null;
  const { binding, untold, drawn, rule } = assignment;
  const words = new Map<string, string>([...names, ...assignment.numbers]);
  const missed = assignment.chance ? chanceTexts(t, assignment.chance, words) : [];
  return (
    <section>
      <h2 class="govuk-heading-m">{t('raters.title')}</h2>
      {untold.length > 0 && (
        <Inset>
          <p>{t('raters.untold', { names: untold.map((id) => names.get(id) ?? id).join(', ') })}</p>
        </Inset>
      )}
      {binding.length > 0 && (
        <Inset>
          <p>
            <strong>{t('raters.binding')}</strong>
          </p>
          <p>{t('raters.binding.text')}</p>
          <Bindings all={bindingTexts(t, binding, words)} />
        </Inset>
      )}
      {missed.length > 0 && (
        <Inset>
          <Bindings all={missed} />
        </Inset>
      )}
      <Facts facts={factsOf(t, assignment, file.timeZone)} />
      {assignment.gauge && <Gauge t={t} gauge={assignment.gauge} />}
      {rule.match && permit('competence.tell', role, round.stage).ok && (
        <p>
          <a href={paths.competences(t.locale, round.id)}>{t('competence.title')}</a>
        </p>
      )}
      {drawn && permit('raters.drawn', role, round.stage).ok && (
        <p>
          <a href={paths.raterDrawing(t.locale, round.id)}>{t('raters.file')}</a> {t('raters.file.text')}
        </p>
      )}
    </section>
  );
};

const Bindings = ({ all }: { all: readonly Binding[] }) => (
  <ul class="govuk-list govuk-list--bullet">
    {all.map(({ rule: bound, cases }) => (
      <li>
        {bound}
        {cases.length > 0 && (
          <ul class="govuk-list govuk-list--bullet">
            {cases.map(({ said, applications }) => (
              <li>
                {applications.map((number, place) => (
                  <>
                    {place > 0 && ', '}
                    <span class="whole">{number}</span>
                  </>
                ))}
                {said !== '' && ` (${said})`}
              </li>
            ))}
          </ul>
        )}
      </li>
    ))}
  </ul>
);

const factsOf = (
  t: Translator,
  { rule, links, anchors, chance, drawn }: RaterOverview,
  zone: string,
): Fact[] => [
  ...(rule.load ? [ruleFact(t, 'raters.load', boundsText(t, rule.load), rule.load)] : []),
  ...(links.wanted !== undefined || links.ratings > 0
    ? [ruleFact(t, 'raters.links', linksText(t, links, rule.links !== undefined), rule.links)]
    : []),
  ...(anchors === undefined
    ? []
    : [ruleFact(t, 'raters.anchors', t('raters.anchors.value', { count: anchors }), rule.anchors)]),
  ...(chance
    ? [ruleFact(t, 'raters.chance', t('raters.chance.value', { percent: chance.atMostPercent }), rule.chance)]
    : []),
  ...(drawn
    ? [
        { name: t('raters.seed'), value: <Digest value={drawn.seed} /> },
        { name: 'SHA-256', value: <Digest value={drawn.drawing} /> },
        { name: t('raters.drawn.when'), value: t('raters.drawn', { at: t.moment(drawn.at, zone) }) },
      ]
    : []),
];

/** What a rule of the round file comes to, with its source. */
const ruleFact = (
  t: Translator,
  name: 'raters.load' | 'raters.links' | 'raters.anchors' | 'raters.chance',
  text: string,
  of: Provenance | undefined,
): Fact => ({
  name: t(name),
  value: (
    <>
      {text}
      {of && <Source t={t} of={of} />}
    </>
  ),
});

const boundsText = (
  t: Translator,
  { atLeast, atMost }: NonNullable<RaterOverview['rule']['load']>,
): string =>
  atLeast === undefined ? t('raters.load.atMost', { atMost }) : t('raters.load.value', { atLeast, atMost });

/** @param isRule whether the round file asks for links; else regions need them, once somebody of another one rates */
const linksText = (
  t: Translator,
  { ratings, all, wanted }: RaterOverview['links'],
  isRule: boolean,
): string => {
  const facts = { ratings, all, percent: t.number(all === 0 ? 0 : tenth((100 * ratings) / all)) };
  if (wanted === undefined) return t('raters.links.value', facts);
  return t(isRule ? 'raters.links.wanted' : 'raters.links.needed', { ...facts, wanted });
};

/** How many applications somebody was asked for, beside what the round file allows. */
export const askedText = (
  t: Translator,
  { asked, guest, sits }: NonNullable<ScoringView['progress']>[number],
  load: RaterOverview['rule']['load'],
): string => {
  if (!load || guest || !sits) return t.number(asked);
  const { atLeast = 0, atMost } = load;
  return asked < atLeast
    ? t('raters.asked.below', { asked, atLeast })
    : t('raters.asked.ofMost', { asked, atMost });
};
