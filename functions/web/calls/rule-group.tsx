import { type Provenance, sourceIn } from '#shared/domain/provenance.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Confidence, Source, SourceText } from '../parts.tsx';

type GroupProps = {
  t: Translator;
  title: string;
  rules: readonly (readonly [string, Provenance])[];
  /** Said when there is no rule; without it the group is left out. */
  none?: string;
};

/** Rules of one kind. Where all come from one source it is named once, below them. */
export const Group = ({ t, title, rules, none }: GroupProps) => {
  const [first] = rules;
  if (!first && none === undefined) return null;
  const shared = first && rules.every(([, rule]) => sameSource(t, rule, first[1])) ? first[1] : undefined;
  return (
    <>
      <h3 class="govuk-heading-s">{title}</h3>
      {!first && <p>{none}</p>}
      <ul class="govuk-list govuk-list--bullet">
        {rules.map(([text, rule]) => (
          <li>
            {text}
            {!shared && <RuleSource t={t} of={rule} />}
          </li>
        ))}
      </ul>
      {shared && <RuleSource t={t} of={shared} />}
    </>
  );
};

const sameSource = (t: Translator, a: Provenance, b: Provenance): boolean =>
  sourceIn(t.locale, a.source) === sourceIn(t.locale, b.source) &&
  a.confidence === b.confidence &&
  a.verifiedOn === b.verifiedOn;

/** An unverified rule is a sample, and says so before its source. */
export const RuleSource = ({ t, of }: { t: Translator; of: Provenance }) =>
  of.confidence === 'unverified' ? (
    <p class="source">
      <Confidence t={t} level={of.confidence} /> {t('call.rules.sample')}{' '}
      <SourceText source={sourceIn(t.locale, of.source)} />
    </p>
  ) : (
    <Source t={t} of={of} />
  );
