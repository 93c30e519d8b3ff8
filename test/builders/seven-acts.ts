import type { Person } from '#functions/commands/workplace.ts';
import type { ApplicationId, RoundId } from '#shared/domain/ids.ts';
import type { Desk, DeskOf } from '#test/builders/desk.ts';
import type { aFile } from '#test/builders/marks-scene.ts';
import { theAdministrator } from '#test/builders/offers.ts';
import type { World } from '#test/builders/scenes.ts';
import { secretary } from '#test/builders/selection.ts';
import type { Page } from '#test/journeys/visitor.ts';

/** A round whose people act by the forms of its pages. */
export type Room = { world: World; roundId: RoundId; desk: DeskOf };

type Fields = Parameters<Desk['press']>[2];

/** A page, and what the address ends in to which the form goes. */
type Form = readonly [page: string, action: string];

const committee = ({ roundId }: Room): string => `/kk/committee/rounds/${roundId}`;
export const managed = ({ roundId }: Room): string => `/kk/manage/rounds/${roundId}`;

/** Opens a page of the site, and presses one of its buttons. */
export const pressedOn = async (
  { desk }: Room,
  by: Person,
  [path, action]: Form,
  fields: Fields = {},
): Promise<Page> => {
  const at = await desk(by);
  return at.press(await at.open(path), action, fields);
};

/** The same on a page of the committee: the round's own, or what lies under it. */
export const inRoom = (room: Room, by: Person, [page, action]: Form, fields?: Fields): Promise<Page> =>
  pressedOn(room, by, [committee(room) + page, action], fields);

export const ownConflict = (room: Room, by: Person, applicationId: ApplicationId): Promise<Page> =>
  inRoom(room, by, [`/screening/${applicationId}`, '/conflict']);

/** Finds raters for the places that are open. */
export const reassigned = (room: Room): Promise<Page> => inRoom(room, secretary, ['/scoring', '/scoring']);

/** Scores what the list leads to, and what each answer leads to next, up to so many. */
export const scoredInTurn = async (
  room: Room,
  by: Person,
  pointsFor: (applicationId: string) => Record<string, number>,
  atMost = 100,
): Promise<void> => {
  const at = await room.desk(by);
  const list = await at.open(`${committee(room)}/scoring`);
  const first = list.document.querySelector('a.govuk-button[href*="/scoring/"]')?.getAttribute('href');
  let page = first ? await at.open(first) : list;
  for (let left = atMost; left > 0; left -= 1) {
    const id = /\/scoring\/(\w{20})/.exec(page.path)?.[1];
    if (id === undefined) return;
    page = await at.press(page, `/scoring/${id}`, typedPoints(pointsFor(id)));
  }
};

/** Gives the card of an interview. */
export const interviewScored = (
  room: Room,
  by: Person,
  applicationId: ApplicationId,
  points: Record<string, number>,
): Promise<Page> => {
  const page = `/interviews/${applicationId}`;
  return inRoom(room, by, [page, page], typedPoints(points));
};

const typedPoints = (points: Record<string, number>): Record<string, string> =>
  Object.fromEntries(Object.entries(points).map(([code, value]) => [`points.${code}`, String(value)]));

/** The secretary brings a file with its sums; the administrator types what the page asks for from the organisation's list, and confirms. */
export const marksBrought = async (
  room: Room,
  { file, totals }: ReturnType<typeof aFile>,
  markOf: (number: string) => number,
): Promise<void> => {
  const marks = new Blob([new Uint8Array(file)]);
  const page = `${managed(room)}/marks`;
  const brought = await pressedOn(room, secretary, [page, '/marks'], { marks, ...totals });
  const at = await room.desk(theAdministrator);
  const shown = await at.open(brought.path.replace(/\?.*$/, ''));
  const typed = shown.document.querySelectorAll('input[name^="sample."]').map((input) => {
    const label = shown.document.querySelector(`label[for="${input.getAttribute('id')}"]`)?.text ?? '';
    const number = /KZ19-\w{4}-\w{4}/.exec(label)?.[0] ?? '';
    return [input.getAttribute('name') ?? '', String(markOf(number))] as const;
  });
  if (typed.length === 0) throw new Error('The page asks for no mark.');
  await at.press(shown, '/confirmation', Object.fromEntries(typed));
};

/** The minutes in a language, as the page of papers leads to them. */
export const minutesAt = async (room: Room, by: Person, locale: string): Promise<Uint8Array> => {
  const at = await room.desk(by);
  const page = await at.open(`/${locale}/manage/rounds/${room.roundId}/papers`);
  const way = page.document
    .querySelectorAll('a[href]')
    .map((link) => link.getAttribute('href') ?? '')
    .find((href) => href.endsWith(`/papers/${locale}`));
  if (!way) throw new Error(`The page has no minutes in ${locale}:\n${page.text.slice(0, 800)}`);
  const { headers } = await at.client.ask(way);
  const { pathname } = new URL(headers.get('location') ?? '', 'https://storage.example');
  const pdf = room.world.papers.stored.get(pathname.slice(1));
  if (!pdf) throw new Error(`Nothing is stored at ${pathname}.`);
  return pdf;
};
