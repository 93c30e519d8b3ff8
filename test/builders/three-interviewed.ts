import { bookInterview } from '#functions/commands/interview-booking.ts';
import { anInterviewRoundIn, applicants, nth } from '#test/builders/interview-scenes.ts';
import { panelKept, panelSlots } from '#test/builders/panels.ts';
import { aWorld, granted } from '#test/builders/scenes.ts';

/** Half hours from ten in Almaty before one panel of chair and two members: Aigul at ten, Bolat half an hour later, Dana after him. */
export const threeInterviewed = async () => {
  const world = aWorld();
  const { roundId, candidates } = await anInterviewRoundIn(world, { people: applicants(3) });
  const panel = await panelKept(world, roundId);
  const slots = await panelSlots(world, roundId, { panel, count: 3 });
  for (const [index, candidate] of candidates.entries()) {
    granted(await bookInterview(world, { ...candidate, slotId: nth(slots, index).id }));
  }
  const [aigul, bolat] = [nth(candidates, 0).applicationId, nth(candidates, 1).applicationId];
  return { world, roundId, aigul, bolat, slots };
};
