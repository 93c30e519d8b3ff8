import type { Context } from 'hono';
import { keepsPosts } from '#functions/commands/own-kept.ts';
import type { OwnWaiting, WaitingPost } from '#functions/commands/waiting-list.ts';
import { ownWaiting, placeInDigits } from '#functions/commands/waiting-list.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { askedOf } from '../apply/application.ts';
import type { WebDeps } from '../deps.ts';
import type { FieldError } from '../form.ts';
import { Page } from '../layout.tsx';
import { Facts, Inset } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { schoolName, subjectName, textIn } from '../words.ts';
import { OwnAhead, postAhead } from './ahead.tsx';
import { keptOrder, OwnKeptPosts } from './kept.tsx';

/** Where the own application stands for each post that it may still get, and what would move it. */
export const showWaiting = (deps: WebDeps) => async (c: Context) => await waitingPage(deps, c, []);

/** The same once more, with what is wrong with what was said in advance. */
export const postAnswerAhead = (deps: WebDeps) =>
  postAhead(deps, (c, errors) => waitingPage(deps, c, errors));

const waitingPage = async (deps: WebDeps, c: Context, errors: readonly FieldError[]): Promise<Response> => {
  const asked = askedOf(c);
  const found = asked.ok ? await ownWaiting(deps, asked.value) : asked;
  if (!found.ok) return refusalPage(c, found.error);
  const props = { view: viewOf(c), waiting: found.value, errors };
  return c.html(<WaitingPage {...props} />, errors.length > 0 ? 422 : 200);
};

type Props = { view: View; waiting: OwnWaiting; errors: readonly FieldError[] };

const WaitingPage = ({ view, waiting, errors }: Props) => {
  const { t } = view;
  const { application, file, places, first = [], stopped, kept, at } = waiting;
  const keeps = keepsPosts(file);
  return (
    <Page
      view={view}
      title={t('waiting.title')}
      caption={textIn(t, file.title)}
      failed={errors.length > 0}
      back={{ href: paths.application(t.locale, application.id) }}
    >
      {places === undefined && <Inset>{t('waiting.notYet')}</Inset>}
      {places?.length === 0 && <Inset>{t(stopped ? 'waiting.stopped' : 'waiting.none')}</Inset>}
      {places && places.length > 0 && (
        <>
          <p>{t('waiting.at', { at: t.moment(at, file.timeZone) })}</p>
          {first.length > 0 && <Inset>{t('waiting.first', { vacancies: first.join(', ') })}</Inset>}
          <p>{keeps ? keptOrder(t, file) : t('waiting.order')}</p>
          <OwnKeptPosts t={t} kept={kept} />
          {places.map((place) => (
            <Place t={t} place={place} />
          ))}
          <h2 class="govuk-heading-m">{t('waiting.moves.title')}</h2>
          <ul class="govuk-list govuk-list--bullet">
            <li>{t('waiting.moves.forward')}</li>
            <li>{t('waiting.moves.seat')}</li>
            <li>{t(keeps ? 'kept.moves' : 'waiting.moves.back')}</li>
          </ul>
          <p>{t('waiting.promise')}</p>
        </>
      )}
      <OwnAhead t={t} waiting={waiting} errors={errors} />
    </Page>
  );
};

const Place = ({ t, place }: { t: Translator; place: WaitingPost }) => {
  const { post, position, atWorst, posts, accepted, held, isLimited, isKept } = place;
  return (
    <section>
      <h2 class="govuk-heading-m">{`${post.code}, ${schoolName(t, post)}`}</h2>
      <Facts
        facts={[
          { name: t('waiting.position'), value: <strong>{placeInDigits(place)}</strong> },
          { name: t('offer.subject'), value: subjectName(t, post.subject) },
          { name: t('offer.place'), value: `${post.locality}, ${post.district}` },
          { name: t('waiting.seats'), value: t('waiting.seats.value', { posts, accepted, held }) },
        ]}
      />
      {atWorst > position && !isLimited && (
        <p>{t('waiting.range', { count: atWorst - position, atWorst })}</p>
      )}
      {isLimited && <p>{t('waiting.limited', { atWorst })}</p>}
      {isKept && <p>{t('kept.waiting')}</p>}
    </section>
  );
};
