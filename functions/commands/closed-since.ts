import type { PastRecords } from '#functions/commands/past-records.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import { endsProcessing } from '#shared/domain/application-decisions.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { type Committee, committeeAggregate } from '#shared/domain/committee.ts';
import { type Conflict, isBarring } from '#shared/domain/conflict.ts';
import type { DocumentRef } from '#shared/domain/document.ts';
import type { Aggregate, Fact, Versioned } from '#shared/domain/event.ts';
import { ApplicationId, type PersonId } from '#shared/domain/ids.ts';
import { isBlind } from '#shared/domain/redaction-decisions.ts';
import type { Stage } from '#shared/domain/stage.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Records } from '#shared/ports/records.ts';

/** Where the reader stands today, and the moment with the stage that the round was in. */
type Seen = { place: Workplace; until: Instant; stage: Stage };

/**
 * The records of a moment without what is closed to the reader by now, whatever they could read then: applications that a conflict of interest keeps from
 * them, texts of whoever withdrew the consent since, and while they judge blind every text of another stage.
 */
export const closedSince = ({ records: then, today }: PastRecords, seen: Seen): Records => {
  const walls = wallsOf(seen);
  const isEnded = async (id: string): Promise<boolean> => {
    const application = await today(applicationAggregate, id);
    return application !== undefined && endsProcessing(application);
  };
  const find: Records['find'] = async (aggregate, id) => {
    const found = await then.find(aggregate, id);
    if (!found) return undefined;
    if (aggregate.name === committeeAggregate.name && id === seen.place.round.id && walls.length > 0) {
      return asSeen(aggregate, found, walledOff(found.state, seen.place.by.id, walls));
    }
    if (aggregate.name !== applicationAggregate.name || !(await isEnded(id))) return found;
    // Rules that read nothing of them today, and note nothing, do so at every moment.
    const state = applicationAggregate.snapshot.parse(found.state);
    return asSeen(aggregate, found, { ...state, consentWithdrawnAt: state.consentWithdrawnAt ?? seen.until });
  };
  return {
    ...then,
    find,
    document: async (ref) => {
      const owner = ownerOf(ref);
      return textsAreClosed(seen) || (owner && (await isEnded(owner))) ? undefined : then.document(ref);
    },
  };
};

const ownerOf = ({ owner }: DocumentRef): ApplicationId | undefined =>
  ApplicationId.safeParse(/^(?:application|equality)#(.+)$/.exec(owner)?.[1]).data;

const asSeen = <State, Event extends Fact>(
  { snapshot }: Aggregate<State, Event>,
  found: Versioned<State>,
  state: unknown,
): Versioned<State> => ({ ...found, state: snapshot.parse(state) });

/** Whoever wrote a text before a blind stage may have known whose application it is; the secretary, who does not judge, reads them on. */
const textsAreClosed = ({ place: { by, round, file }, stage }: Seen): boolean =>
  by.role !== 'secretary' && stage !== round.state.stage && isBlind(file, round.state.stage);

/** The reader's conflicts of interest of today, beside those of then. */
const wallsOf = ({ place: { by, committee } }: Seen): Conflict[] =>
  (committee?.state.conflicts ?? []).filter((one) => one.memberId === by.id && isBarring(one));

const walledOff = (then: unknown, reader: PersonId, walls: readonly Conflict[]): Committee => {
  const state = committeeAggregate.snapshot.parse(then);
  const closed = new Set(walls.map(({ applicationId }) => applicationId));
  const isReplaced = ({ memberId, applicationId }: Conflict) =>
    memberId === reader && closed.has(applicationId);
  return { ...state, conflicts: [...state.conflicts.filter((one) => !isReplaced(one)), ...walls] };
};
