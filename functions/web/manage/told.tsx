import { roundRecipients } from '#functions/commands/round-letters.ts';
import type { RoundView } from '#functions/commands/rounds.ts';
import { detailsOf } from '#functions/http/refusal-text.ts';
import type { LetterTemplate } from '#shared/domain/letter-template.ts';
import { Shown } from '#shared/domain/shown-recipients.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { WebDeps } from '../deps.ts';
import { Hidden } from '../fields.tsx';
import { type FieldError, one, type Typed } from '../form.ts';
import { LetterSamples, letterSamples, type Sample } from './letter-samples.tsx';

/** The letter to everyone in a round that a press would send, and to how many people (ANCHORS F17, 94). */
export type Told = { shown: Shown; samples: readonly Sample[] };

/** @param facts what the letter says besides the round */
export const toldIn = async (
  deps: WebDeps,
  { round, file }: Pick<RoundView, 'round' | 'file'>,
  { template, facts = {} }: { template: LetterTemplate; facts?: Record<string, string> },
): Promise<Told> => ({
  shown: await roundRecipients(deps, round.id),
  // Nobody has begun in a draft, so there is no letter either.
  samples:
    round.stage === 'draft' ? [] : await letterSamples(deps, { templates: [template], round, file, facts }),
});

/** The number that a form names; what it does not, or not as a number, nobody was shown. */
export const shownIn = (typed: Typed): Shown =>
  Shown.safeParse({ recipients: Number(one(typed, 'recipients')), at: one(typed, 'countedAt') }).data ??
  neverShown;

const neverShown = Shown.parse({ recipients: 0, at: '0001-01-01T00:00:00.000Z' });

/** Why another number than the one that was shown is refused, at the number that is shown now. */
export const differing = (refusal: Refusal, t: Translator): FieldError[] =>
  refusal.kind === 'recipients-differ'
    ? [
        {
          field: 'recipients',
          text: [t('problems.recipients-differ.title'), ...detailsOf(refusal, t)].join('. '),
        },
      ]
    : [];

/** The number and the letter. */
export const ToldPeople = ({ t, told: { shown, samples } }: { t: Translator; told: Told }) => (
  <div id="recipients">
    {samples.length > 0 && <p>{t('watch.letters.recipients', { count: shown.recipients })}</p>}
    <LetterSamples samples={samples} />
  </div>
);

/** What the form says back of it. */
export const ToldFields = ({ told: { shown } }: { told: Told }) => (
  <>
    <Hidden name="recipients" value={shown.recipients} />
    <Hidden name="countedAt" value={shown.at} />
  </>
);
