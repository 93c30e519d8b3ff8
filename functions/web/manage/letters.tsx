import type { Context } from 'hono';
import { type Batch, letterBatches, releaseDecision } from '#functions/commands/letters-release.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { stageName } from '#functions/http/refusal-text.ts';
import { rolesFor } from '#shared/domain/permission.ts';
import { GatedStage } from '#shared/domain/stage.ts';
import type { DecisionTemplate } from '#shared/domain/telling.ts';
import { type Locale, localeNames, locales } from '#shared/i18n/index.ts';
import { roundIdOf } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, Hidden, WarningText } from '../fields.tsx';
import { one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { Details } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { workOf } from './round-of.ts';

type Sample = { template: DecisionTemplate; locale: Locale; subject: string; text: string };

/** Every batch of letters about a decision, as it would be read in each language, with the number of its recipients. */
export const showLetters = (deps: WebDeps) => async (c: Context) => {
  const roundId = roundIdOf(c);
  if (!roundId) return refusalPage(c, { kind: 'not-found', what: 'round' });
  const by = requireActor(c, rolesFor('letters.release'));
  const found = await letterBatches(deps, { by, roundId });
  if (!found.ok) return refusalPage(c, found.error);
  const { place, batches } = found.value;
  const samples = await samplesOf(deps, place, batches);
  return c.html(<LettersPage view={viewOf(c)} {...{ place, batches, samples }} />);
};

/** Sends the letters of one decision, to as many as the page said. */
export const postLetters = (deps: WebDeps) => async (c: Context) => {
  const roundId = roundIdOf(c);
  const typed = await readTyped(c);
  const about = GatedStage.safeParse(one(typed, 'about'));
  if (!roundId || !about.success) return refusalPage(c, { kind: 'not-found', what: 'round' });
  const by = requireActor(c, rolesFor('letters.release'));
  const confirmed = Number(one(typed, 'confirmed'));
  const released = await releaseDecision(deps, { by, roundId, about: about.data, confirmed });
  if (!released.ok) return refusalPage(c, released.error);
  return c.redirect(`${paths.letters(viewOf(c).t.locale, roundId)}?done=watch.done.released`, 303);
};

/** Loaded when somebody looks: the texts of all letters weigh more than most pages. */
const samplesOf = async (
  { publicOrigin: origin, region }: WebDeps,
  { round, file }: Workplace,
  batches: readonly Batch[],
): Promise<Sample[]> => {
  const { renderLetter } = await import('#shared/letters.ts');
  const { state } = round;
  const closesAt = 'claimsCloseAt' in state ? state.claimsCloseAt : state.draftedAt;
  const facts = {
    roundId: round.id,
    intake: file.intake,
    zone: file.timeZone,
    number: sampleNumber,
    claimsCloseAt: closesAt,
  };
  return batches.flatMap(({ letters }) =>
    letters.flatMap(({ template }) =>
      locales.map((locale) =>
        Object.assign({ template, locale }, renderLetter({ template, facts }, locale, { origin, region })),
      ),
    ),
  );
};

/** Stands for everyone's own number in a preview. */
const sampleNumber = 'KZ19-0000-0000';

type LettersProps = {
  view: View;
  place: Workplace;
  batches: readonly Batch[];
  samples: readonly Sample[];
};

const LettersPage = ({ view, place, batches, samples }: LettersProps) => {
  const { t } = view;
  const { round, file } = place;
  return (
    <Page
      view={view}
      title={t('watch.letters')}
      caption={textIn(t, file.title)}
      back={{ href: workOf(t.locale, place) }}
    >
      {batches.length === 0 && <p>{t('watch.letters.none')}</p>}
      {batches.map((batch) => (
        <section>
          <h2 class="govuk-heading-m">{t('watch.letters.about', { stage: stageName(t, batch.about) })}</h2>
          {batch.letters.map(({ template, recipients }) => (
            <>
              <p>{t('watch.letters.recipients', { count: recipients })}</p>
              {samples
                .filter((sample) => sample.template === template)
                .map(({ locale, subject, text }) => (
                  <Details summary={`${localeNames[locale]}: ${subject}`}>
                    <pre class="letter" lang={locale}>
                      {text}
                    </pre>
                  </Details>
                ))}
            </>
          ))}
          {batch.toldAt ? (
            <p>{t('watch.letters.sent', { at: t.moment(batch.toldAt, file.timeZone) })}</p>
          ) : (
            <form method="post" action={paths.letters(t.locale, round.id)}>
              <WarningText t={t}>{t('watch.letters.warning', { count: batch.recipients })}</WarningText>
              <Hidden name="about" value={batch.about} />
              <Hidden name="confirmed" value={batch.recipients} />
              <Button>{t('watch.letters.send', { count: batch.recipients })}</Button>
            </form>
          )}
        </section>
      ))}
    </Page>
  );
};
