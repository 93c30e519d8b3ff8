import type { Panel } from '#shared/domain/panel.ts';
import type { TravelRule } from '#shared/domain/travel.ts';

/** What was typed as a place, by the digest of its text: which panels share a room. A text that was erased is no room. */
export type Rooms = ReadonlyMap<string, string>;

type At = { rooms: Rooms; travel: TravelRule | undefined };

/**
 * The same room of a site however it was spaced and whatever is a capital; empty where it is not known, and for a video call of which only
 * that is said. One whose link or number is said is a room: two interviews cannot be held in it.
 */
export const roomOf = (panel: Pick<Panel, 'place' | 'site'>, at: At): string => {
  const typed = typedRoom(panel, at);
  return typed && `${panel.site ?? ''} ${typed}`;
};

/** The same without the site. */
export const typedRoom = ({ place, site }: Pick<Panel, 'place' | 'site'>, { rooms, travel }: At): string => {
  const typed = (rooms.get(place.digest) ?? '').normalize('NFC').trim().toLowerCase();
  // Where the round names sites, a panel without one holds video calls.
  const isCall = travel !== undefined && site === undefined;
  if (typed === '' || (isCall ? !hasNumber(typed) : isOnlyCall(typed))) return '';
  return typed.replaceAll(/\s+/g, ' ');
};

/** A domain with nothing behind it: whose call it is, not which. */
const domain = /(?:https?:\/\/)?(?:[a-z\d-]+\.)+[a-z]{2,}\/?(?=$|[\s,;)])/gu;

/** A link of its own, or the number of a call. */
const hasNumber = (typed: string): boolean => /\d|\w\/\w/u.test(typed.replaceAll(domain, ' '));

/** Whether a text says that it is a video call, and not which. */
const isOnlyCall = (typed: string): boolean => {
  const rest = typed.replaceAll(domain, ' ');
  const words = rest.match(/[\p{L}\d]+/gu) ?? [];
  return (
    words.every((word) => calls.test(word) || besides.has(word)) &&
    (rest !== typed || words.some((word) => calls.test(word)))
  );
};

/** How people write a call in the three languages, whatever ending the word has; “видеозал” is a room. */
const calls = new RegExp(
  `^(?:${[
    'online|онлайн|лайн|line|video|видео|бейне|вкс',
    'video-?(?:call|link|conf|meet)\\p{L}*|видео(?:св|зв|вст|конф|выз)\\p{L}*|бейне(?:бай|қоң|конф|кезд)\\p{L}*',
    'дистанционн?\\p{L}*|удал[её]нн?\\p{L}*|қашықтан\\p{L}*|remote(?:ly)?|конференц\\p{L}*|conference',
    'zoom|зум\\p{L}{0,2}|teams|тимс|meet|skype|скайп\\p{L}{0,2}|webex|jitsi|whatsapp|ватсап|вотсап|telegram|телеграм|телемост|jazz|trueconf',
  ].join('|')})$`,
  'u',
);

/** Words that name no place where they stand beside such a one. */
const besides = new Set(
  'on by via in format call meeting google microsoft ms link the он в во по через на режим режиме формат формате ссылка ссылке связь связи собеседование әңгімелесу арқылы түрде түрінде режимінде форматында сілтеме сілтемемен бойынша байланыс қоңырау'.split(
    ' ',
  ),
);
