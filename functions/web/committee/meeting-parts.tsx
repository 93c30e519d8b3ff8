import type { SeatView } from '#functions/commands/committee-view.ts';
import type { GateView } from '#functions/commands/gate-view.ts';
import { standingScans, VoteChoice } from '#shared/domain/gate.ts';
import { Button, Checkboxes, Hidden, Select, TextArea, WarningText } from '../fields.tsx';
import { many, one } from '../form.ts';
import { Details, Facts, Table } from '../parts.tsx';
import { paths } from '../paths.ts';
import { Unblinded } from '../unblinded.tsx';
import type { View } from '../view.ts';
import { may, type Refused } from './gate-form.ts';

type Part = { view: View; gate: GateView; refused: Refused | undefined };

/** Meetings as they were recorded, and what the secretary adds: a meeting, votes on paper, a substitute. */
export const Meetings = ({ view, gate, refused }: Part) => {
  const { t } = view;
  const state = gate.gate?.state;
  const records = state?.status === 'open' && may(gate, 'gate.record');
  const kept = !records && <KeptMeeting view={view} gate={gate} refused={refused} />;
  if (!state) return refused?.form === 'meeting' ? <section>{kept}</section> : null;
  const zone = gate.file.timeZone;
  const names = new Map(gate.seats.map(({ personId, name }) => [personId, name]));
  return (
    <section>
      {state.meetings.length > 0 && (
        <Table
          caption={t('committee.meetings')}
          head={[
            t('committee.when'),
            t('committee.meeting.outcome'),
            t('committee.present'),
            t('committee.reasons'),
          ]}
          rows={state.meetings.map(({ at, outcome, present }, index) => [
            t.moment(at, zone),
            t(`committee.meeting.${outcome}`),
            present.map((id) => names.get(id) ?? id).join(', '),
            gate.meetingReasons[index] ?? '',
          ])}
        />
      )}
      <Sheets view={view} gate={gate} />
      <RefusedSheets view={view} gate={gate} />
      {kept}
      {records && (
        <div class="screen-only">
          <MeetingForm view={view} gate={gate} refused={refused} />
          {state.proposal && <PaperVotes view={view} gate={gate} refused={refused} />}
          <Substitutes view={view} gate={gate} />
        </div>
      )}
    </section>
  );
};

/** The signed sheets that votes were entered from, for those who sit on the committee. */
const Sheets = ({ view: { t }, gate }: Omit<Part, 'refused'>) => {
  const state = gate.gate?.state;
  if (!state || !may(gate, 'sheet.open')) return null;
  const sheets = standingScans(state);
  if (sheets.length === 0) return null;
  return (
    <>
      <h3 class="govuk-heading-s">{t('committee.paper.sheets')}</h3>
      <p>{t('committee.paper.logged')}</p>
      <ul class="govuk-list">
        {sheets.map(({ id, announcedAt }) => (
          <li>
            <a href={paths.sheet(t.locale, gate.round.id, id)}>
              {t('committee.paper.open', { at: t.moment(announcedAt, gate.file.timeZone) })}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
};

/** Sheets that were thrown away: why, and what the secretary does about it. What was entered from one stands, without its proof. */
const RefusedSheets = ({ view: { t }, gate }: Omit<Part, 'refused'>) => {
  const state = gate.gate?.state;
  const refused = may(gate, 'sheet.open') ? (state?.scans ?? []).filter((scan) => scan.refused) : [];
  return (
    <>
      {refused.map(({ id, announcedAt, refused: because = 'unreadable' }) => (
        <WarningText t={t}>
          {t('committee.paper.refused', { at: t.moment(announcedAt, gate.file.timeZone) })}{' '}
          {t(`apply.document.fault.${because}`)}{' '}
          {t(
            state?.votes.some(({ scan }) => scan === id)
              ? 'committee.paper.enterAgain'
              : 'committee.paper.again',
          )}
        </WarningText>
      ))}
    </>
  );
};

const MeetingForm = ({ view: { t }, gate, refused }: Part) => {
  const again = refused?.form === 'meeting' ? refused : undefined;
  const shown = (name: 'gate' | 'after'): string => (again ? one(again.typed, name) : '');
  return (
    <Details summary={t('committee.meeting.record')} open={again !== undefined}>
      <form method="post" action={paths.meeting(t.locale, gate.round.id)} novalidate>
        <Hidden name="gate" value={shown('gate') || (gate.gate?.id ?? '')} />
        <Hidden name="after" value={shown('after') || (gate.gate?.state.meetings.length ?? 0)} />
        <Checkboxes
          t={t}
          name="present"
          label={t('committee.present')}
          errors={again?.errors}
          values={again ? many(again.typed, 'present') : []}
          options={gate.seats
            .filter(({ votes }) => votes)
            .map(({ personId, name }) => ({ value: personId, text: name }))}
        />
        <TextArea
          t={t}
          name="meetingReason"
          label={t('committee.meeting.remark')}
          hint={t('committee.meeting.remark.hint')}
          errors={again?.errors}
          value={again ? one(again.typed, 'meetingReason') : ''}
        />
        <Button name="press" value="held">
          {t('committee.meeting.recordHeld')}
        </Button>{' '}
        <Button kind="secondary" name="press" value="postponed">
          {t('committee.meeting.recordPostponed')}
        </Button>
      </form>
    </Details>
  );
};

/** What somebody entered of a meeting where none can be recorded any more. */
const KeptMeeting = ({ view: { t }, gate, refused }: Part) => {
  if (refused?.form !== 'meeting') return null;
  const present = new Set(many(refused.typed, 'present'));
  const names = gate.seats.flatMap(({ personId, name }) => (present.has(personId) ? [name] : []));
  return (
    <>
      <h3 class="govuk-heading-s" id="present" tabindex={-1}>
        {t('committee.meeting.kept')}
      </h3>
      <p>{t('committee.meeting.closed')}</p>
      <Facts
        facts={[
          { name: t('committee.present'), value: names.join(', ') },
          {
            name: t('committee.meeting.remark'),
            value: <span class="typed">{one(refused.typed, 'meetingReason')}</span>,
          },
        ]}
      />
    </>
  );
};

const PaperVotes = ({ view: { t }, gate, refused }: Part) => {
  const state = gate.gate?.state;
  const again = refused?.form === 'paper' ? refused : undefined;
  const sheets = state ? standingScans(state) : [];
  const choices = VoteChoice.options.map((choice) => ({
    value: choice,
    text: t(`committee.vote.${choice}`),
  }));
  return (
    <Details summary={t('committee.paper')} open={again !== undefined}>
      <form method="post" action={paths.scan(t.locale, gate.round.id)}>
        <p>{t('committee.paper.text')}</p>
        <Button kind="secondary">{t('committee.paper.upload')}</Button>
      </form>
      {sheets.length > 0 && state?.proposal && (
        <form method="post" action={paths.paperVotes(t.locale, gate.round.id)} novalidate>
          <Hidden name="proposal" value={state.proposal} />
          <Select
            t={t}
            name="scan"
            label={t('committee.paper.sheet')}
            value={sheets.at(-1)?.id}
            options={sheets.map(({ id, announcedAt }) => ({
              value: id,
              text: t.moment(announcedAt, gate.file.timeZone),
            }))}
          />
          {gate.seats
            .filter(({ votes }) => votes)
            .map(({ personId, name }) => (
              <Select
                t={t}
                name={`vote-${personId}`}
                label={name}
                empty={t('committee.paper.noVote')}
                value={again ? one(again.typed, `vote-${personId}`) : undefined}
                options={choices}
              />
            ))}
          <TextArea
            t={t}
            name="paperReason"
            label={t('committee.reason')}
            hint={t('committee.reason.hint')}
            errors={again?.errors}
            value={again ? one(again.typed, 'paperReason') : ''}
          />
          <Button>{t('committee.paper.enter')}</Button>
        </form>
      )}
    </Details>
  );
};

const Substitutes = ({ view: { t }, gate }: Omit<Part, 'refused'>) => {
  const seated = gate.seats.filter(({ seat, left }) => seat === 'substitute' && !left);
  const isKept = ({ personId, standsInFor }: SeatView): boolean =>
    standsInFor === undefined && gate.unblinded.has(personId);
  const free = seated.filter((seat) => !isKept(seat));
  const unblinded = seated.filter(isKept);
  const members = gate.seats.filter(({ seat, left, votes }) => seat === 'member' && !left && votes);
  if (seated.length === 0) return null;
  return (
    <Details summary={t('committee.substitutes')}>
      <Unblinded t={t} people={unblinded} />
      {free.map(({ personId, name, standsInFor }) =>
        standsInFor ? (
          <form method="post" action={paths.substitute(t.locale, gate.round.id)}>
            <Hidden name="personId" value={personId} />
            <p>
              {name}: {t('committee.standsIn')}
            </p>
            <Button kind="secondary">{t('committee.substitute.release')}</Button>
          </form>
        ) : (
          <form method="post" action={paths.substitute(t.locale, gate.round.id)}>
            <Hidden name="personId" value={personId} />
            <Select
              t={t}
              name="standsInFor"
              label={t('committee.substitute.for', { name })}
              options={members.map((member) => ({ value: member.personId, text: member.name }))}
            />
            <Button kind="secondary">{t('committee.substitute.call')}</Button>
          </form>
        ),
      )}
    </Details>
  );
};
