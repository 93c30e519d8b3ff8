import type { Context } from 'hono';
import { competencesView, type RaterCompetence, tellCompetenceOf } from '#functions/commands/competences.ts';
import type { CommitteeCommand, Workplace } from '#functions/commands/workplace.ts';
import { Subject, TeachingLanguage } from '#shared/domain/codes.ts';
import { PersonId } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, Checkboxes, ErrorSummary } from '../fields.tsx';
import { type FieldError, fieldErrors, many, readTyped, type Typed } from '../form.ts';
import { Page } from '../layout.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { optionName, subjectName } from '../words.ts';
import { MatchRule } from './list.tsx';

type Again = { typed: Typed; errors: readonly FieldError[] };
type Command = CommitteeCommand & { personId: PersonId };

/** What one person can score, to be ticked by themselves or by the secretary. */
export const showCompetence = (deps: WebDeps) => async (c: Context) => {
  const command = commandOf(c);
  return command.ok ? await competencePage(deps, c, command.value) : refusalPage(c, command.error);
};

export const postCompetence = (deps: WebDeps) => async (c: Context) => {
  const command = commandOf(c);
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const ticked = { languages: many(typed, 'languages'), subjects: many(typed, 'subjects') };
  const told = await tellCompetenceOf(deps, { ...command.value, ticked });
  const { t } = viewOf(c);
  if (told.ok) {
    const list = paths.competences(t.locale, command.value.roundId);
    return c.redirect(`${list}?done=competence.done.told`, 303);
  }
  return told.error.kind === 'invalid'
    ? await competencePage(deps, c, command.value, { typed, errors: fieldErrors(told.error.faults, t) })
    : refusalPage(c, told.error);
};

const commandOf = (c: Context): Result<Command, Refusal> => {
  const command = roundCommand(c, 'competence.tell');
  if (!command.ok) return command;
  const personId = PersonId.safeParse(c.req.param('person')).data;
  return personId ? ok({ ...command.value, personId }) : refuse({ kind: 'not-found', what: 'person' });
};

const competencePage = async (
  deps: WebDeps,
  c: Context,
  command: Command,
  again?: Again,
): Promise<Response> => {
  const found = await competencesView(deps, command);
  if (!found.ok) return refusalPage(c, found.error);
  const rater = found.value.raters.find(({ personId }) => personId === command.personId);
  if (!rater) return refusalPage(c, { kind: 'not-found', what: 'person' });
  const props = { view: viewOf(c), place: found.value.place, rater, again };
  return c.html(<CompetencePage {...props} />, again ? 422 : 200);
};

type Props = { view: View; place: Workplace; rater: RaterCompetence; again: Again | undefined };

const CompetencePage = ({ view, place, rater: { personId, name, told }, again }: Props) => {
  const { t } = view;
  const { round } = place;
  return (
    <Page
      view={view}
      title={name}
      caption={t('competence.title')}
      failed={again !== undefined}
      back={{ href: paths.competences(t.locale, round.id), text: t('competence.title') }}
    >
      <ErrorSummary t={t} errors={again?.errors} />
      <MatchRule t={t} place={place} />
      <form method="post" action={paths.competence(t.locale, round.id, personId)} novalidate>
        <Checkboxes
          t={t}
          name="languages"
          label={t('competence.languages')}
          hint={t('competence.languages.hint')}
          values={again ? many(again.typed, 'languages') : (told?.languages ?? [])}
          errors={again?.errors}
          options={TeachingLanguage.options.map((code) => ({
            value: code,
            text: optionName(t, 'languages', code),
          }))}
        />
        <Checkboxes
          t={t}
          name="subjects"
          label={t('competence.subjects')}
          hint={t('competence.subjects.hint')}
          values={again ? many(again.typed, 'subjects') : (told?.subjects ?? [])}
          errors={again?.errors}
          options={Subject.options.map((code) => ({ value: code, text: subjectName(t, code) }))}
        />
        <Button>{t('common.save')}</Button>
      </form>
    </Page>
  );
};
