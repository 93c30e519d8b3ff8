import type { CommandDeps } from '#functions/commands/deps.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { namesOf } from '#functions/commands/staff-names.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import { type Committee, committeeAggregate } from '#shared/domain/committee.ts';
import {
  competenceOf,
  readCompetence,
  type ToldCompetence,
  tellCompetence,
} from '#shared/domain/competence.ts';
import { sittingGuests } from '#shared/domain/guest.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { RegionCode } from '#shared/domain/region.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;

/** Somebody who may be asked to score, and what they can. */
export type RaterCompetence = {
  personId: PersonId;
  name: string;
  /** Of a guest. */
  guest: RegionCode | undefined;
  told: ToldCompetence | undefined;
};

/** What raters of a round can score: one's own, and for the secretary everybody's. */
export const competencesView = async (
  deps: Pick<SignInDeps, 'people'> & Pick<CommandDeps, 'records' | 'clock'>,
  command: CommitteeCommand,
): Promise<Result<{ place: Workplace; raters: RaterCompetence[] }, Refusal>> => {
  const place = await workplace(deps, command, 'competence.tell');
  if (!place.ok) return place;
  const { by, committee } = place.value;
  const mayRead = readable(committee?.state, by, deps.clock.now());
  const names = await namesOf(deps, [...mayRead.keys()]);
  const raters = [...mayRead].map(([personId, guest]) => ({
    personId,
    name: names.get(personId) ?? personId,
    guest,
    told: committee && competenceOf(committee.state, personId),
  }));
  return ok({ place: place.value, raters });
};

/**
 * Says what somebody can score, in place of what was said before; the same again changes nothing. What was given out before stays. Others
 * than the secretary say it of themselves alone; anybody else is not found.
 */
export const tellCompetenceOf = (
  deps: Deps,
  command: CommitteeCommand & {
    personId: PersonId;
    ticked: { languages: readonly string[]; subjects: readonly string[] };
  },
): Promise<Result<void, Refusal>> =>
  decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const place = await workplace(deps, command, 'competence.tell');
    if (!place.ok) return place;
    const { by, committee } = place.value;
    const now = deps.clock.now();
    if (!committee || !readable(committee.state, by, now).has(command.personId)) {
      return refuse({ kind: 'not-found', what: 'person' });
    }
    const read = readCompetence(command.ticked);
    if (!read.ok) return read;
    const events = tellCompetence(committee.state, { ...read.value, personId: command.personId }, now);
    if (events.length === 0) return ok(undefined);
    const { change } = changed(committeeAggregate, command.roundId, committee, events);
    return await store(deps, { by, changes: [change] });
  });

/** Of whom somebody may read and say it: people who sit and may score, and guests with their region. */
const readable = (
  committee: Committee | undefined,
  by: Workplace['by'],
  now: Instant,
): Map<PersonId, RegionCode | undefined> => {
  const seated = (committee?.seats ?? []).filter(({ seat, leftAt }) => seat !== 'secretary' && !leftAt);
  const guests = committee ? sittingGuests(committee, now) : [];
  const all = new Map<PersonId, RegionCode | undefined>([
    ...seated.map(({ personId }) => [personId, undefined] as const),
    ...guests.map(({ joined, region }) => [joined.personId, region] as const),
  ]);
  return by.role === 'secretary' ? all : new Map([...all].filter(([personId]) => personId === by.id));
};
