import type { Context } from 'hono';
import {
  type Outstanding,
  type Reminder,
  remindersView,
  reminderTemplates,
  remindMembers,
} from '#functions/commands/reminders.ts';
import { namesOf } from '#functions/commands/staff-names.ts';
import type { OpenWorkplace } from '#functions/commands/workplace.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { RemindedOf } from '#shared/domain/reminding.ts';
import type { Instant } from '#shared/domain/time.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, Hidden, WarningText } from '../fields.tsx';
import { one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { LetterSamples, letterSamples, type Sample } from '../manage/letter-samples.tsx';
import { Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { type View, viewOf } from '../view.ts';
import { textIn } from '../words.ts';
import { PlannedEnd } from './planned-end.tsx';

/** Who still owes what at the gate of now, with the letter that would remind them and how many it reaches. */
export const showReminders = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'members.remind');
  if (!command.ok) return refusalPage(c, command.error);
  const found = await remindersView(deps, command.value);
  if (!found.ok) return refusalPage(c, found.error);
  const { place, outstanding, sent, dueAt } = found.value;
  const people = new Set([
    ...[...outstanding.flatMap(({ owing }) => owing), ...sent.flatMap(({ to }) => to)].map(
      ({ personId }) => personId,
    ),
    ...sent.flatMap(({ by }) => by ?? []),
  ]);
  const names = await namesOf(deps, [...people]);
  const sections: Section[] = [];
  for (const owed of outstanding) {
    sections.push(Object.assign({ samples: await samplesOf(deps, place, { owed, dueAt }) }, owed));
  }
  return c.html(<RemindersPage view={viewOf(c)} {...{ place, sections, sent, names }} />);
};

/** Sends one reminder, to as many as the page said. */
export const postReminder = (deps: WebDeps) => async (c: Context) => {
  const command = roundCommand(c, 'members.remind');
  if (!command.ok) return refusalPage(c, command.error);
  const typed = await readTyped(c);
  const about = RemindedOf.safeParse(one(typed, 'about'));
  if (!about.success) return refusalPage(c, { kind: 'not-found', what: 'page' });
  const confirmed = Number(one(typed, 'confirmed'));
  const gate = one(typed, 'gate') || undefined;
  const reminded = await remindMembers(deps, { ...command.value, gate, about: about.data, confirmed });
  if (!reminded.ok) return refusalPage(c, reminded.error);
  const { t } = viewOf(c);
  return c.redirect(`${paths.reminders(t.locale, command.value.roundId)}?done=committee.done.reminded`, 303);
};

/** The letter as who owes most would read it. */
const samplesOf = async (
  deps: WebDeps,
  { round, file }: OpenWorkplace,
  { owed: { about, owing }, dueAt }: { owed: Outstanding; dueAt: Instant | undefined },
): Promise<Sample[]> => {
  const [first] = owing;
  if (!first || !dueAt) return [];
  const facts = { count: first.count, dueAt };
  return await letterSamples(deps, {
    templates: [reminderTemplates[about]],
    round: round.state,
    file,
    facts,
  });
};

type Section = Outstanding & { samples: readonly Sample[] };

type Props = {
  view: View;
  place: OpenWorkplace;
  sections: readonly Section[];
  sent: readonly Reminder[];
  names: ReadonlyMap<PersonId, string>;
};

const RemindersPage = ({ view, place, sections, sent, names }: Props) => {
  const { t } = view;
  const { round, file } = place;
  return (
    <Page
      view={view}
      title={t('committee.remind.title')}
      caption={textIn(t, file.title)}
      back={{ href: paths.committee(t.locale, round.id) }}
    >
      <p>{t('committee.remind.text')}</p>
      <PlannedEnd t={t} round={round.state} file={file} />
      {sections.length === 0 && <p>{t('committee.remind.none')}</p>}
      {sections.map((section) => (
        <section>
          <h2 class="govuk-heading-m">{t(`committee.remind.about.${section.about}`)}</h2>
          <Reminding view={view} place={place} section={section} names={names} />
        </section>
      ))}
      {sent.length > 0 && <Sent view={view} place={place} sent={sent} names={names} />}
    </Page>
  );
};

const Reminding = ({
  view: { t },
  place: { round, file, gate },
  section: { about, owing, last, from, samples },
  names,
}: Pick<Props, 'view' | 'place' | 'names'> & { section: Section }) => {
  const zone = file.timeZone;
  if (owing.length === 0) return <p>{t('committee.remind.nobody')}</p>;
  return (
    <>
      <Table
        caption={t(`committee.remind.about.${about}`)}
        hideCaption
        head={[t('committee.person'), t('committee.remind.owes')]}
        rows={owing.map(({ personId, count }) => [names.get(personId) ?? personId, t.number(count)])}
      />
      {last && !from && <p>{t('committee.remind.last', { at: t.moment(last, zone) })}</p>}
      {last && from ? (
        <p>{t('committee.remind.again', { last: t.moment(last, zone), from: t.moment(from, zone) })}</p>
      ) : (
        <form method="post" action={paths.reminders(t.locale, round.id)}>
          <p>{t('watch.letters.recipients', { count: owing.length })}</p>
          <LetterSamples samples={samples} />
          <WarningText t={t}>{t('committee.remind.warning', { count: owing.length })}</WarningText>
          <Hidden name="gate" value={gate.id} />
          <Hidden name="about" value={about} />
          <Hidden name="confirmed" value={owing.length} />
          <Button>{t('committee.remind.send', { count: owing.length })}</Button>
        </form>
      )}
    </>
  );
};

/** Who was reminded of what at this gate. */
const Sent = ({
  view: { t },
  place: { file },
  sent,
  names,
}: Pick<Props, 'view' | 'place' | 'sent' | 'names'>) => (
  <Table
    caption={t('committee.remind.sent')}
    head={[
      t('committee.remind.sent.at'),
      t('committee.remind.sent.about'),
      t('committee.remind.sent.to'),
      t('committee.remind.sent.by'),
    ]}
    rows={sent.map(({ about, at, by, to }) => [
      t.moment(at, file.timeZone),
      t(`committee.remind.about.${about}`),
      to.map(({ personId, count }) => `${names.get(personId) ?? personId} (${t.number(count)})`).join(', '),
      by ? (names.get(by) ?? by) : '–',
    ])}
  />
);
