import * as z from 'zod';
import type { CommandDeps } from '#functions/commands/deps.ts';
import type { Opening } from '#functions/commands/document-opening.ts';
import { openPaper } from '#functions/commands/paper-opening.ts';
import { type CommitteeCommand, type Workplace, workplace } from '#functions/commands/workplace.ts';
import type { RoundIn } from '#shared/domain/round.ts';
import type { Refusal } from '#shared/errors.ts';
import { Locale } from '#shared/i18n/locale.ts';
import { minutesName } from '#shared/papers/order.ts';
import { paperDataKey, paperKey } from '#shared/ports/papers.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'papers' | 'readLog' | 'clock'>;

export type MinutesView = { place: Workplace; minutes: RoundIn<'closed'>['minutes'] };

/** The minutes of a closed round; none while they are being drawn. */
export const viewMinutes = async (
  deps: Pick<Deps, 'records' | 'clock'>,
  command: CommitteeCommand,
): Promise<Result<MinutesView, Refusal>> => {
  const place = await workplace(deps, command, 'minutes.read');
  if (!place.ok) return place;
  const { state } = place.value.round;
  return ok({ place: place.value, minutes: state.stage === 'closed' ? state.minutes : undefined });
};

/** One of the papers, or the data that all were drawn from. */
export const MinutesFile = z.enum([...Locale.options, 'data']);
export type MinutesFile = z.infer<typeof MinutesFile>;

/**
 * An address under which one file of the minutes opens for a minute. The minutes name the committee and hold what people
 * typed, so that it was asked for is noted first (law 94-V, art. 22).
 */
export const openMinutes = async (
  deps: Deps,
  command: CommitteeCommand & { file: MinutesFile },
): Promise<Result<Opening, Refusal>> => {
  const found = await viewMinutes(deps, command);
  if (!found.ok) return found;
  const { place, minutes } = found.value;
  if (!minutes) return refuse({ kind: 'not-found', what: 'document' });
  const { roundId, file } = command;
  await deps.readLog.add({
    reader: place.by,
    owner: `round#${roundId}`,
    what: 'minutes',
    at: deps.clock.now(),
  });
  const name = minutesName(minutes.number);
  const base = `minutes-${place.file.intake}-${minutes.number}`;
  const paper =
    file === 'data'
      ? { key: paperDataKey(roundId, name), filename: `${base}.json` }
      : { key: paperKey(roundId, name, file), filename: `${base}-${file}.pdf` };
  return ok(await openPaper(deps.papers, paper));
};
