import type { Context } from 'hono';
import { stationHolders } from '#functions/commands/interview-circuit.ts';
import { type OpenNeeds, openNeeds } from '#functions/commands/interview-needs.ts';
import type { PlacedSlot } from '#functions/commands/interview-stations.ts';
import { crewOf, draftTimetable, type TimetableDraft } from '#functions/commands/timetable.ts';
import { setTimetable } from '#functions/commands/timetable-setting.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import type { Translator } from '#shared/i18n/index.ts';
import { roundCommand } from '../acting.ts';
import type { WebDeps } from '../deps.ts';
import { Button, ErrorSummary, Hidden, WarningText } from '../fields.tsx';
import { type FieldError, one, readTyped } from '../form.ts';
import { Page } from '../layout.tsx';
import { Inset, Table, Tag, WholeNumbers } from '../parts.tsx';
import { paths } from '../paths.ts';
import { refusalPage } from '../problem.tsx';
import { holderWords } from '../stations.tsx';
import { type View, viewOf } from '../view.ts';
import { interviewLanguages, textIn } from '../words.ts';
import { EngagedTag, EngagedWarning, freeWord } from './engaged.tsx';
import { PartsOf } from './interview-parts.tsx';
import { NeedWarnings } from './needs.tsx';
import { crewName, obstacleWords } from './timetable-words.ts';

/** The timetable as it would be set now, or what makes none possible. */
export const showTimetable = (deps: WebDeps) => async (c: Context) => await timetablePage(deps, c);

/** Sets the timetable that was seen; where it would be another one by now, that one is shown first. */
export const postTimetable = (deps: WebDeps) => async (c: Context) => {
  const { t } = viewOf(c);
  const command = roundCommand(c, 'interview.plan');
  if (!command.ok) return refusalPage(c, command.error);
  const digest = Sha256.safeParse(one(await readTyped(c), 'digest'));
  const set = digest.success
    ? await setTimetable(deps, { ...command.value, digest: digest.data })
    : undefined;
  if (set?.ok) {
    return c.redirect(`${paths.interviews(t.locale, command.value.roundId)}?done=timetable.done.set`, 303);
  }
  if (set && set.error.kind !== 'changed-meanwhile') return refusalPage(c, set.error);
  return await timetablePage(deps, c, [{ field: 'timetable', text: t('timetable.changed') }]);
};

const timetablePage = async (
  deps: WebDeps,
  c: Context,
  errors: readonly FieldError[] = [],
): Promise<Response> => {
  const command = roundCommand(c, 'interview.plan');
  if (!command.ok) return refusalPage(c, command.error);
  const draft = await draftTimetable(deps, command.value);
  if (!draft.ok) return refusalPage(c, draft.error);
  const open = await openNeeds(deps, draft.value);
  const page = <TimetablePage view={viewOf(c)} draft={draft.value} open={open} errors={errors} />;
  return c.html(page, errors.length > 0 ? 409 : 200);
};

type PageProps = { view: View; draft: TimetableDraft; open: OpenNeeds; errors: readonly FieldError[] };

const TimetablePage = ({ view, draft, open, errors }: PageProps) => {
  const { t } = view;
  const { place, outcome, waiting } = draft;
  return (
    <Page
      view={view}
      title={t('timetable.title')}
      caption={textIn(t, place.file.title)}
      failed={errors.length > 0}
      back={{ href: paths.interviews(t.locale, place.round.id), text: t('interview.title') }}
      wide
    >
      <ErrorSummary t={t} errors={errors} />
      <EngagedWarning
        t={t}
        engaged={draft.twice}
        slots={draft.slots.map(({ slot }) => slot)}
        zone={place.file.timeZone}
        at={paths.interviews(t.locale, place.round.id)}
      />
      <NeedWarnings t={t} draft={draft} open={open} />
      <div id="timetable">
        {waiting === 0 && <p>{t('timetable.nobody')}</p>}
        {!outcome.ok && <Obstacles t={t} draft={draft} />}
        {outcome.ok && waiting > 0 && <Confirm t={t} draft={draft} />}
      </div>
      <CrewTables t={t} draft={draft} />
    </Page>
  );
};

const Obstacles = ({ t, draft }: { t: Translator; draft: TimetableDraft }) => {
  if (draft.outcome.ok) return null;
  const { placed, missing, bottlenecks } = draft.outcome.error;
  const holders = stationHolders(draft.place, draft.book.panels?.state.panels ?? []);
  return (
    <Inset>
      <p>{t('timetable.impossible', { placed, missing })}</p>
      {bottlenecks.map((stuck) => (
        <ul class="govuk-list govuk-list--bullet">
          {obstacleWords(t, draft, stuck).map((words) => (
            <li>
              <WholeNumbers text={words} />
            </li>
          ))}
        </ul>
      ))}
      {holders.map((station) => (
        <p>{holderWords(t, station)}</p>
      ))}
    </Inset>
  );
};

const Confirm = ({ t, draft }: { t: Translator; draft: TimetableDraft }) => {
  const { place, outcome, digest } = draft;
  if (!outcome.ok) return null;
  const { appointments, wishes } = outcome.value;
  return (
    <section class="screen-only">
      <p>{t('timetable.possible', { count: appointments.length })}</p>
      {wishes.asked > 0 && <p>{t('timetable.wishes', { asked: wishes.asked, open: wishes.open })}</p>}
      <WarningText t={t}>{t('timetable.warning', { count: appointments.length })}</WarningText>
      <form method="post" action={paths.timetable(t.locale, place.round.id)}>
        <Hidden name="digest" value={digest} />
        <Button>{t('timetable.set')}</Button>
      </form>
    </section>
  );
};

/** One table for those who hold the same times, in the order of time. */
const CrewTables = ({ t, draft }: { t: Translator; draft: TimetableDraft }) => {
  const crews = Map.groupBy(draft.slots, ({ slot }) => crewOf(slot));
  return (
    <>
      {[...crews].map(([crew, own]) => (
        <CrewTable t={t} draft={draft} crew={crew} slots={own} />
      ))}
    </>
  );
};

type TableProps = { t: Translator; draft: TimetableDraft; crew: string; slots: readonly PlacedSlot[] };

const CrewTable = ({ t, draft, crew, slots }: TableProps) => {
  const { place, outcome, candidacies } = draft;
  const zone = place.file.timeZone;
  const given = new Map(
    outcome.ok ? outcome.value.appointments.map(({ candidate, time }) => [time, candidate] as const) : [],
  );
  const [only, ...more] = slots[0]?.parts ?? [];
  const languages = more.length === 0 && only?.panel && interviewLanguages(t, only.panel.languages);
  return (
    <section>
      <Table
        caption={[crewName(t, draft, crew), languages].filter(Boolean).join(': ')}
        head={[t('interview.starts'), t('apply.numberName'), t('interview.place')]}
        rows={slots.map(({ slot, parts }) => {
          const proposed = given.get(slot.id);
          const taken = slot.applicationId ?? proposed;
          const held = candidacies.get(taken ?? '');
          return [
            <>
              {t.moment(slot.startsAt, zone)}
              {draft.twice.has(slot.id) && <EngagedTag t={t} id={slot.id} />}
            </>,
            <>
              {held?.number ?? t(taken ? 'committee.walled.conflict' : freeWord(draft.twice, slot.id))}{' '}
              {proposed !== undefined && <Tag colour="blue">{t('timetable.new')}</Tag>}
            </>,
            <PartsOf t={t} parts={parts} zone={zone} />,
          ];
        })}
      />
    </section>
  );
};
