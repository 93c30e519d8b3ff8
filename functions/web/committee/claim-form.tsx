import { type CodedItem, itemPlace } from '#functions/commands/claim-items.ts';
import type { RubricCriterion } from '#shared/domain/criterion.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { endsOf } from '#shared/domain/rubric.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Part } from '#shared/replay/supposition.ts';
import { Button, Hidden, Radios, Select, TextArea, TextField } from '../fields.tsx';
import { type FieldError, one, type Typed } from '../form.ts';
import { Details } from '../parts.tsx';
import { textIn } from '../words.ts';

type FormProps = {
  t: Translator;
  action: string;
  file: RoundFile;
  openSince: Instant;
  /** What the claim can be about, point by point. */
  items: readonly CodedItem[];
  refused: { typed: Typed; errors: readonly FieldError[] } | undefined;
};

/** Decides a claim: other points, from which its totals are counted, before any total that somebody counted themselves. */
export const DecisionForm = ({ t, action, file, openSince, items, refused }: FormProps) => {
  const typed = (name: string): string => (refused ? one(refused.typed, name) : '');
  const points = {
    value: 'items',
    text: t('results.claim.items.verdict'),
    hint: t('results.claim.items.verdict.hint'),
  };
  return (
    <form method="post" action={action} novalidate>
      <Hidden name="openSince" value={openSince} />
      <Radios
        t={t}
        name="verdict"
        label={t('results.claim.verdict')}
        value={typed('verdict')}
        errors={refused?.errors}
        options={[
          { value: 'rejected', text: t('results.claim.reject') },
          ...(items.length > 0 ? [points] : []),
          {
            value: 'upheld',
            text: t('results.claim.totals.verdict'),
            hint: t('results.claim.totals.hint'),
          },
          { value: 'owed', text: t('results.claim.owed'), hint: t('results.claim.owed.hint') },
        ]}
      />
      <h2 class="govuk-heading-m">{t('results.claim.items')}</h2>
      <p>{t(items.length > 0 ? 'results.claim.items.hint' : 'results.claim.items.none')}</p>
      {Part.options.map((part) => (
        <PartItems
          t={t}
          part={part}
          criteria={part === 'scoring' ? file.rubric.criteria : file.interviews.criteria}
          items={items.filter((item) => item.part === part)}
          refused={refused}
        />
      ))}
      <TotalsFields t={t} file={file} items={items} refused={refused} />
      <TextArea
        t={t}
        name="reason"
        label={t('committee.reason')}
        hint={t('results.claim.reasonHint')}
        value={typed('reason')}
        errors={refused?.errors}
      />
      <Button>{t('results.claim.decide')}</Button>
    </form>
  );
};

/** Totals that somebody counted themselves, folded where there are points. */
const TotalsFields = ({ t, file, items, refused }: Omit<FormProps, 'action' | 'openSince'>) => {
  const total = (name: 'scoring' | 'interview') => ({
    t,
    name,
    value: refused ? one(refused.typed, name) : '',
    errors: refused?.errors,
  });
  const fields = [total('scoring'), total('interview')];
  const isOpen = items.length === 0 || fields.some(({ value }) => value !== '') || isWrong(refused);
  const adjusts = file.raters.severityAdjustment !== undefined;
  return (
    <Details summary={t('results.claim.totals')} open={isOpen}>
      <TextField
        {...total('scoring')}
        label={t('results.claim.correctedScoring')}
        {...(adjusts && { hint: t('severity.claim', { page: t('replay.try') }) })}
        inputMode="decimal"
        width={5}
        optional
      />
      <TextField
        {...total('interview')}
        label={t('results.claim.correctedInterview')}
        inputMode="decimal"
        width={5}
        optional
      />
    </Details>
  );
};

const isWrong = (refused: FormProps['refused']): boolean =>
  refused?.errors.some(({ field }) => field === 'scoring' || field === 'interview') ?? false;

type PartProps = Pick<FormProps, 't' | 'items' | 'refused'> & {
  part: Part;
  criteria: readonly RubricCriterion[];
};

/** The points of one part, folded until one of them is changed. */
const PartItems = ({ t, part, criteria, items, refused }: PartProps) => {
  if (items.length === 0) return null;
  const isChanged = items.some(
    (item) =>
      refused &&
      (one(refused.typed, itemPlace(item)) !== '' ||
        refused.errors.some(({ field }) => field === itemPlace(item))),
  );
  return (
    <Details summary={t(`committee.${part}`)} open={isChanged}>
      {items.map((item) => (
        <ItemField
          t={t}
          item={item}
          criterion={criteria.find(({ code }) => code === item.criterion)}
          refused={refused}
        />
      ))}
    </Details>
  );
};

type ItemProps = Pick<FormProps, 't' | 'refused'> & {
  item: CodedItem;
  criterion: RubricCriterion | undefined;
};

/** Left alone the points stay. */
const ItemField = ({ t, item, criterion, refused }: ItemProps) => {
  if (!criterion) return null;
  const name = itemPlace(item);
  const { rater, points } = item;
  const field = {
    t,
    name,
    label: [textIn(t, criterion.title), rater ?? t('results.claim.item.marks')].join(', '),
    value: refused ? one(refused.typed, name) : '',
    errors: refused?.errors,
  };
  if (rater === undefined) {
    const { least, most } = endsOf(criterion);
    const range = { points: t.number(points), least: t.number(least), most: t.number(most) };
    return (
      <TextField
        {...field}
        hint={t('results.claim.item.now', range)}
        inputMode="decimal"
        width={5}
        optional
      />
    );
  }
  return (
    <Select
      {...field}
      empty={t('results.claim.item.same', { points: t.number(points) })}
      options={criterion.scale
        .filter((step) => step.points !== points)
        .map((step) => ({
          value: String(step.points),
          text: `${t.number(step.points)} – ${textIn(t, step.label)}`,
        }))}
    />
  );
};
