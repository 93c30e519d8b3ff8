import { keepForDesk } from '#functions/commands/kept-letters.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { ApplicationId } from '#shared/domain/ids.ts';
import type { World } from '#test/builders/scenes.ts';

/** A letter about an application that was entered at the desk waits there to be handed over. */
export const aLetterKeptIn = async (world: World, applicationId: ApplicationId): Promise<void> => {
  const application = await world.records.find(applicationAggregate, applicationId);
  if (!application) throw new Error(`There is no application ${applicationId}.`);
  const { personId, roundId, number } = application.state;
  await keepForDesk(world, `same-iin#${applicationId}`, {
    kind: 'letter',
    personId,
    template: 'same-iin',
    facts: { roundId, number, intake: '2022-3', zone: 'Asia/Almaty' },
  });
};
