import type { CommandDeps } from '#functions/commands/deps.ts';
import { type Listable, listable, listMoments } from '#functions/commands/elsewhere-list.ts';
import { type ElsewherePlace, elsewherePlace, keepElsewhere } from '#functions/commands/elsewhere-place.ts';
import { decideAgain, type LostRace } from '#functions/commands/storing.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import type { Elsewhere } from '#shared/domain/elsewhere.ts';
import { pinKey as decidePin } from '#shared/domain/elsewhere-decisions.ts';
import { Sha256 } from '#shared/domain/ids.ts';
import { type Action, permit } from '#shared/domain/permission.ts';
import { RegionCode } from '#shared/domain/region.ts';
import type { Fault, Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

export type ElsewhereView = {
  place: ElsewherePlace;
  elsewhere: Elsewhere;
  /** Other regions than this one. */
  regions: readonly RegionCode[];
  /** What would be listed if somebody did so now, and until when; absent once it was, and for who may not. */
  mayList?: Listable & ReturnType<typeof listMoments>;
  mayPin: boolean;
  mayImport: boolean;
};

/** What crossed to other regions and from them, as staff see it. */
export const viewElsewhere = async (
  deps: Pick<CommandDeps, 'records' | 'clock' | 'region'>,
  command: CommitteeCommand,
): Promise<Result<ElsewhereView, Refusal>> => {
  const found = await elsewherePlace(deps, command, 'elsewhere.read');
  if (!found.ok) return found;
  const place = found.value;
  const { work, round, rule } = place;
  const elsewhere: Elsewhere = place.record?.state ?? { roundId: round.id, keys: [], lists: [] };
  const may = (action: Action): boolean => permit(action, work.by.role, round.stage).ok;
  const now = deps.clock.now();
  return ok({
    place,
    elsewhere,
    regions: RegionCode.options.filter((code) => code !== deps.region),
    ...(may('elsewhere.list') &&
      !elsewhere.own && {
        mayList: { ...(await listable(deps, place)), ...listMoments(work.file, rule, now) },
      }),
    mayPin: may('elsewhere.pin'),
    mayImport: may('elsewhere.import'),
  });
};

/**
 * Says by which key another region signs its files, as an administrator was told it by another way than the file itself. As typed; spaces do not count.
 */
export const pinRegionKey = (
  deps: Pick<CommandDeps, 'records' | 'clock' | 'nudge' | 'region'>,
  command: CommitteeCommand & { region: string; key: string },
): Promise<Result<void, Refusal>> =>
  decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const found = await elsewherePlace(deps, command, 'elsewhere.pin');
    if (!found.ok) return found;
    const region = RegionCode.safeParse(command.region);
    const key = Sha256.safeParse(command.key.replaceAll(/\s/g, '').toLowerCase());
    const faults: Fault[] = [];
    if (!region.success || region.data === deps.region)
      faults.push({ place: 'region', message: 'elsewhere.fault.region' });
    if (!key.success) faults.push({ place: 'key', message: 'elsewhere.fault.key' });
    if (!region.success || !key.success || faults.length > 0) return refuse({ kind: 'invalid', faults });
    const { work, round, record } = found.value;
    const pinned = { by: work.by.id, roundId: round.id, region: region.data, key: key.data };
    const events = decidePin(record?.state, pinned, deps.clock.now());
    return await keepElsewhere(deps, found.value, { events });
  });
