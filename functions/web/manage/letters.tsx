import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type Batch, letterBatches, releaseDecision } from '#functions/commands/letters-release.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { statusOf } from '#functions/http/problem.ts';
import { stageName } from '#functions/http/refusal-text.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { isMissed } from '#shared/domain/round-advance.ts';
import { GatedStage } from '#shared/domain/stage.ts';
import { roundIdOf } from '../acting.ts';
import { AlarmFields, acknowledgementIn, type Refused, refusedOver } from '../alarms.tsx';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Hidden, WarningText } from '../fields.tsx';
import { one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { LetterSamples, letterSamples, type Sample } from './letter-samples.tsx';
import { workOf } from './round-of.ts';

/** Every batch of letters about a decision, as it would be read in each language, with the number of its recipients. */
export const showLetters = (deps: WebDeps) => async (c: Context) => await lettersPage(deps, c);

/** A batch that was refused, with what was typed for it. */
type Again = Refused & { about: GatedStage; status: ContentfulStatusCode };

const lettersPage = async (deps: WebDeps, c: Context, again?: Again): Promise<Response> => {
  const roundId = roundIdOf(c);
  if (!roundId) return refusalPage(c, { kind: 'not-found', what: 'round' });
  const by = requireActor(c, rolesFor('letters.release'));
  const found = await letterBatches(deps, { by, roundId });
  if (!found.ok) return refusalPage(c, found.error);
  const { place, batches } = found.value;
  const samples = await samplesOf(deps, place, batches);
  return c.html(<LettersPage view={viewOf(c)} {...{ place, batches, samples, again }} />, again?.status);
};

/** Sends the letters of one decision, to as many as the page said. */
export const postLetters = (deps: WebDeps) => async (c: Context) => {
  const roundId = roundIdOf(c);
  const typed = await readTyped(c);
  const about = GatedStage.safeParse(one(typed, 'about'));
  if (!roundId || !about.success) return refusalPage(c, { kind: 'not-found', what: 'round' });
  const by = requireActor(c, rolesFor('letters.release'));
  const confirmed = Number(one(typed, 'confirmed'));
  const acknowledged = acknowledgementIn(typed, prefixOf(about.data));
  const letters = { about: about.data, confirmed, acknowledged };
  const released = await releaseDecision(deps, { by, roundId, ...letters });
  if (!released.ok) {
    const { t } = viewOf(c);
    const refused = refusedOver(released.error, { t, typed, prefix: prefixOf(about.data) });
    if (!refused) return refusalPage(c, released.error);
    const status = statusOf(released.error);
    return await lettersPage(deps, c, { ...refused, about: about.data, status });
  }
  return c.redirect(`${paths.letters(viewOf(c).t.locale, roundId)}?done=watch.done.released`, 303);
};

/** Letters of several decisions may wait on one page. */
const prefixOf = (about: GatedStage): string => `${about}-`;

const samplesOf = async (
  deps: WebDeps,
  { round, file }: Workplace,
  batches: readonly Batch[],
): Promise<Sample[]> => {
  const { state } = round;
  const standing = 'claimsCloseAt' in state ? state.claimsCloseAt : state.draftedAt;
  const claimsCloseAt = batches.find(({ claimsUntil }) => claimsUntil)?.claimsUntil ?? standing;
  const templates = batches.flatMap(({ letters }) => letters.map(({ template }) => template));
  return await letterSamples(deps, { templates, round: state, file, facts: { claimsCloseAt } });
};

type LettersProps = {
  view: View;
  place: Workplace;
  batches: readonly Batch[];
  samples: readonly Sample[];
  again: Again | undefined;
};

const LettersPage = ({ view, place, batches, samples, again }: LettersProps) => {
  const { t } = view;
  const { round, file } = place;
  return (
    <Page
      view={view}
      title={t('watch.letters')}
      caption={textIn(t, file.title)}
      failed={again !== undefined}
      back={{ href: workOf(t.locale, place) }}
    >
      <ErrorSummary t={t} errors={again?.errors} />
      {batches.length === 0 && <p>{t('watch.letters.none')}</p>}
      {isMissed(round.state) && <Inset>{t('watch.letters.missed')}</Inset>}
      {batches.map((batch) => (
        <section>
          <h2 class="govuk-heading-m">{t('watch.letters.about', { stage: stageName(t, batch.about) })}</h2>
          {batch.letters.map(({ template, recipients }) => (
            <>
              <p>
                {t(batch.toldAt ? 'watch.letters.went' : 'watch.letters.recipients', { count: recipients })}
              </p>
              <LetterSamples samples={samples.filter((sample) => sample.template === template)} />
            </>
          ))}
          {batch.toldAt ? (
            <p>{t('watch.letters.sent', { at: t.moment(batch.toldAt, file.timeZone) })}</p>
          ) : (
            <form method="post" action={paths.letters(t.locale, round.id)}>
              {batch.claimsUntil && (
                <p>{t('watch.letters.window', { at: t.moment(batch.claimsUntil, file.timeZone) })}</p>
              )}
              <WarningText t={t}>{t('watch.letters.warning', { count: batch.recipients })}</WarningText>
              <Hidden name="about" value={batch.about} />
              <Hidden name="confirmed" value={batch.recipients} />
              <AlarmFields
                t={t}
                alarms={batch.alarms}
                prefix={prefixOf(batch.about)}
                refused={again?.about === batch.about ? again : undefined}
              />
              <Button>
                {t('watch.letters.send', { count: batch.recipients })}
                <span class="govuk-visually-hidden">
                  {' '}
                  ({t('watch.letters.about', { stage: stageName(t, batch.about) })})
                </span>
              </Button>
            </form>
          )}
        </section>
      ))}
    </Page>
  );
};
