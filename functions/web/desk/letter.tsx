import type { Context } from 'hono';
import { type Assisted, handLetterOver, personAtDesk } from '#functions/commands/assistance.ts';
import { deskWorker } from '#functions/http/applicant.ts';
import { HandOverWay, type KeptLetter } from '#shared/domain/assistance.ts';
import { lettersIn } from '#shared/domain/person.ts';
import type { Refusal } from '#shared/errors.ts';
import { type Result, refuse } from '#shared/result.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Radios } from '../fields.tsx';
import { one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { Facts } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { nameOf, nobodyHere } from './people.tsx';
import { personOf } from './person.tsx';

/** One letter in the language of its reader, to be printed or read out, and the mark that it was. */
export const showLetter = (deps: WebDeps) => async (c: Context) => {
  const found = await letterOf(deps, c);
  return found.ok ? await page(deps, c, found.value) : await refusalPage(c, found.error);
};

export const postHandOver = (deps: WebDeps) => async (c: Context) => {
  const found = await letterOf(deps, c);
  if (!found.ok) return await refusalPage(c, found.error);
  const way = HandOverWay.safeParse(one(await readTyped(c), 'way'));
  if (!way.success) return await page(deps, c, found.value, true);
  const { assisted, kept } = found.value;
  const personId = assisted.person.id;
  const noted = await handLetterOver(deps, {
    by: deskWorker(c),
    personId,
    letter: kept.letter,
    way: way.data,
  });
  if (!noted.ok) return await refusalPage(c, noted.error);
  return c.redirect(`${paths.deskPerson(viewOf(c).t.locale, personId)}?done=desk.done.handedOver`, 303);
};

type Found = { assisted: Assisted; number: number; kept: KeptLetter };

const letterOf = async (deps: WebDeps, c: Context): Promise<Result<Found, Refusal>> => {
  const personId = personOf(c);
  if (!personId) return refuse(nobodyHere);
  const person = await personAtDesk(deps, { by: deskWorker(c), personId });
  if (!person.ok) return person;
  const letter = lettersIn(person.value.person).find(
    ({ number }) => String(number) === c.req.param('letter'),
  );
  if (!letter) return refuse({ kind: 'not-found', what: 'document' });
  return { ok: true, value: { assisted: person.value, number: letter.number, kept: letter.letter } };
};

const page = async (deps: WebDeps, c: Context, found: Found, unsaid = false): Promise<Response> => {
  // Loaded when somebody looks: the texts of all letters weigh more than most pages.
  const { renderLetter } = await import('#shared/letters.ts');
  const locale = found.assisted.profile?.locale ?? 'kk';
  const sender = { origin: deps.publicOrigin, region: deps.region, desk: true };
  const letter = renderLetter(found.kept, locale, sender);
  const drawn = <LetterPage view={viewOf(c)} {...found} {...letter} locale={locale} unsaid={unsaid} />;
  return c.html(drawn, unsaid ? 422 : 200);
};

type LetterProps = Found & { view: View; subject: string; text: string; locale: string; unsaid: boolean };

const LetterPage = ({ view, assisted, number, kept, subject, text, locale, unsaid }: LetterProps) => {
  const { t } = view;
  const { person, profile } = assisted;
  const errors = unsaid ? [{ field: 'way', text: t('desk.fault.way') }] : undefined;
  return (
    <Page
      view={view}
      title={t('desk.letter.title', { name: nameOf(assisted) })}
      failed={unsaid}
      back={{ href: paths.deskPerson(t.locale, person.id), text: nameOf(assisted) }}
    >
      <ErrorSummary t={t} errors={errors} />
      <Facts
        facts={[
          { name: t('desk.letter.written'), value: t.moment(kept.keptAt) },
          { name: t('desk.phone'), value: profile?.phone || t('common.nothing') },
          {
            name: t('desk.address'),
            value: <span class="typed">{profile?.address || t('common.nothing')}</span>,
          },
        ]}
      />
      <article class="card" lang={locale}>
        <h2 class="govuk-heading-m">{subject}</h2>
        <p class="typed">{text}</p>
      </article>
      <p>{t('desk.letter.print')}</p>
      {kept.handedOver ? (
        <p>
          <strong>
            {t('desk.letter.handedOver', {
              at: t.moment(kept.handedOver.at),
              way: t(`desk.letter.way.${kept.handedOver.way}`),
            })}
          </strong>
        </p>
      ) : (
        <form method="post" action={paths.deskLetter(t.locale, person.id, number)} novalidate>
          <Radios
            t={t}
            name="way"
            label={t('desk.letter.how')}
            errors={errors}
            options={HandOverWay.options.map((way) => ({ value: way, text: t(`desk.letter.way.${way}`) }))}
          />
          <Button>{t('desk.letter.submit')}</Button>
        </form>
      )}
    </Page>
  );
};
