import type { RoundView } from '#functions/commands/rounds.ts';
import { type Amount, type Support, supportOf, type Valued } from '#shared/domain/incentive-amount.ts';
import type { IncentiveRule } from '#shared/domain/incentive-rule.ts';
import { incentiveRulesOf } from '#shared/domain/programme-support.ts';
import { sourceIn } from '#shared/domain/provenance.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import { dayAt } from '#shared/domain/zone.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Confidence, Source, Tag } from '../parts.tsx';
import { incentiveName, textIn } from '../words.ts';
import { deadlineOf } from './facts.ts';

/** By the figures of the day on which the call closes, so that a page says the same whenever it is read. */
const dayOf = ({ round, file }: Pick<RoundView, 'round' | 'file'>): string =>
  dayAt(file.timeZone, deadlineOf(round));

type Of = { t: Translator; call: Pick<RoundView, 'round' | 'file'>; vacancy: Vacancy };

/** What comes with a vacancy in a line each: what is not money together, what is money with its amount. */
export const SupportLines = ({ t, call, vacancy }: Of) => {
  const day = dayOf(call);
  const all = supportOf(vacancy.incentives, incentiveRulesOf(call.file), day);
  const things = all.filter(({ amount }) => amount.kind === 'in-kind');
  return (
    <ul class="support">
      {all
        .filter(({ amount }) => amount.kind !== 'in-kind')
        .map((support) => (
          <li>
            {incentiveName(t, support.incentive)}: {amountText(t, support.amount, support.granted, day)}
            {support.examples.map((example) => ` (${exampleText(t, example, day)})`)}
            <Doubt t={t} of={support.granted} />
          </li>
        ))}
      {things.length > 0 && <li>{things.map(({ incentive }) => incentiveName(t, incentive)).join(', ')}</li>}
    </ul>
  );
};

/** What is less than sure says so beside its amount, also where there is no room for its source (DOMAIN D2). */
const Doubt = ({ t, of }: { t: Translator; of: Valued | undefined }) =>
  of && of.confidence !== 'high' ? (
    <>
      {' '}
      <Confidence t={t} level={of.confidence} />
    </>
  ) : null;

/** Every incentive of a vacancy with its amount, how that was computed, and where each figure comes from. */
export const SupportInFull = ({ t, call, vacancy }: Of) => {
  const day = dayOf(call);
  return (
    <>
      {supportOf(vacancy.incentives, incentiveRulesOf(call.file), day).map((support) => (
        <section class="rule">
          <h3 class="govuk-heading-s">
            {incentiveName(t, support.incentive)}: {amountText(t, support.amount, support.granted, day)}
          </h3>
          <Granted t={t} support={support} day={day} />
          {support.examples.map((example) => (
            <>
              <p>
                <Tag colour="grey">{t('support.exampleOnly')}</Tag> {textIn(t, example.rule.title)}:{' '}
                {amountText(t, example.amount, example, day)}
              </p>
              <Basis t={t} of={example} />
            </>
          ))}
        </section>
      ))}
    </>
  );
};

const Granted = ({ t, support, day }: { t: Translator; support: Support; day: string }) => {
  const { amount, granted } = support;
  if (!granted) return <p>{t('support.noRule')}</p>;
  return (
    <>
      <p>{textIn(t, granted.rule.title)}</p>
      {amount.kind === 'unknown' && <p>{t('support.noFigure', { year: yearOf(day) })}</p>}
      <Basis t={t} of={granted} />
    </>
  );
};

/** How an amount was computed, then the source of the rule and of each figure, each once. */
const Basis = ({ t, of }: { t: Translator; of: Valued }) => {
  const formula = formulaText(t, of);
  const sources = [
    ...new Map([of.rule, ...of.figures].map((fact) => [sourceIn(t.locale, fact.source), fact])).values(),
  ];
  return (
    <>
      {formula !== undefined && <p>{formula}</p>}
      {sources.map((fact) => (
        <Source t={t} of={fact} />
      ))}
    </>
  );
};

const formulaText = (t: Translator, { rule, figures }: Valued): string | undefined => {
  const [first, second] = figures;
  const { worth } = rule;
  if (worth.unit === 'mci' && first) {
    return t('support.formula.mci', { times: worth.times, index: first.value, year: yearOf(first.from) });
  }
  if (worth.unit !== 'official-salary' || !first || !second) return undefined;
  return t('support.formula.official-salary', {
    base: first.value,
    factor: second.value,
    percent: worth.percent,
  });
};

const exampleText = (t: Translator, example: Valued, day: string): string =>
  t('support.example', { amount: amountText(t, example.amount, example, day) });

/** @param day whose figures were looked for */
const amountText = (t: Translator, amount: Amount, of: Valued | undefined, day: string): string => {
  const every: IncentiveRule['every'] = of?.rule.every ?? 'month';
  switch (amount.kind) {
    case 'tenge':
      return t(`support.tenge.${every}`, { tenge: rangeText(t, amount) });
    case 'per-coefficient':
      return t(`support.perCoefficient.${every}`, { tenge: t.number(amount.tenge) });
    case 'in-kind':
      return t('support.inKind');
    case 'unknown':
      return amount.because === 'no-rule'
        ? t('support.unknown.no-rule')
        : t('support.unknown.no-figure', { year: yearOf(day) });
    default:
      return amount satisfies never;
  }
};

const rangeText = (t: Translator, { from, to }: { from: number; to?: number | undefined }): string =>
  to === undefined || to === from ? t.number(from) : `${t.number(from)}–${t.number(to)}`;

/** As a text: a year has no thousands separator in any language. */
const yearOf = (day: string): string => day.slice(0, 4);
