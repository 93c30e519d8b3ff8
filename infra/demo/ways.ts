import * as z from 'zod';
import { type Applicant, apply, type Call } from '#infra/demo/applicant.ts';
import type { SyntheticApplicant } from '#infra/demo/people.ts';
import { expectJson, type HttpClient, nothing, UnexpectedAnswer } from '#infra/rehearsal/http-client.ts';
import { chanceOf } from '#shared/chance.ts';

/** What somebody does about an own application. Each can be done again by whoever was cut off, and is then done once. */
export type Ways = {
  apply: (
    client: HttpClient,
    call: Call,
    person: SyntheticApplicant,
  ) => Promise<{ id: string; number: string }>;
  /** Books an interview at one of the times that are free. */
  book: (who: Applicant) => Promise<void>;
  claim: (who: Applicant, claim: { grounds: string; text: string }) => Promise<void>;
  accept: (who: Applicant, offer: string) => Promise<void>;
  decline: (who: Applicant, offer: string, reason: string) => Promise<void>;
  /** Ticks an item of the checklist. */
  tick: (who: Applicant, item: string) => Promise<void>;
  withdraw: (who: Applicant) => Promise<void>;
};

const Times = z.object({
  booked: z.object({ id: z.string() }).optional(),
  free: z.array(z.object({ id: z.string() })),
});

const pathOf = ({ id }: Applicant): string => `/api/applications/${id}`;

export const overApi: Ways = {
  apply,
  book: async (who) => {
    const chance = chanceOf(`time of ${who.person.mail}`);
    const path = `${pathOf(who)}/interview`;
    for (;;) {
      const { booked, free } = await expectJson(who.client, path, {}, Times);
      if (booked) return;
      const slot = free[chance.below(free.length)]?.id;
      const answer = await who.client.ask(path, { method: 'PUT', json: { slot } });
      // Somebody else was faster: another time, then.
      if (answer.status >= 300 && !answer.text.includes('slot-taken')) {
        throw new UnexpectedAnswer(`PUT ${path}`, answer);
      }
    }
  },
  claim: async (who, json) => {
    const path = `${pathOf(who)}/claim`;
    if ((await who.client.ask(path)).status === 200) return;
    await expectJson(who.client, path, { method: 'POST', json }, nothing);
  },
  accept: async (who, offer) => {
    const path = `${pathOf(who)}/offers/${offer}/acceptance`;
    await expectJson(who.client, path, { method: 'POST' }, nothing);
  },
  decline: async (who, offer, reason) => {
    const path = `${pathOf(who)}/offers/${offer}/refusal`;
    await expectJson(who.client, path, { method: 'POST', json: { reason } }, nothing);
  },
  tick: async (who, item) => {
    const path = `${pathOf(who)}/placement/items/${item}/tick`;
    await expectJson(who.client, path, { method: 'PUT' }, nothing);
  },
  withdraw: async (who) => {
    const json = { reasonCode: 'personal' };
    await expectJson(who.client, `${pathOf(who)}/withdrawal`, { method: 'POST', json }, nothing);
  },
};
