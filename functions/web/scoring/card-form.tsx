import type { OwnCard } from '#functions/commands/card-views.ts';
import { commentKinds, type FilledCard } from '#shared/domain/card.ts';
import type { CardRule } from '#shared/domain/card-rule.ts';
import type { Criterion } from '#shared/domain/criterion.ts';
import type { Provenance } from '#shared/domain/provenance.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { Button, Hidden, TextArea } from '../fields.tsx';
import { type FieldError, one, type Typed } from '../form.ts';
import { Facts, Inset, Table } from '../parts.tsx';
import { textIn } from '../words.ts';
import { cardIn, PointsFields } from './points.tsx';

/** A card that came back: what was typed, and either what is wrong with it or that something else was saved meanwhile. */
export type Again = { typed: Typed; errors: readonly FieldError[]; changed?: true };

/** Where the summary at the top of the page leads: a card is longer than a screen. */
const changedField = 'changed';

/** What was typed, where something else was saved meanwhile. */
export const changedMeanwhile = (t: Translator, typed: Typed): Again => ({
  typed,
  errors: [{ field: changedField, text: t('scoring.changed.title') }],
  changed: true,
});

type CardFormProps = {
  t: Translator;
  action: string;
  /** Of an interview that has several. */
  station?: string | undefined;
  criteria: readonly Criterion[];
  confidence: Provenance['confidence'];
  rule: CardRule | undefined;
  own: OwnCard;
  again: Again | undefined;
  /** What the button that gives the card says. */
  give: string;
};

/** A card to fill in: points, comments, and two ways to save it. */
export const CardForm = (props: CardFormProps) => {
  const { t, action, station, criteria, confidence, rule, own, again, give } = props;
  const version = again && !again.changed ? one(again.typed, 'basedOn') : own.version;
  return (
    <form method="post" action={action} novalidate>
      {again?.changed && <Changed t={t} criteria={criteria} stands={own.filled} typed={again.typed} />}
      {own.isDraft && !again && <Inset>{t('scoring.draft')}</Inset>}
      <Hidden name="basedOn" value={version} />
      {station !== undefined && <Hidden name="station" value={station} />}
      <PointsFields
        t={t}
        criteria={criteria}
        confidence={confidence}
        rule={rule}
        typed={again?.typed}
        stored={own.filled}
        errors={again?.errors}
      />
      <CommentFields {...props} />
      <div class="govuk-button-group">
        <Button>{give}</Button>
        <Button kind="secondary" name="as" value="draft">
          {t('scoring.saveDraft')}
        </Button>
      </div>
    </form>
  );
};

const CommentFields = ({ t, rule, own, again }: CardFormProps) => (
  <>
    {commentKinds.map((kind) => {
      const limits = rule?.comments?.[kind];
      const name = `comments.${kind}`;
      return limits ? (
        <TextArea
          t={t}
          name={name}
          label={t(`scoring.comment.${kind}`)}
          hint={t(`scoring.comment.${kind}.hint`, limits)}
          optional={limits.minimum === 0}
          value={again ? one(again.typed, name) : (own.filled?.comments[kind] ?? '')}
          errors={again?.errors}
          rows={5}
        />
      ) : null;
    })}
  </>
);

type ChangedProps = {
  t: Translator;
  criteria: readonly Criterion[];
  stands: FilledCard | undefined;
  typed: Typed;
};

/** What was saved elsewhere since the form was opened, beside what is typed here; nothing of either is lost. */
const Changed = ({ t, criteria, stands, typed }: ChangedProps) => {
  const mine = cardIn(typed);
  const rows = criteria.flatMap(({ code, title }) => {
    const here = pointsText(t, mine, code);
    const there = stands ? pointsText(t, stands, code) : '—';
    return here === there ? [] : [[textIn(t, title), here, there]];
  });
  const texts = commentKinds.flatMap((kind) => {
    const there = stands?.comments[kind] ?? '';
    return there === '' || there === one(typed, `comments.${kind}`).trim()
      ? []
      : [{ name: t(`scoring.comment.${kind}`), value: <span class="typed">{there}</span> }];
  });
  return (
    <section>
      <h2 class="govuk-heading-m" id={changedField}>
        {t('scoring.changed.title')}
      </h2>
      <p>{t('scoring.changed.text')}</p>
      {rows.length > 0 && (
        <Table
          caption={t('scoring.changed.points')}
          head={[t('scoring.criterionColumn'), t('scoring.changed.here'), t('scoring.changed.there')]}
          numeric={[1, 2]}
          rows={rows}
        />
      )}
      {texts.length > 0 && (
        <>
          <h3 class="govuk-heading-s">{t('scoring.changed.texts')}</h3>
          <Facts facts={texts} />
        </>
      )}
    </section>
  );
};

/** Points of a card at one criterion in a table: a number, that it is not judged, or nothing. */
export const pointsText = (
  t: Translator,
  card: { points: FilledCard['points']; abstained?: readonly string[] | undefined },
  code: string,
): string => {
  const given = card.points[code];
  if (given !== undefined) return t.number(given);
  return card.abstained?.includes(code) ? t('scoring.notJudged') : '—';
};
