import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Applicant } from '#infra/demo/applicant.ts';
import { tell } from '#infra/demo/checks.ts';
import { certify } from '#infra/demo/practice.ts';
import type { Scene } from '#infra/demo/scene.ts';
import { createAuthenticator } from '#infra/rehearsal/authenticator.ts';
import { expectJson, nothing } from '#infra/rehearsal/http-client.ts';
import type { Operator } from '#infra/rehearsal/operator.ts';
import { settled } from '#infra/rehearsal/rehearsal.ts';
import { enrol, type Staff } from '#infra/rehearsal/sign-in.ts';
import { Subject } from '#shared/domain/codes.ts';

const Guests = z.object({ guests: z.array(z.object({ mail: z.string().optional() })) });

/** Every so many-th of those who are scored: chosen by the play, so that no lot makes two plays differ. */
const everyOf = 7;

/**
 * A rater of another region: the secretary asks them in by letter, they take the invitation up, say what they can score, and are given some
 * applications beside the committee's raters. What they give counts like any score.
 */
export const hostGuest = async (scene: Scene, scored: readonly Applicant[]): Promise<Staff> => {
  const { act, operator, origin, company, round } = scene;
  const mail = `guest-${round.toLowerCase()}@example.kz`;
  const path = `/api/rounds/${round}`;
  const { secretary } = company;
  const applications = scored.filter((_, place) => place % everyOf === 0).map(({ number }) => number);
  await act(async () => {
    const { guests } = await expectJson(secretary.client, `${path}/guests`, {}, Guests);
    if (guests.some((guest) => guest.mail === mail)) return;
    const until = new Date(Date.parse((await operator.health()).now) + stay).toISOString().slice(0, 10);
    const json = { name: 'Сәуле Қонақова', mail, locale: 'ru', region: 'KZ-35', applications, until };
    await expectJson(secretary.client, `${path}/guests`, { method: 'POST', json }, nothing);
  });
  const authenticator = createAuthenticator(origin);
  const link = () => invitationTo(operator, mail);
  const guest = await act(() =>
    enrol(operator, origin, { mail, locale: 'ru', role: 'guest', link }, authenticator),
  );
  if (scene.isChecked) {
    await tell(scene, guest);
    await certify(scene, guest);
  }
  const json = { languages: ['kk', 'ru'], subjects: Subject.options };
  await act(() =>
    expectJson(guest.client, `${path}/competences/${guest.personId}`, { method: 'PUT', json }, nothing),
  );
  await act(() => expectJson(secretary.client, `${path}/scoring/reassignment`, { method: 'POST' }, nothing));
  // What they told of themselves is compared before anything is shown to them.
  await settled(scene);
  return guest;
};

/** Longer than a round lasts, so that guests can read what is stored of their scores at its end: half a year, in milliseconds. */
const stay = 183 * 86_400_000;

/** The link of the newest letter that has one; waits for it. */
const invitationTo = async (operator: Operator, mail: string): Promise<string> => {
  for (let tries = 0; tries < 600; tries += 1) {
    const letters = (await operator.letters(mail)).toSorted((a, b) => (a.at < b.at ? -1 : 1));
    const link = letters.flatMap(({ text }) => /https?:\/\/\S+\/enrol#\S+/.exec(text)?.[0] ?? []).at(-1);
    if (link !== undefined) return link;
    await sleep(50);
  }
  throw new Error('No letter with an invitation arrived within half a minute.');
};
