import { letterBatches, releaseDecision } from '#functions/commands/letters-release.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { alarmId } from '#shared/domain/release-alarms.ts';
import { granted, type World } from '#test/builders/scenes.ts';

/** Releases the letters about preliminary results, with which the time for claims begins. */
export const tellResults = async (world: World, command: CommitteeCommand): Promise<void> => {
  const { batches } = granted(await letterBatches(world, command));
  const batch = batches.find(({ about }) => about === 'preliminary');
  const acknowledged = { alarms: (batch?.alarms ?? []).map(alarmId), reason: 'Көрілді.' };
  const letters = { about: 'preliminary', confirmed: batch?.recipients ?? 0, acknowledged } as const;
  granted(await releaseDecision(world, { ...command, ...letters }));
};
