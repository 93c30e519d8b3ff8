import type { ClaimEffects } from '#functions/commands/claim-effects.ts';
import type { Counterfactual } from '#functions/commands/counterfactual.ts';
import { criteriaOf, itemsText } from '#shared/correction-texts.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, ErrorSummary, Hidden } from '../fields.tsx';
import { type FieldError, one, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { type Fact, Facts } from '../parts.tsx';
import { paths } from '../paths.ts';
import { SampleNote } from '../sample-note.tsx';
import type { View } from '../view.ts';
import { textIn } from '../words.ts';
import { Effects } from './affected.tsx';

type Props = {
  view: View;
  effects: ClaimEffects;
  claimId: string;
  typed: Typed;
  errors: readonly FieldError[];
};

const totals = {
  scoring: 'results.claim.correctedScoring',
  interview: 'results.claim.correctedInterview',
} as const;

/** What the second press says again. */
const fieldsIn = (typed: Typed): string[] => [
  'verdict',
  'scoring',
  'interview',
  'reason',
  'openSince',
  ...Object.keys(typed).filter((name) => name.startsWith('item.') && one(typed, name) !== ''),
];

/** Each point that is changed, with what it was. */
const itemFacts = (t: Translator, { place, granted: { items = [] }, codeOf }: ClaimEffects): Fact[] =>
  items.length === 0
    ? []
    : [{ name: t('results.claim.items'), value: itemsText(t, items, criteriaOf(place.file), codeOf) }];

const moves = (
  then: number | undefined,
  now: number | undefined,
  text: (value: number) => string,
): string => {
  const [first, last] = [then, now].map((value) => (value === undefined ? '–' : text(value)));
  return then === now ? `${last}` : `${first} → ${last}`;
};

/** The own parts, total and rank, each with what it was. */
const totalFacts = (t: Translator, { number, granted, found: { before, after } }: ClaimEffects): Fact[] => {
  const own = ({ scoring, results }: Counterfactual['before']) =>
    (results ?? scoring).find((standing) => standing.number === number);
  const [was, is] = [own(before), own(after)];
  const percent = (value: number): string => t('results.percent', { value: t.number(value) });
  return [
    ...(['scoring', 'interview'] as const).flatMap((part) =>
      granted[part] === undefined
        ? []
        : [{ name: t(totals[part]), value: moves(was?.[part], granted[part], percent) }],
    ),
    { name: t('committee.total'), value: moves(was?.total, is?.total, percent) },
    { name: t('committee.rank'), value: moves(was?.rank, is?.rank, (rank) => t.number(rank)) },
  ];
};

/** What upholding a claim would change, and for whom, before anybody is told: the second press decides what this page showed. */
export const ClaimEffectsPage = ({ view, effects, claimId, typed, errors }: Props) => {
  const { t } = view;
  const { place, number, found, digest } = effects;
  const address = paths.committeeClaim(t.locale, place.round.id, claimId);
  return (
    <Page
      view={view}
      title={t('replay.claim')}
      caption={textIn(t, place.file.title)}
      failed={errors.length > 0}
      back={{ href: address }}
      wide
    >
      <ErrorSummary t={t} errors={errors} />
      <SampleNote t={t} of={[place.file.rubric, place.file.interviews]} />
      <Facts
        facts={[
          { name: t('apply.numberName'), value: number },
          ...itemFacts(t, effects),
          ...totalFacts(t, effects),
          ...(one(typed, 'verdict') === 'owed'
            ? [{ name: t('results.claim.corrected'), value: t('results.claim.interviewOwed') }]
            : []),
          { name: t('committee.reason'), value: <span class="typed">{one(typed, 'reason')}</span> },
        ]}
      />
      <div id="affected">
        <Effects t={t} found={found} />
      </div>
      <form method="post" action={address}>
        {fieldsIn(typed).map((name) => (
          <Hidden name={name} value={one(typed, name)} />
        ))}
        <Hidden name="shown" value={digest} />
        <Button>{t('replay.claim.uphold')}</Button>
        <Button kind="secondary" name="change" value="yes">
          {t('replay.claim.change')}
        </Button>
      </form>
    </Page>
  );
};
