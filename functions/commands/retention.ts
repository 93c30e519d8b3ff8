import { claimsIn } from '#functions/commands/claim-reading.ts';
import { apart, type ClosedItem } from '#functions/commands/closed-items.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { everyOf } from '#functions/commands/every.ts';
import { type HeldByHand, holdsByHand } from '#functions/commands/holds-by-hand.ts';
import { allPlacements } from '#functions/commands/placement-list.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import type { Application } from '#shared/domain/application.ts';
import { applicationAggregate, applicationsOf } from '#shared/domain/application-record.ts';
import { dataRequestAggregate, openDataRequests } from '#shared/domain/data-request.ts';
import type { ApplicationId, PersonId, RoundId } from '#shared/domain/ids.ts';
import { permit } from '#shared/domain/permission.ts';
import {
  keptUntil,
  RetentionGroup,
  type RetentionHold,
  type RetentionRule,
  retentionFrom,
  retentionGroup,
} from '#shared/domain/retention.ts';
import { heldFor } from '#shared/domain/retention-hold.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records'>;

/** One application whose texts and files are still there. `held`: what keeps it also beyond its time, once its round has ended. */
type KeptApplication = { application: Application; held: RetentionHold | undefined };

/** What becomes of one group of a round's applications. */
export type KeptGroup = {
  group: RetentionGroup;
  /** Undefined where the round has no rule for them: they are kept. */
  rule: RetentionRule | undefined;
  /** Undefined while the round has not ended, or where there is no rule. */
  until: Instant | undefined;
  kept: KeptApplication[];
  erased: number;
};

/**
 * `byHand`: what people hold, also where no time runs yet. The chair, who judges by number, learns of it once the round has ended: a dispute and
 * the words about it would say who somebody is.
 */
export type RetentionPlan = {
  place: Workplace;
  groups: KeptGroup[];
  byHand: HeldByHand[];
  /** In the place of those that a conflict of interest closes to the reader, where something keeps them. */
  closed: ClosedItem[];
  mayHold: boolean;
};

/** What of a round will be erased, and when: nothing is changed by looking. */
export const retentionPlan = async (
  deps: Reads & Pick<CommandDeps, 'clock'>,
  command: CommitteeCommand,
): Promise<Result<RetentionPlan, Refusal>> => {
  const place = await workplace(deps, command, 'retention.read');
  if (!place.ok) return place;
  const { by, round, file } = place.value;
  const groups = await keptGroups(deps, round.state, file);
  const judges = by.role === 'chair' && !hasEnded(round.state);
  const isHeld = ({ application, held }: KeptApplication): boolean =>
    held !== undefined || (!judges && heldFor(application, deps.clock.now()).length > 0);
  const items = groups.flatMap(({ kept }) =>
    kept.filter(isHeld).map((one) => Object.assign({ applicationId: one.application.id }, one)),
  );
  const { open, closed } = await apart(deps, place.value, { action: 'retention.hold', items });
  const shown = new Set(open.map(({ applicationId }) => applicationId));
  const shownOf = ({ application, held }: KeptApplication): KeptApplication => ({
    application,
    held: shown.has(application.id) ? held : undefined,
  });
  return ok({
    place: place.value,
    groups: groups.map((group) => Object.assign({}, group, { kept: group.kept.map(shownOf) })),
    byHand: judges
      ? []
      : await holdsByHand(
          deps,
          open.map(({ application }) => application),
        ),
    closed,
    mayHold: permit('retention.hold', by.role, round.state.stage).ok,
  });
};

const hasEnded = ({ stage }: Round): boolean => stage === 'closed' || stage === 'cancelled';

/** Each group of a round with what is kept of it, by lists: whoever erases looks again by id (`retention-holds.ts`). */
export const keptGroups = async (
  { records, clock }: Reads & Pick<CommandDeps, 'clock'>,
  round: Round,
  { retention = [], timeZone }: RoundFile,
): Promise<KeptGroup[]> => {
  const all = await everyOf(records, applicationAggregate, applicationsOf(round.id));
  const placements = await allPlacements(records, round.id);
  const standing = placements.filter(({ state }) => state.status !== 'closed');
  const placed = new Set<ApplicationId>(standing.map(({ state }) => state.applicationId));
  const open = await holdsIn({ records }, round.id, placements);
  const hold = (state: Application) => heldFor(state, clock.now())[0] ?? open(state);
  const from = retentionFrom(round);
  return RetentionGroup.options.map((group) => {
    const rule = retention.find(({ code }) => code === group);
    const own = all.filter(({ state }) => retentionGroup(state, placed.has(state.id)) === group);
    const until = from && rule && keptUntil(from, rule, timeZone);
    const kept = own
      .filter(({ state }) => !state.erasedAt)
      .map(({ state }) => ({ application: state, held: until && hold(state) }));
    return { group, rule, until, kept, erased: own.length - kept.length };
  });
};

const holdsIn = async (
  { records }: Reads,
  roundId: RoundId,
  placements: Awaited<ReturnType<typeof allPlacements>>,
): Promise<(application: Application) => RetentionHold | undefined> => {
  const claims = await claimsIn(records, roundId);
  const requests = await everyOf(records, dataRequestAggregate, openDataRequests);
  const claimed = new Set<ApplicationId>(
    claims.flatMap(({ state }) => (state.status === 'open' ? [state.applicationId] : [])),
  );
  const asking = new Map<PersonId, readonly (ApplicationId | undefined)[]>();
  for (const { state } of requests) {
    asking.set(state.personId, [...(asking.get(state.personId) ?? []), state.applicationId]);
  }
  const placing = new Set<ApplicationId>(
    placements.flatMap(({ state }) => (state.status === 'open' ? [state.applicationId] : [])),
  );
  return ({ id, personId }) => {
    if (claimed.has(id)) return 'claim';
    if (asking.get(personId)?.some((about) => about === undefined || about === id)) return 'data-request';
    return placing.has(id) ? 'placement' : undefined;
  };
};
