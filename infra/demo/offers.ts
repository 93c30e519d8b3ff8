import * as z from 'zod';
import type { Applicant } from '#infra/demo/applicant.ts';
import { Alarms, decideAtGate, lookedAt, tell } from '#infra/demo/gate.ts';
import { applicantOf, type Scene } from '#infra/demo/scene.ts';
import { expectJson, nothing } from '#infra/rehearsal/http-client.ts';
import { daysLater, eachOf, settled } from '#infra/rehearsal/rehearsal.ts';

const Offer = z.object({ id: z.string(), vacancy: z.string(), status: z.string() });
const Board = z.object({
  filled: z.int(),
  pages: z.int(),
  contenders: z.array(z.object({ number: z.string(), offers: z.array(Offer) })),
  next: z.array(z.object({ number: z.string() })),
  alarms: Alarms,
});

/**
 * The administrator lets the offers go out. Of those who were asked first the second says no, the fourth does not answer, and the
 * third accepts and then withdraws; everybody else accepts. What becomes free is offered to whoever comes next.
 */
export const offerPosts = async (scene: Scene): Promise<void> => {
  const path = `/api/rounds/${scene.round}/offers`;
  const { client } = scene.company.administrator;
  let asked: Applicant[] | undefined;
  await scene.act(async () => {
    const { next, alarms } = await expectJson(client, path, {}, Board);
    const json = { confirmed: next.length, ...lookedAt(alarms) };
    const sent = { method: 'POST', json } as const;
    // Once more after a lost answer: what was made meanwhile is not asked again.
    asked ??= next.map(({ number }) => applicantOf(scene, number));
    if (next.length === asked.length) await expectJson(client, path, sent, nothing);
  });
  await allMade(scene);
  const [, refuser, leaver, silent] = asked ?? [];
  await answerAll(scene, [...(refuser ? [refuser] : []), ...(silent ? [silent] : [])]);
  if (refuser) await declineOne(scene, refuser);
  if (leaver) await scene.act(() => leaver.ways.withdraw(leaver));
  await settled(scene);
  await answerAll(scene, silent ? [silent] : []);
  // Three working days to answer, and a weekend may lie between.
  await daysLater(scene, 7);
  await answerAll(scene, []);
  const { contenders, filled } = await scene.act(() => wholeBoard(scene));
  const made = contenders.flatMap(({ offers }) => offers);
  const count = (status: string): number => made.filter((one) => one.status === status).length;
  await decideAtGate(scene, 'offers');
  const told = await tell(scene, 'offers');
  scene.say(
    `Offers: ${made.length} made, ${count('accepted')} accepted, ${count('declined')} declined, ${count('lapsed')} lapsed, one withdrew after accepting. ${filled} posts are filled.${told > 0 ? ` ${told} people are told that none was left for them.` : ''}`,
  );
};

/** Nobody answers before all who are to be asked are: in a home that died twice meanwhile that takes longer than coming to rest once. */
const allMade = async (scene: Scene): Promise<void> => {
  const path = `/api/rounds/${scene.round}/offers`;
  for (let turns = 0; turns < 10; turns += 1) {
    await settled(scene);
    const { next } = await scene.act(() => expectJson(scene.company.administrator.client, path, {}, Board));
    if (next.length === 0) return;
  }
  throw new Error('Offers were let go, and not all are made.');
};

/** Everybody with an open offer accepts the newest, but for some; until nobody new is asked. */
const answerAll = async (scene: Scene, but: readonly Applicant[]): Promise<void> => {
  for (;;) {
    const open = (await openOffers(scene)).filter(({ who }) => !but.includes(who));
    if (open.length === 0) return;
    await eachOf(open, 4, ({ who, offer }) => scene.act(() => who.ways.accept(who, offer)));
    await settled(scene);
  }
};

const declineOne = async (scene: Scene, refuser: Applicant): Promise<void> => {
  const own = (await openOffers(scene)).find(({ who }) => who === refuser);
  if (own) await scene.act(() => refuser.ways.decline(refuser, own.offer, 'distance'));
};

const openOffers = async (scene: Scene): Promise<{ who: Applicant; offer: string }[]> => {
  const { contenders } = await scene.act(() => wholeBoard(scene));
  return contenders.flatMap(({ number, offers }) => {
    const offer = offers.findLast(({ status }) => status === 'open')?.id;
    return offer === undefined ? [] : [{ who: applicantOf(scene, number), offer }];
  });
};

/** All pages of the board. */
const wholeBoard = async ({ round, company }: Scene): Promise<z.infer<typeof Board>> => {
  const { client } = company.administrator;
  const read = (page: number) => expectJson(client, `/api/rounds/${round}/offers?page=${page}`, {}, Board);
  const board = await read(1);
  for (let page = 2; page <= board.pages; page += 1) {
    board.contenders.push(...(await read(page)).contenders);
  }
  return board;
};
