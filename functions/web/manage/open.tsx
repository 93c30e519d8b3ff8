import type { Context } from 'hono';
import { openCall } from '#functions/commands/round-stages.ts';
import type { RoundView } from '#functions/commands/rounds.ts';
import { Previewed } from '#shared/domain/round-call.ts';
import { roundIdOf } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, Hidden, WarningText } from '../fields.tsx';
import { one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { Digest, Facts } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { DesignAdvice } from './advice.tsx';
import { administratorOf, managedRound } from './round-of.ts';

/** What opening means, with every figure that will be pinned, before the button. */
export const showOpen = (deps: WebDeps) => async (c: Context) => {
  const found = await managedRound(deps, c);
  if (!found.ok) return refusalPage(c, found.error);
  const view = viewOf(c);
  const { round } = found.value;
  if (round.stage !== 'draft') return c.redirect(paths.managed(view.t.locale, round.id), 303);
  if (!round.register) return refusalPage(c, { kind: 'no-vacancies' });
  return c.html(<OpenPage view={view} managed={found.value} register={round.register} />);
};

/** Opens the call with what the page showed; a second press finds it open and changes nothing. */
export const postOpen = (deps: WebDeps) => async (c: Context) => {
  const roundId = roundIdOf(c);
  if (!roundId) return refusalPage(c, { kind: 'not-found', what: 'round' });
  const posted = await readTyped(c);
  const shown = Previewed.safeParse({ file: one(posted, 'file'), register: one(posted, 'register') });
  // Who shows no digest has looked at nothing: the page is to be opened again.
  if (!shown.success) return refusalPage(c, { kind: 'changed-meanwhile' });
  const opened = await openCall(deps, { by: administratorOf(c), roundId, previewed: shown.data });
  if (!opened.ok) return refusalPage(c, opened.error);
  return c.redirect(`${paths.managed(viewOf(c).t.locale, roundId)}?done=manage.done.opened`, 303);
};

type OpenPageProps = {
  view: View;
  managed: RoundView;
  register: NonNullable<RoundView['round']['register']>;
};

const OpenPage = ({ view, managed: { round, file }, register }: OpenPageProps) => {
  const { t } = view;
  const { opensAt } = round.plan;
  return (
    <Page
      view={view}
      title={t('manage.open.title')}
      caption={textIn(t, file.title)}
      back={{ href: paths.managed(t.locale, round.id) }}
    >
      <Facts
        facts={[
          ...(opensAt ? [{ name: t('call.opens'), value: t.start(opensAt, file.timeZone) }] : []),
          { name: t('call.closes'), value: t.moment(round.plan.closesAt, file.timeZone) },
          { name: t('call.vacancies'), value: t.number(register.vacancies) },
          { name: t('call.postsColumn'), value: t.number(register.posts) },
          { name: t('call.roundFile'), value: <Digest value={round.plan.file} /> },
          { name: t('call.register'), value: <Digest value={register.sha256} /> },
        ]}
      />
      {opensAt && <p>{t('manage.open.announces')}</p>}
      <DesignAdvice t={t} file={file} />
      <WarningText t={t}>{t('manage.open.warning')}</WarningText>
      <form method="post" action={paths.open(t.locale, round.id)}>
        <Hidden name="file" value={round.plan.file} />
        <Hidden name="register" value={register.sha256} />
        <Button>{t('manage.open')}</Button>
      </form>
    </Page>
  );
};
