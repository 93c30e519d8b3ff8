import * as z from 'zod';
import type { Applicant } from '#infra/demo/applicant.ts';
import { judges } from '#infra/demo/company.ts';
import { decideAtGate } from '#infra/demo/gate.ts';
import { marking } from '#infra/demo/marks.ts';
import { applicantOf, type Scene } from '#infra/demo/scene.ts';
import { expectJson, nothing } from '#infra/rehearsal/http-client.ts';
import { eachOf, until } from '#infra/rehearsal/rehearsal.ts';
import type { Staff } from '#infra/rehearsal/sign-in.ts';

const day = 86_400_000;
/** The stations of an interview, in minutes. */
const wholeInterview = 45 * 60_000;
/** From nine in the morning in Almaty (UTC+6 in 2022) to a quarter past five. */
const aDay = { from: 3 * 3_600_000, slots: 11 };

const Line = z.object({
  applicationId: z.string(),
  number: z.string(),
  stations: z.array(z.object({ station: z.string(), sits: z.boolean() })),
});
const Plan = z.object({
  slots: z.array(z.object({ startsAt: z.string(), application: Line.optional() })),
});

const Panels = z.object({ panels: z.array(z.object({ id: z.string() })) });
const Draft = z.object({ digest: z.string(), appointments: z.array(z.unknown()) });

/**
 * The secretary composes two panels: one hears a demo lesson in its room, the other one asks questions in another. Every other person
 * books a time for both; the timetable gives the rest theirs. Three judges score each person at each station; one does not come.
 */
export const interview = async (scene: Scene, invited: readonly Applicant[]): Promise<void> => {
  const panels = await composePanels(scene);
  const last = await planDays(scene, invited.length, panels);
  const eager = invited.filter((_, index) => index % 2 === 0);
  await eachOf(eager, 4, (one) => scene.act(() => one.ways.book(one)));
  await setTimetable(scene);
  await until(scene, last);
  const absent = invited.at(-1);
  if (absent) await recordAbsence(scene, absent);
  const cards = await giveScorecards(scene, absent);
  await decideAtGate(scene, 'interviews');
  const given = invited.length - eager.length;
  scene.say(
    `Interviews: ${panels.length} panels, ${eager.length} times booked and ${given} set, one did not come, ${cards} scorecards.`,
  );
};

/** Four of the five who judge sit on each: where one has a conflict of interest, the three that are needed are left. */
const composePanels = async ({ act, round, company }: Scene): Promise<string[]> => {
  const path = `/api/rounds/${round}/panels`;
  const sitting = judges(company).map(({ personId }) => personId);
  const listed = async (): Promise<string[]> => {
    const { panels } = await expectJson(company.secretary.client, path, {}, Panels);
    return panels.map(({ id }) => id);
  };
  const rooms = ['204-бөлме', '118-бөлме'];
  for (const [index, room] of rooms.entries()) {
    await act(async () => {
      if ((await listed()).length > index) return;
      const json = {
        members: sitting.filter((_, judge) => judge !== (index === 0 ? sitting.length - 1 : 0)),
        languages: ['kk', 'ru'],
        stepFree: true,
        place: `Талдықорған, Тәуелсіздік көшесі 38, ${room}`,
      };
      await expectJson(company.secretary.client, path, { method: 'POST', json }, nothing);
    });
  }
  return await act(listed);
};

/** Nothing where everybody has a time: whoever was cut off has set it before. */
const setTimetable = async ({ act, round, company }: Scene): Promise<void> => {
  const path = `/api/rounds/${round}/timetable`;
  await act(async () => {
    const { digest, appointments } = await expectJson(company.secretary.client, path, {}, Draft);
    if (appointments.length === 0) return;
    await expectJson(company.secretary.client, path, { method: 'POST', json: { digest } }, nothing);
  });
};

/** The panels have members in common, so the next person begins when one is through both. @returns when the last of the interviews is over */
const planDays = async (
  { act, operator, round, company }: Scene,
  people: number,
  [lesson, conversation]: readonly string[],
): Promise<number> => {
  const { now } = await act(() => operator.health());
  const midnight = Math.ceil(Date.parse(now) / day) * day;
  const days = Math.ceil((people + 1) / aDay.slots);
  const path = `/api/rounds/${round}`;
  for (let index = 0; index < days; index += 1) {
    const from = new Date(midnight + index * day + aDay.from).toISOString();
    await act(async () => {
      const { slots } = await expectJson(company.secretary.client, `${path}/interviews`, {}, Plan);
      if (slots.some(({ startsAt }) => Date.parse(startsAt) === Date.parse(from))) return;
      const stations = [
        { station: 'lesson', panel: lesson },
        { station: 'conversation', panel: conversation },
      ];
      const json = { from, count: aDay.slots, stations };
      await expectJson(company.secretary.client, `${path}/slots`, { method: 'POST', json }, nothing);
    });
  }
  return midnight + (days - 1) * day + aDay.from + aDay.slots * wholeInterview;
};

const recordAbsence = async ({ act, round, company }: Scene, { id }: Applicant): Promise<void> => {
  const path = `/api/rounds/${round}/interviews/${id}/attendance`;
  const sent = { method: 'PUT', json: { came: false } } as const;
  await act(() => expectJson(company.secretary.client, path, sent, nothing));
};

/** Three judges of the panel at each station, in turn; whoever has a conflict of interest leaves the room. */
const giveScorecards = async (scene: Scene, absent: Applicant | undefined): Promise<number> => {
  const { act, round, company } = scene;
  const marks = await marking(scene, 'interviews');
  const path = `/api/rounds/${round}/interviews`;
  const plans = await Promise.all(
    judges(company).map(async (judge) => ({
      judge,
      plan: (await act(() => expectJson(judge.client, path, {}, Plan))).slots.flatMap(
        ({ application }) => application ?? [],
      ),
    })),
  );
  // What a conflict of interest closes to one judge stands in the plan of another.
  const all = new Map(plans.flatMap(({ plan }) => plan.map((line) => [line.applicationId, line] as const)));
  const lines = [...all.values()].filter(({ applicationId }) => applicationId !== absent?.id);
  await eachOf([...lines.entries()], 4, async ([index, { applicationId, number, stations }]) => {
    for (const { station } of stations) {
      const free = plans.flatMap(({ judge, plan }) => {
        const line = plan.find((one) => one.applicationId === applicationId);
        return line?.stations.some((one) => one.station === station && one.sits) ? [judge] : [];
      });
      const inTurn: Staff[] = [...free.slice(index % free.length), ...free.slice(0, index % free.length)];
      for (const { client, personId } of inTurn.slice(0, 3)) {
        const json = { station, points: marks.at(station, applicantOf(scene, number), personId) };
        const scorecard = `${path}/${applicationId}/scorecard`;
        await act(() => expectJson(client, scorecard, { method: 'PUT', json }, nothing));
      }
    }
  });
  return marks.given();
};
