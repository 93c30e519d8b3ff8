import { expect, it } from 'vitest';
import type { Route } from '#functions/http/authorize.ts';
import type { Action } from '#shared/domain/permission.ts';
import { aWorld } from '#test/builders/scenes.ts';
import { afterwardsScenes } from './closed-write-afterwards.ts';
import { laterScenes } from './closed-write-later.ts';
import { scenes } from './closed-write-scenes.ts';
import { everyWrite, nameOf, type Swept, sentFromOutside, sweep } from './closed-writes.ts';

/*
 * Whoever has a conflict of interest with an application writes nothing about it, by any route of pages and API that changes
 * something: each is tried by each person who may use it, at each stage, about an application that is closed to them.
 */

/** What an action changes is no single application. Whoever adds one here says why. */
const ofMany: Partial<Record<Action, string>> = {
  'gate.draw-up': 'a list of everybody',
  'gate.vote': 'a vote on the list; recusal.ts says whose vote counts where',
  'gate.decide': 'the decision on the list, by who presides without a conflict of interest (recusal.ts)',
  'gate.record': 'who was at a meeting, and its paper',
  'advance.undo': 'a stage of the round',
  'household.count': 'figures of the round',
  'equality.count': 'figures of the round',
  'letters.release': 'all letters of a stage',
  'members.remind': 'letters to members',
  'beacon.record': 'a public number',
  'beacon.waive': 'a public number',
  'screening.prepare': 'what the program proposes of everybody',
  'raters.reassign': 'raters are chosen by chance and rule',
  'raters.further': 'raters are chosen by chance and rule',
  'formulas.keep': 'arithmetic over criteria',
  'competence.tell': 'what a rater can judge',
  'practice.score': 'an invented application',
  'practice.ask': 'a rule of the round',
  'substitute.call': 'who sits',
  'committee.appoint': 'who sits',
  'panel.compose': 'who holds interviews',
  'marks.import': 'a whole file, which a second person confirms',
  'marks.bring': 'a whole file, which a second person confirms',
  'round.cancel': 'the round',
  'round.follow-calendar': 'the round',
  'offer.release': 'all offers, in the order of the results',
  'capacity.change': 'posts',
  'exchange.open': 'everybody without a post',
  'exchange.run': 'everybody without a post, by rule and chance',
  'elsewhere.pin': 'a key of another region',
  'elsewhere.list': 'posts',
  'elsewhere.import': 'posts of another region',
  'elsewhere.outcome': 'what another region decided',
  'elsewhere.hand': 'everybody who agreed to be handed over',
  'elsewhere.receive': 'people of another region',
  'elsewhere.give': 'people of another region, by their order',
};

/** Single routes of which the same holds. */
const emptied = 'times as such: whose it was gets it back only from somebody to whom they are open';
const whichTimes = 'times as such, or a timetable of everybody by their wishes';
const wholeBallot = 'a ballot of many as a whole; whoever is kept away ranks and names nobody closed to them';
const noSuchNumber =
  'a closed number is answered as a wrong one: test/functions/commands/discussions-allowed.test.ts';
const aGuest = 'whether somebody is a guest at all';
const beforehand = 'before there are applications, or when the call ends';
const apart: Readonly<Record<string, string>> = {
  'POST /committee/rounds/:round/interviews': whichTimes,
  'POST /committee/rounds/:round/interviews/removal': whichTimes,
  'POST /committee/rounds/:round/interviews/steps': whichTimes,
  'PUT /api/rounds/:round/slots/step-free': whichTimes,
  'POST /committee/rounds/:round/interviews/timetable': whichTimes,
  'POST /api/rounds/:round/slots': whichTimes,
  'DELETE /api/rounds/:round/slots/:slot': whichTimes,
  'POST /api/rounds/:round/timetable': whichTimes,
  'POST /committee/rounds/:round/interviews/days/:day/:holder/restoration': emptied,
  'POST /api/rounds/:round/interview-days/:day/:holder/restoration': emptied,
  'POST /committee/rounds/:round/ballots/:poll/closing': wholeBallot,
  'POST /committee/rounds/:round/ballots/:poll/annulling': wholeBallot,
  'POST /api/rounds/:round/ballots/:poll/closing': wholeBallot,
  'POST /api/rounds/:round/ballots/:poll/annulling': wholeBallot,
  'POST /committee/rounds/:round/discussion/despite': noSuchNumber,
  'POST /api/rounds/:round/discussion/despite': noSuchNumber,
  'POST /committee/rounds/:round/guests/:guest/letter': aGuest,
  'POST /committee/rounds/:round/guests/:guest/ending': aGuest,
  'POST /api/rounds/:round/guests/:guest/letter': aGuest,
  'POST /api/rounds/:round/guests/:guest/ending': aGuest,
  'POST /committee/rounds/:round/screening/:application/conflict': 'declaring is what remains to them',
  'POST /api/rounds/:round/candidacies/:application/conflict': 'declaring is what remains to them',
  'POST /manage/rounds/:round/round-file': beforehand,
  'POST /manage/rounds/:round/vacancies': beforehand,
  'POST /manage/rounds/:round/open': beforehand,
  'POST /manage/rounds/:round/deadline': beforehand,
  'PUT /api/rounds/:round/round-file': beforehand,
  'PUT /api/rounds/:round/vacancies': beforehand,
  'POST /api/rounds/:round/opening': beforehand,
  'POST /api/rounds/:round/deadline': beforehand,
};

/** Whoever asked takes it back, which in these scenes was the secretary. */
const byWhoAsked = '/corrections/:correction/withdrawal';

const isApart = (route: Route): boolean =>
  (route.does !== undefined && ofMany[route.does] !== undefined) || apart[nameOf(route)] !== undefined;

it('nothing is written about an application by who is kept away from it', { timeout: 600_000 }, async () => {
  const swept: Swept = { proved: new Set(), written: new Map(), tried: 0 };
  for (const scene of Object.values({ ...scenes, ...laterScenes, ...afterwardsScenes }))
    await sweep(await scene(), swept, isApart);
  const all = everyWrite(aWorld());
  const written = all.filter((route) => swept.written.has(nameOf(route)) && !isApart(route));
  const unproved = all.filter((route) => !swept.proved.has(nameOf(route)) && !isApart(route));

  // What was reviewed is still there.
  const named = new Set(all.map(nameOf));
  expect(Object.keys(apart).filter((name) => !named.has(name))).toEqual([]);
  expect([
    written.map((route) => `${nameOf(route)} ${swept.written.get(nameOf(route))}`),
    unproved.map(nameOf),
  ]).toEqual([[], []]);
});

it('nothing is written about an application by an administrator with a seat whose disclosure was not compared', {
  timeout: 600_000,
}, async () => {
  const swept: Swept = { proved: new Set(), written: new Map(), tried: 0 };
  for (const make of Object.values({ ...scenes, ...laterScenes, ...afterwardsScenes })) {
    const scene = await make();
    const people = scene.people.filter(({ role }) => role === 'administrator');
    await sweep({ ...scene, people }, swept, isApart, { closed: 'told-nothing', open: 'told' });
  }

  const theirs = everyWrite(aWorld()).filter(
    (route) =>
      Array.isArray(route.who) &&
      route.who.includes('administrator') &&
      !isApart(route) &&
      !nameOf(route).endsWith(byWhoAsked),
  );
  const unproved = theirs.filter((route) => !swept.proved.has(nameOf(route)));
  expect([[...swept.written].map(([name, what]) => `${name} ${what}`), unproved.map(nameOf)]).toEqual([
    [],
    [],
  ]);
});

it('nothing is written in a round by members, chairs, secretaries and guests of other ones', {
  timeout: 300_000,
}, async () => {
  const { screening, scoring, interviews } = scenes;
  const { claimed, wronged } = laterScenes;
  for (const scene of [screening, scoring, interviews, claimed, wronged]) {
    const at = await scene();
    const taken = await sentFromOutside(at, ['member', 'chair', 'secretary', 'guest']);

    expect([at.stage, taken]).toEqual([at.stage, []]);
  }
});
